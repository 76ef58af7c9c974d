// delete and conditional delete (http.html#delete): the resource leaves reads and searches; its versions stay in history.
import { ok, type Result } from '#kernel/result.ts'
import { type Answer, etagOf } from './answer.ts'
import type { Call, Rest } from './call.ts'
import { type Changed, commitChanges } from './changes.ts'
import { condition } from './conditional.ts'
import { auditor } from './create.ts'
import { expectationOf } from './update.ts'

export async function remove(call: Call, rest: Rest): Promise<Result<Answer>> {
  const { caller } = call
  const { type, id } = call.path as { type: string; id: string }
  if (!caller.writes.ok) return caller.writes
  const tenant = caller.writes.value
  const expectation = expectationOf(call.headers)
  if (!expectation.ok) return expectation
  const change = { op: 'delete', type, id, expected: expectation.value.expected } as const
  const changed = await commitChanges(caller, rest, () => ok({ tenant, changes: [change], claims: [], audit: auditor(call, rest) }))
  return changed.ok ? answerRemoved(changed.value[0]) : changed
}

/** DELETE [type]?query: one match is deleted, several are refused, none is nothing to do. */
export async function removeConditional(call: Call, rest: Rest): Promise<Result<Answer>> {
  const { caller } = call
  const { type } = call.path as { type: string }
  if (!caller.writes.ok) return caller.writes
  const tenant = caller.writes.value
  const changed = await commitChanges(caller, rest, async reader => {
    const found = await condition(type, call.query, tenant, reader, caller, rest)
    if (!found.ok) return found
    const { match } = found.value
    const changes = match ? [{ op: 'delete', type, id: match.id, expected: match.version } as const] : []
    return ok({ tenant, changes, claims: [], audit: auditor(call, rest) })
  })
  return changed.ok ? answerRemoved(changed.value[0]) : changed
}

function answerRemoved(changed: Changed | undefined): Result<Answer> {
  const headers: Record<string, string> = changed && changed.version > 0 ? { etag: etagOf(changed.version) } : {}
  return ok({ status: 204, headers })
}
