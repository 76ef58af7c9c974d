// Whose data a FHIR request sees and changes (architecture, section 6): the mount path, the token, and the header X-Tenant decide.
import { fault } from '#kernel/fault.ts'
import type { Storage } from '#kernel/ports/storage.ts'
import { failed, ok, type Result } from '#kernel/result.ts'
import { defaultTenant, isTenantCode, maySee, type Principal, systemTenant, type TenantCode } from '#kernel/tenant.ts'

export type Tenancy = {
  /** Tenants that reads and searches cover. */
  readonly reads: readonly TenantCode[]
  /** The one tenant that writes go to, or why there is none. */
  readonly writes: Result<TenantCode>
}

/** `mount`: the tenant of `/tenants/{tenant}/fhir`. `header`: X-Tenant. A tenant outside the token and one that is not there look the same. */
export function tenancyOf(
  principal: Principal,
  storage: Pick<Storage, 'tenants'>,
  asked: { readonly mount: string | undefined; readonly header: string | undefined },
): Result<Tenancy> {
  const visible = storage.tenants().filter(tenant => tenant !== systemTenant && maySee(principal, tenant))
  for (const tenant of [asked.mount, asked.header])
    if (tenant !== undefined && !isVisible(tenant, principal, visible)) return noAccess(tenant)
  if (asked.mount !== undefined && asked.header !== undefined && asked.mount !== asked.header) return noAccess(asked.header)
  const named = asked.mount ?? asked.header
  if (named !== undefined) return ok({ reads: [named], writes: ok(named) })
  return ok({ reads: visible, writes: writeTenant(principal) })
}

function writeTenant(principal: Principal): Result<TenantCode> {
  if (principal.tenants === 'all') return ok(defaultTenant)
  const [only] = principal.tenants
  if (only !== undefined && principal.tenants.length === 1) return ok(only)
  return failed(fault('fhir.tenant-unsaid', { args: { tenants: principal.tenants.join('、') } }))
}

/** The default tenant is there even before its first write. */
function isVisible(tenant: string, principal: Principal, visible: readonly TenantCode[]): boolean {
  if (!isTenantCode(tenant)) return false
  return visible.includes(tenant) || (tenant === defaultTenant && maySee(principal, tenant))
}

function noAccess(tenant: string): Result<never> {
  return failed(fault('auth.tenant', { args: { tenant: tenant.slice(0, 40) } }))
}
