// Where things lie in the data directory.
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { isTenantCode, type TenantCode } from '#kernel/tenant.ts'

export function tenantsDirectory(directory: string): string {
  return join(directory, 'tenants')
}

export function tenantDirectory(directory: string, tenant: TenantCode): string {
  return join(directory, 'tenants', tenant)
}

export function storeFile(directory: string, tenant: TenantCode): string {
  return join(tenantDirectory(directory, tenant), 'store.db')
}

/** Tenants that have a store in the directory, in alphabetical order. */
export function storedTenants(directory: string): TenantCode[] {
  const root = tenantsDirectory(directory)
  if (!existsSync(root)) return []
  return readdirSync(root)
    .filter(name => isTenantCode(name) && existsSync(storeFile(directory, name)))
    .sort()
}
