// What a request changes, as one commit: prepared and built from the current versions, and built anew when others were faster.
import type { AuditEntry, Claim } from '#kernel/commit.ts'
import { type Fault, fault } from '#kernel/fault.ts'
import type { JsonObject } from '#kernel/json.ts'
import { limits } from '#kernel/limits.ts'
import type { Reader } from '#kernel/ports/storage.ts'
import { failed, ok, type Result } from '#kernel/result.ts'
import type { TenantCode } from '#kernel/tenant.ts'
import { buildChanges } from './build-changes.ts'
import type { Caller, Rest } from './call.ts'

export type Change = {
  readonly op: 'create' | 'update' | 'delete'
  readonly type: string
  readonly id: string
  /** Undefined for a delete. */
  readonly resource?: JsonObject
  /** If-Match: the version it must have. */
  readonly expected?: number
  /** If-None-Match: *, there must be none. */
  readonly mustBeNew?: boolean
}

export type Changed = {
  readonly type: string
  readonly id: string
  /** `same`: nothing differed, no version was made. `gone`: there was nothing to delete. */
  readonly outcome: 'created' | 'updated' | 'same' | 'deleted' | 'gone'
  readonly version: number
  readonly body: string | Buffer
  readonly committedAtMs: number
}

export type ChangeSet = {
  readonly tenant: TenantCode
  readonly changes: readonly Change[]
  /** Keys that must be free: what a conditional create stands on. */
  readonly claims: readonly Claim[]
  readonly audit: (changed: readonly Changed[]) => readonly AuditEntry[]
}

/** `prepare` is called again whenever other work came between; a fault of its own ends the attempts. */
export async function commitChanges(
  caller: Caller,
  rest: Rest,
  prepare: (reader: Reader) => Promise<Result<ChangeSet>> | Result<ChangeSet>,
): Promise<Result<readonly Changed[]>> {
  const writes = caller.writes
  if (!writes.ok) return writes
  const tenant = writes.value
  let last: Fault = fault('engine.overloaded')
  for (let attempt = 0; attempt <= limits.conflictRetriesMax; attempt++) {
    const reader = rest.storage.reader({ principal: caller.principal, tenants: [tenant] })
    const set = await prepare(reader)
    if (!set.ok) return set
    const built = await buildChanges(set.value, caller, reader, rest)
    if (!built.ok) return built
    const { changed, ...work } = built.value
    if (work.resources.length === 0 && work.claims.length === 0) return noted(rest, tenant, set.value.audit(changed), changed)
    const done = await rest.storage.commit({ tenant, cause: { by: caller.principal.id }, ...work, audit: set.value.audit(changed) })
    if (done.ok) {
      rest.onWritten?.(tenant, new Set(changed.map(({ type }) => type)))
      return ok(changed)
    }
    if (done.fault.code !== 'store.conflict' && done.fault.code !== 'store.claim-held') return done
    last = done.fault
  }
  return failed(last)
}

/** Nothing to write, but it was asked for: the audit goes with the next group. */
function noted(rest: Rest, tenant: TenantCode, entries: readonly AuditEntry[], changed: readonly Changed[]): Result<readonly Changed[]> {
  for (const entry of entries) {
    const done = rest.storage.audit(tenant, entry)
    if (!done.ok) return done
  }
  return ok(changed)
}
