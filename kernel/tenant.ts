// Who asks, and whose data: a principal and a tenant stand on every read and write.

/** Upper-case short code of a tenant, e.g. `ZJJ`, `QPJW`, `EMS`, `DEFAULT`, `REGION`. */
export type TenantCode = string

export const defaultTenant: TenantCode = 'DEFAULT'
export const regionTenant: TenantCode = 'REGION'
/** Holds what belongs to the installation itself: clients, users, facilities, their audit. No clinical data. */
export const systemTenant: TenantCode = 'SYSTEM'

export function isTenantCode(text: string): boolean {
  return /^[A-Z][A-Z0-9_-]{0,15}$/.test(text)
}

export type Principal = {
  /** Stable id: `client:…`, `user:…` or `system:…` for the platform's own work. */
  readonly id: string
  readonly name: string
  /** Tenants it may see; `all` is the administrator's right. */
  readonly tenants: readonly TenantCode[] | 'all'
  /** SMART-style scopes (`system/*.read`, `user/Patient.read`) and console rights (`messages.read`, `message-bodies.read`, `admin`). */
  readonly scopes: readonly string[]
}

/** A read happens in the name of somebody, over a fixed set of tenants. */
export type ReadScope = {
  readonly principal: Principal
  readonly tenants: readonly TenantCode[]
}

export function maySee(principal: Principal, tenant: TenantCode): boolean {
  return principal.tenants === 'all' || principal.tenants.includes(tenant)
}

export function systemPrincipal(name: string): Principal {
  return { id: `system:${name}`, name, tenants: 'all', scopes: ['system/*.*'] }
}
