// create and conditional create (http.html#create): a new id, unless If-None-Exist finds that the resource is there already.
import { fault } from '#kernel/fault.ts'
import { newId } from '#kernel/ids.ts'
import type { StoredVersion } from '#kernel/ports/storage.ts'
import { failed, ok, type Result } from '#kernel/result.ts'
import { auditEntry, patientOf } from '../access/audit.ts'
import { admit, judgeFor } from './admit.ts'
import type { Answer } from './answer.ts'
import type { Call, Rest } from './call.ts'
import { type Change, type Changed, commitChanges } from './changes.ts'
import { condition } from './conditional.ts'
import { answerWritten } from './written.ts'

export async function create(call: Call, rest: Rest): Promise<Result<Answer>> {
  const { caller } = call
  const { type } = call.path as { type: string }
  if (!caller.writes.ok) return caller.writes
  const tenant = caller.writes.value
  const judge = await judgeFor(tenant, call.headers, rest)
  if (!judge.ok) return judge
  const admitted = admit(call.resource, { type, id: undefined }, judge.value)
  if (!admitted.ok) return admitted
  const change: Change = { op: 'create', type, id: newId(rest.clock.now()), resource: admitted.value.resource }
  const { ifNoneExist } = call.headers
  let existing: StoredVersion | undefined
  const changed = await commitChanges(caller, rest, async reader => {
    const audit = auditor(call, rest)
    if (ifNoneExist === undefined) return ok({ tenant, changes: [change], claims: [], audit })
    const found = await condition(type, ifNoneExist.replace(/^.*\?/, ''), tenant, reader, caller, rest)
    if (!found.ok) return found
    existing = found.value.match
    const claims = [{ key: found.value.claim, holder: `${type}/${change.id}` }]
    return ok(existing ? { tenant, changes: [], claims: [], audit } : { tenant, changes: [change], claims, audit })
  })
  if (!changed.ok) return changed
  if (changed.value[0]) return answerWritten(changed.value[0], call, admitted.value.findings)
  if (!existing) return failed(fault('fhir.unknown', { args: { type, id: change.id } }))
  const found: Changed = { ...existing, outcome: 'same' }
  const [entry] = auditor(call, rest)([found])
  const noted = rest.storage.audit(tenant, entry!)
  return noted.ok ? answerWritten(found, call, admitted.value.findings) : noted
}

/** One entry for each thing that was written. */
export function auditor(call: Pick<Call, 'caller'>, rest: Rest) {
  return (changed: readonly Changed[]) =>
    changed.map(({ type, id, outcome, version, body }) =>
      auditEntry(
        call.caller,
        {
          action: actions[outcome],
          subject: `${type}/${id}`,
          patient: patientOf(type, id, body),
          detail: outcome === 'gone' ? undefined : `${version}`,
        },
        rest.clock.now(),
      ),
    )
}

const actions = { created: 'create', updated: 'update', same: 'update', deleted: 'delete', gone: 'delete' } as const
