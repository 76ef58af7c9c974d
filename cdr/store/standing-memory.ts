// What this thread last saw of resources that come again with every message (patients, visits, staff, places). A guess, not a truth: every unit of work names
// the versions it was built on, so the store refuses work built on a stale memory, and it is then built anew from the store.
import type { TenantCode } from '#kernel/tenant.ts'
import type { Standing } from './draft.ts'

/** These are made once and seldom come back: remembering them would push out what does. */
const oneTime = new Set(['Observation', 'DiagnosticReport', 'Specimen', 'DocumentReference', 'ImagingStudy', 'Provenance'])

type Generation = Map<string, Standing>

/** Two generations of a tenant: what is recalled moves to the young one; when that is full, what only the old one has is forgotten. */
type Memory = { young: Generation; old: Generation }

export class StandingMemory {
  readonly #generationMax: number
  readonly #tenants = new Map<TenantCode, Memory>()

  constructor(entriesMax: number) {
    this.#generationMax = entriesMax / 2
  }

  /** `name` is `Patient/abc`. */
  recall(tenant: TenantCode, type: string, name: string): Standing | undefined {
    if (oneTime.has(type)) return undefined
    const memory = this.#of(tenant)
    const young = memory.young.get(name)
    if (young !== undefined) return young
    const old = memory.old.get(name)
    if (old !== undefined) this.#keep(memory, name, old)
    return old
  }

  remember(tenant: TenantCode, type: string, name: string, standing: Standing): void {
    if (!oneTime.has(type)) this.#keep(this.#of(tenant), name, standing)
  }

  forget(tenant: TenantCode, name: string): void {
    const memory = this.#of(tenant)
    memory.young.delete(name)
    memory.old.delete(name)
  }

  #keep(memory: Memory, name: string, standing: Standing): void {
    memory.young.set(name, standing)
    if (memory.young.size <= this.#generationMax) return
    memory.old = memory.young
    memory.young = new Map()
  }

  #of(tenant: TenantCode): Memory {
    let memory = this.#tenants.get(tenant)
    if (!memory) this.#tenants.set(tenant, (memory = { young: new Map(), old: new Map() }))
    return memory
  }
}
