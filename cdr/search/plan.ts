// From the query string to a search plan (search.html): every parameter is understood, refused, or visibly left out; none is silently ignored.
import { type Fault, fault } from '#kernel/fault.ts'
import { isFhirId } from '#kernel/ids.ts'
import { failed, ok, type Result } from '#kernel/result.ts'
import type { Filter, SearchPlan, SortKey } from '#kernel/search-plan.ts'
import { type Parameter, type ParameterKind, parametersOf } from '../index/parameters.ts'
import { type Controls, isControl, notAsked, readControls } from './controls.ts'
import { dateFilter, lastUpdatedFilter } from './date-filter.ts'
import { allOf, anyOf, badModifier, badValue, type FilterContext, type FilterMaker } from './filter.ts'
import { numberFilter, quantityFilter } from './number-filter.ts'
import { type QueryParameter, readQuery } from './query.ts'
import { referenceFilter } from './reference-filter.ts'
import { sortKey } from './sort.ts'
import { stringFilter } from './string-filter.ts'
import { tokenFilter } from './token-filter.ts'
import { uriFilter } from './uri-filter.ts'
import { splitValue } from './values.ts'

export type Search = {
  readonly plan: SearchPlan
  readonly controls: Controls
  /** What was understood: the query of the self link. */
  readonly applied: readonly QueryParameter[]
  /** What was not, in lenient handling. */
  readonly ignored: readonly Fault[]
}

export type SearchContext = FilterContext & {
  /** `Prefer: handling=strict`: refuse what is not understood. */
  readonly strict: boolean
  /** Only resources in the compartment of this Patient. */
  readonly patient?: string
}

const makers: Readonly<Record<ParameterKind, FilterMaker>> = {
  token: tokenFilter,
  string: stringFilter,
  date: dateFilter,
  number: numberFilter,
  quantity: quantityFilter,
  reference: referenceFilter,
  uri: uriFilter,
}

/** Alternatives of one parameter; more is a bulk job. */
const alternativesMax = 1000

/** Not understood: refused in strict handling, left out and reported in lenient. A value that is wrong is refused in both. */
const leaveOut: ReadonlySet<string> = new Set(['fhir.parameter-unknown', 'fhir.modifier-unsupported'])

export function readSearch(type: string, query: string, context: SearchContext): Result<Search> {
  const parameters = readQuery(query)
  if (!parameters.ok) return parameters
  const controls = readControls(parameters.value)
  if (!controls.ok) return controls
  const filters: Filter[] = context.patient === undefined ? [] : [{ op: 'patient', ids: [context.patient] }]
  const applied: QueryParameter[] = []
  const ignored: Fault[] = []
  for (const parameter of parameters.value) {
    if (isControl(parameter.name)) {
      if (!notAsked.has(parameter.name) && parameter.name !== '_sort') applied.push(parameter)
      continue
    }
    const filter = filterOf(type, parameter, context)
    if (filter.ok) {
      filters.push(filter.value)
      applied.push(parameter)
    } else if (context.strict || !leaveOut.has(filter.fault.code)) return filter
    else ignored.push(filter.fault)
  }
  const sort = readSort(type, controls.value.sort, ignored)
  if (context.strict && ignored.length > 0) return failed(ignored[0]!)
  if (sort.length > 0) applied.push({ name: '_sort', modifier: undefined, value: sort.map(s => s.text).join(',') })
  const { count, total } = controls.value
  const plan: SearchPlan = { type, where: { op: 'and', of: filters }, sort: sort.map(s => s.key), count, total, at: {} }
  return ok({ plan, controls: controls.value, applied, ignored })
}

function readSort(type: string, texts: readonly string[], ignored: Fault[]): { text: string; key: SortKey }[] {
  return texts.flatMap(text => {
    const key = sortKey(type, text)
    if ('param' in key) return [{ text, key }]
    ignored.push(key)
    return []
  })
}

function filterOf(type: string, asked: QueryParameter, context: SearchContext): Result<Filter> {
  const unknown = failed(fault('fhir.parameter-unknown', { at: asked.name, args: { type, parameter: asked.name } }))
  if (asked.name === '_id') return idFilter(asked)
  if (asked.name === '_lastUpdated') return alternatives(asked, text => lastUpdatedFilter(asked.modifier, text, context))
  const parameter = parametersOf(type).get(asked.name)
  if (!parameter) return unknown
  if (asked.modifier === 'missing') return missingFilter(parameter, asked.value)
  const filter = alternatives(asked, text => makers[parameter.kind](parameter, asked.modifier, text, context))
  if (!filter.ok || asked.modifier !== 'not') return filter
  return ok({ op: 'not', of: filter.value })
}

function alternatives(asked: QueryParameter, make: (text: string) => Result<Filter>): Result<Filter> {
  const texts = splitValue(asked.value, ',')
  if (texts.length > alternativesMax) return badValue({ code: asked.name })
  const filters: Filter[] = []
  for (const text of texts) {
    const filter = make(text.trim())
    if (!filter.ok) return filter
    filters.push(filter.value)
  }
  return ok(anyOf(filters))
}

function idFilter(asked: QueryParameter): Result<Filter> {
  if (asked.modifier !== undefined) return badModifier({ code: '_id' }, asked.modifier)
  const ids = splitValue(asked.value, ',').map(text => text.trim())
  return ids.every(isFhirId) && ids.length <= alternativesMax ? ok({ op: 'id', ids }) : badValue({ code: '_id' })
}

/** A parameter kept in several places is missing where all of them are. One that sees only some of the rows of another cannot tell. */
function missingFilter(parameter: Parameter, value: string): Result<Filter> {
  if (value !== 'true' && value !== 'false') return badValue(parameter)
  if (parameter.rows.some(row => row.target !== undefined)) return badModifier(parameter, 'missing')
  const tests = parameter.rows.map(row => ({ op: 'missing', param: row.code, missing: value === 'true' }) as const)
  return ok(value === 'true' ? allOf(tests) : anyOf(tests))
}
