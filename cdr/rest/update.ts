// update, create by PUT, and conditional update (http.html#update): the whole resource as it shall be.
import { fault } from '#kernel/fault.ts'
import { newId } from '#kernel/ids.ts'
import type { JsonObject } from '#kernel/json.ts'
import { failed, ok, type Result } from '#kernel/result.ts'
import { admit, judgeFor } from './admit.ts'
import { type Answer, versionOf } from './answer.ts'
import type { Call, CallHeaders, Rest } from './call.ts'
import { type Change, commitChanges } from './changes.ts'
import { condition } from './conditional.ts'
import { auditor } from './create.ts'
import { answerWritten } from './written.ts'

export async function update(call: Call, rest: Rest): Promise<Result<Answer>> {
  const { caller } = call
  const { type, id } = call.path as { type: string; id: string }
  if (!caller.writes.ok) return caller.writes
  const tenant = caller.writes.value
  const judge = await judgeFor(tenant, call.headers, rest)
  if (!judge.ok) return judge
  const admitted = admit(call.resource, { type, id }, judge.value)
  if (!admitted.ok) return admitted
  const expectation = expectationOf(call.headers)
  if (!expectation.ok) return expectation
  const change: Change = { op: 'update', type, id, resource: admitted.value.resource, ...expectation.value }
  const audit = auditor(call, rest)
  const changed = await commitChanges(caller, rest, () => ok({ tenant, changes: [change], claims: [], audit }))
  return changed.ok ? answerWritten(changed.value[0]!, call, admitted.value.findings) : changed
}

/** PUT [type]?query: the match is updated; without one the resource is created, under the id it states or a new one. */
export async function updateConditional(call: Call, rest: Rest): Promise<Result<Answer>> {
  const { caller } = call
  const { type } = call.path as { type: string }
  if (!caller.writes.ok) return caller.writes
  const tenant = caller.writes.value
  const judge = await judgeFor(tenant, call.headers, rest)
  if (!judge.ok) return judge
  const admitted = admit(call.resource, { type, id: undefined }, judge.value)
  if (!admitted.ok) return admitted
  const expectation = expectationOf(call.headers)
  if (!expectation.ok) return expectation
  const { resource } = admitted.value
  const stated = typeof resource['id'] === 'string' ? resource['id'] : undefined
  const fresh = stated ?? newId(rest.clock.now())
  const changed = await commitChanges(caller, rest, async reader => {
    const found = await condition(type, call.query, tenant, reader, caller, rest)
    if (!found.ok) return found
    const { match, claim } = found.value
    if (match && stated !== undefined && stated !== match.id)
      return failed(fault('fhir.id-mismatch', { args: { expected: match.id, found: stated }, at: `${type}.id` }))
    const id = match?.id ?? fresh
    const change = { op: 'update', type, id, resource: { ...resource, id } as JsonObject, ...expectation.value } as const
    return ok({ tenant, changes: [change], claims: match ? [] : [{ key: claim, holder: `${type}/${id}` }], audit: auditor(call, rest) })
  })
  return changed.ok ? answerWritten(changed.value[0]!, call, admitted.value.findings) : changed
}

/** If-Match and If-None-Match of a write. */
export function expectationOf(headers: CallHeaders): Result<Pick<Change, 'expected' | 'mustBeNew'>> {
  const { ifMatch, ifNoneMatch } = headers
  const expected = ifMatch === undefined ? undefined : versionOf(ifMatch)
  if (ifMatch !== undefined && expected === undefined)
    return failed(fault('http.parameter', { at: 'If-Match', args: { name: 'If-Match', reason: 'W/"n"' } }))
  if (ifNoneMatch !== undefined && ifNoneMatch.trim() !== '*')
    return failed(fault('http.parameter', { at: 'If-None-Match', args: { name: 'If-None-Match', reason: '*' } }))
  return ok({ expected, mustBeNew: ifNoneMatch !== undefined })
}
