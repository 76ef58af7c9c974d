// `_sort` (search.html#sort): which rows a page is ordered by. Quantities sort by their number as sent.
import { type Fault, fault } from '#kernel/fault.ts'
import type { SortKey } from '#kernel/search-plan.ts'
import { clinicalDateParameters } from '../index/clinical-date.ts'
import { type ParameterKind, parametersOf } from '../index/parameters.ts'

const sortKinds: Readonly<Record<ParameterKind, SortKey['kind']>> = {
  token: 'token',
  string: 'string',
  date: 'date',
  number: 'number',
  quantity: 'number',
  reference: 'reference',
  uri: 'uri',
}

/** `-date` → the key; a fault for what the type cannot be sorted by. */
export function sortKey(type: string, text: string): SortKey | Fault {
  const descending = text.startsWith('-')
  const code = descending ? text.slice(1) : text
  if (code === '_id') return { param: code, kind: 'id', descending }
  if (code === '_lastUpdated') return { param: code, kind: 'lastUpdated', descending }
  const parameter = parametersOf(type).get(code)
  if (!parameter || parameter.rows.length > 1) return fault('fhir.parameter-unknown', { at: '_sort', args: { type, parameter: code } })
  const [when, ...others] = clinicalDateParameters(type)
  return { param: parameter.rows[0]!.code, kind: when === code && others.length === 0 ? 'when' : sortKinds[parameter.kind], descending }
}
