// Writes the audit entry of a read before it is answered: when the audit cannot take it, the read is refused.
import { ok, type Result } from '#kernel/result.ts'
import type { TenantCode } from '#kernel/tenant.ts'
import { auditEntry, type Touch } from '../access/audit.ts'
import type { Caller, Rest } from './call.ts'

export function note(rest: Rest, caller: Caller, tenants: readonly TenantCode[], touch: Touch): Result<void> {
  const entry = auditEntry(caller, touch, rest.clock.now())
  for (const tenant of tenants) {
    const noted = rest.storage.audit(tenant, entry)
    if (!noted.ok) return noted
  }
  return ok(undefined)
}
