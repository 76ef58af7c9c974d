// Derived ids of what messages keep naming (wards, doctors, patients in house): worked out once; the hash behind them is the dearest step of a small plan.
import { deriveId } from '#kernel/ids.ts'
import type { TenantCode } from '#kernel/tenant.ts'

const idsPerTypeMax = 4_096

/** Forgets a type's ids when they are too many: what is still named is soon known again. */
export class IdMemory {
  #tenant: TenantCode = ''
  #byType = new Map<string, Map<string, string>>()

  idOf(tenant: TenantCode, type: string, key: string): string {
    if (tenant !== this.#tenant) this.#startAnew(tenant)
    let ids = this.#byType.get(type)
    if (ids === undefined) this.#byType.set(type, (ids = new Map()))
    let id = ids.get(key)
    if (id !== undefined) return id
    if (ids.size >= idsPerTypeMax) ids.clear()
    ids.set(key, (id = deriveId(tenant, type, key)))
    return id
  }

  #startAnew(tenant: TenantCode): void {
    this.#tenant = tenant
    this.#byType = new Map()
  }
}
