// What a call of $everything asks for: time, types, changes since, page (patient-operation-everything.html).
import { r4, r4Compartments } from '#formats/fhir/model/r4.ts'
import { fault } from '#kernel/fault.ts'
import { failed, ok, type Result } from '#kernel/result.ts'
import { mayTouch } from '#platform/security/rights.ts'
import { dateInterval } from '../index/date-interval.ts'
import type { Call, Caller } from '../rest/call.ts'
import { readControls } from '../search/controls.ts'
import { type QueryParameter, readQuery } from '../search/query.ts'

/** Without `_count` the answer is one Bundle of up to so many resources; more come in pages. */
const countDefault = 10_000

export type EverythingAsked = {
  readonly count: number
  readonly page: string | undefined
  readonly types: readonly string[] | undefined
  readonly sinceMs: number | undefined
  readonly from: number | undefined
  readonly to: number | undefined
  readonly applied: readonly QueryParameter[]
}

const taken: ReadonlySet<string> = new Set(['_count', '_page', '_type', '_since', 'start', 'end', '_format', '_pretty'])

/** Types the caller may not read are left out of the question; asking for one of them by name is refused. */
export function readAsked({ query, caller }: Call): Result<EverythingAsked> {
  const parameters = readQuery(query)
  if (!parameters.ok) return parameters
  const invalid = (name: string) => failed(fault('fhir.parameter-value', { at: name, args: { parameter: name } }))
  const foreign = parameters.value.find(({ name, modifier }) => !taken.has(name) || modifier !== undefined)
  if (foreign)
    return failed(fault('fhir.parameter-unknown', { at: foreign.name, args: { type: 'Patient/$everything', parameter: foreign.name } }))
  const controls = readControls(parameters.value)
  if (!controls.ok) return controls
  const value = (name: string) => parameters.value.find(parameter => parameter.name === name)?.value
  const named = value('_type')?.split(',')
  if (named && !named.every(type => r4.isResourceType(type))) return invalid('_type')
  const forbidden = named?.find(type => !mayTouch(caller.principal, 'read', type))
  if (forbidden) return failed(fault('auth.scope', { args: { scope: `${forbidden}.read` } }))
  const [since, start, end] = ['_since', 'start', 'end'].map(name => {
    const text = value(name)
    return text === undefined ? undefined : (dateInterval(text) ?? null)
  })
  if (since === null) return invalid('_since')
  if (start === null) return invalid('start')
  if (end === null) return invalid('end')
  return ok({
    count: value('_count') === undefined ? countDefault : Math.max(1, controls.value.count),
    page: controls.value.page,
    types: named ?? readableTypes(caller),
    sinceMs: since?.from,
    from: start?.from,
    to: end?.to,
    applied: parameters.value.filter(({ name }) => !['_page', '_format', '_pretty'].includes(name)),
  })
}

function readableTypes({ principal }: Caller): readonly string[] | undefined {
  const types = Object.keys(r4Compartments['Patient']!)
  return types.every(type => mayTouch(principal, 'read', type)) ? undefined : types.filter(type => mayTouch(principal, 'read', type))
}
