// What this thread last saw of resources that come again with every message (patients, visits, staff, places). A guess, not a truth: every unit of work names
// the versions it was built on, so the store refuses work built on a stale memory, and it is then built anew from the store.
import type { TenantCode } from '#kernel/tenant.ts'
import type { Standing } from './draft.ts'

/** These are made once and seldom come back: remembering them would push out what does. */
const oneTime = new Set(['Observation', 'DiagnosticReport', 'Specimen', 'DocumentReference', 'ImagingStudy', 'Provenance'])

export class StandingMemory {
  readonly #entriesMax: number
  readonly #standings = new Map<string, Standing>()

  constructor(entriesMax: number) {
    this.#entriesMax = entriesMax
  }

  recall(tenant: TenantCode, type: string, id: string): Standing | undefined {
    const key = keyOf(tenant, type, id)
    const standing = this.#standings.get(key)
    if (standing === undefined) return undefined
    this.#standings.delete(key)
    this.#standings.set(key, standing)
    return standing
  }

  remember(tenant: TenantCode, type: string, id: string, standing: Standing): void {
    if (oneTime.has(type)) return
    const key = keyOf(tenant, type, id)
    this.#standings.delete(key)
    this.#standings.set(key, standing)
    if (this.#standings.size > this.#entriesMax) this.#standings.delete(this.#standings.keys().next().value!)
  }

  forget(tenant: TenantCode, type: string, id: string): void {
    this.#standings.delete(keyOf(tenant, type, id))
  }
}

function keyOf(tenant: TenantCode, type: string, id: string): string {
  return `${tenant} ${type}/${id}`
}
