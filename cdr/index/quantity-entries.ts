// Numbers and quantities as index rows (search.html#quantity): the value with the unit as sent, and once more in canonical units where UCUM allows.
import type { ExactDecimal } from '#formats/fhir/decimal.ts'
import type { IndexEntry } from '#kernel/index-entry.ts'
import type { JsonObject, JsonValue } from '#kernel/json.ts'
import { canonicalUnit, convert } from './unit.ts'

export const ucum = 'http://unitsofmeasure.org'

/** Rows in canonical units stand apart, so that a number asked for without a unit never meets a converted one. */
export function canonicalParameter(param: string): string {
  return `${param}:canonical`
}

export function numberEntries(param: string, value: JsonValue): IndexEntry[] {
  const number = numeric(value)
  return number === undefined ? [] : [{ kind: 'number', param, low: number, high: number, unit: '' }]
}

export type QuantityIndexer = (param: string, value: JsonObject) => IndexEntry[]

/** By FHIR type; Age, Count, Distance, Duration and SimpleQuantity are Quantities. */
export const quantityIndexers: Readonly<Record<string, QuantityIndexer>> = {
  Quantity: (param, value) => {
    const range = comparedRange(numeric(value['value']), value['comparator'])
    return range ? withUnit(param, range, value) : []
  },
  Range: (param, value) => {
    const low = value['low'] as JsonObject | undefined
    const high = value['high'] as JsonObject | undefined
    const range = { low: numeric(low?.['value']) ?? Number.NEGATIVE_INFINITY, high: numeric(high?.['value']) ?? Number.POSITIVE_INFINITY }
    return low || high ? withUnit(param, range, low ?? high!) : []
  },
  SampledData: (param, value) => {
    const origin = value['origin'] as JsonObject | undefined
    const range = { low: numeric(value['lowerLimit']), high: numeric(value['upperLimit']) }
    if (range.low === undefined || range.high === undefined) return []
    return withUnit(param, { low: range.low, high: range.high }, origin ?? {})
  },
  Money: (param, value) => {
    const amount = numeric(value['value'])
    if (amount === undefined) return []
    return [{ kind: 'number', param, low: amount, high: amount, unit: `urn:iso:std:iso:4217|${value['currency'] ?? ''}` }]
  },
}

type NumberRange = { readonly low: number; readonly high: number }

function withUnit(param: string, range: NumberRange, quantity: JsonObject): IndexEntry[] {
  const system = quantity['system'] ?? ''
  const code = quantity['code'] ?? quantity['unit'] ?? ''
  const raw: IndexEntry = { kind: 'number', param, ...range, unit: system === '' && code === '' ? '' : `${system}|${code}` }
  const canonical = system === ucum && typeof code === 'string' ? canonicalUnit(code) : undefined
  if (!canonical) return [raw]
  const { unit } = canonical
  return [
    raw,
    { kind: 'number', param: canonicalParameter(param), low: convert(range.low, canonical), high: convert(range.high, canonical), unit },
  ]
}

/** `<5` is everything below five. */
function comparedRange(value: number | undefined, comparator: JsonValue | undefined): NumberRange | undefined {
  if (value === undefined) return undefined
  if (comparator === '<' || comparator === '<=') return { low: Number.NEGATIVE_INFINITY, high: value }
  if (comparator === '>' || comparator === '>=') return { low: value, high: Number.POSITIVE_INFINITY }
  return { low: value, high: value }
}

/** A number as the nearest double: a plain one, or an exact decimal. */
function numeric(value: JsonValue | undefined): number | undefined {
  if (typeof value === 'number') return value
  return typeof value === 'object' && value !== null && 'toNumber' in value ? (value as unknown as ExactDecimal).toNumber() : undefined
}
