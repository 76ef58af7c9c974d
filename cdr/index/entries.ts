// One value of a search parameter as index entries, by the kind of the parameter and the FHIR type of the value (search.html#ptypes).
import type { IndexEntry } from '#kernel/index-entry.ts'
import type { JsonObject, JsonValue } from '#kernel/json.ts'
import { dateInterval, type Interval, periodInterval, timingInterval } from './date-interval.ts'
import { initialsParameter, type Parameter, type ParameterKind, pinyinParameter } from './parameters.ts'
import { numberEntries, quantityIndexers } from './quantity-entries.ts'
import { canonicalEntries, referenceEntries } from './reference-entries.ts'
import { addressEntries, nameEntries, pinyinEntries, stringEntries } from './string-entries.ts'
import { type Digest, primitiveToken, tokenIndexers } from './token-entries.ts'

export type ValueContext = {
  readonly digest: Digest
  /** Only references to this type. */
  readonly target: string | undefined
  readonly contained: () => JsonValue | undefined
}

const none: readonly IndexEntry[] = []

export function entriesOf(parameter: Parameter, type: string, value: JsonValue | undefined, context: ValueContext): readonly IndexEntry[] {
  if (value === undefined || value === null) return none
  return byKind[parameter.kind](parameter.code, type, value, context)
}

type Indexer = (param: string, type: string, value: JsonValue, context: ValueContext) => readonly IndexEntry[]

const byKind: Readonly<Record<ParameterKind, Indexer>> = {
  token: (param, type, value, { digest }) => (tokenIndexers[type] ?? primitiveToken)(param, value, digest),
  string: (param, type, value) => {
    if (type === 'HumanName') return namesOf(param, value as JsonObject)
    if (type === 'Address') return addressEntries(param, value as JsonObject)
    return stringEntries(param, value)
  },
  date: (param, _type, value) => {
    const interval = intervalOf(value)
    return interval ? [{ kind: 'date', param, from: interval.from, to: interval.to }] : none
  },
  number: (param, _type, value) => numberEntries(param, value),
  quantity: (param, type, value) => (quantityIndexers[type] ?? quantityIndexers['Quantity']!)(param, value as JsonObject),
  reference: (param, type, value, { target, contained, digest }) => {
    if (type === 'Reference') return referenceEntries(param, value as JsonObject, target, contained(), digest)
    return typeof value === 'string' ? canonicalEntries(param, value) : none
  },
  uri: (param, type, value) => {
    if (typeof value !== 'string') return none
    return type === 'canonical' ? canonicalEntries(param, value) : [{ kind: 'uri', param, uri: value }]
  },
}

function namesOf(param: string, name: JsonObject): IndexEntry[] {
  if (param === pinyinParameter || param === initialsParameter) return pinyinEntries(param, name, param === initialsParameter)
  return nameEntries(param, name)
}

function intervalOf(value: JsonValue): Interval | undefined {
  if (typeof value === 'string') return dateInterval(value)
  const period = value as JsonObject
  return 'repeat' in period || 'event' in period ? timingInterval(period) : periodInterval(period)
}
