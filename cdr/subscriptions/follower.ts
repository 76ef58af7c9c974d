// A subscriber that can be rebuilt: it follows the change feed of a tenant and commits its place together with its effects, so each change has its effect once.
import type { Commit } from '#kernel/commit.ts'
import { type Fault, isTransient } from '#kernel/fault.ts'
import type { Change, Reader, Storage } from '#kernel/ports/storage.ts'
import { ok, type Result } from '#kernel/result.ts'
import { systemPrincipal, type TenantCode } from '#kernel/tenant.ts'

export const placeKind = 'follower'

/** What a batch of changes brings about, in the tenant that keeps the place. */
export type Effects = Partial<Pick<Commit, 'resources' | 'claims' | 'records' | 'documents' | 'counts' | 'expects'>>

export type FollowerSpec = {
  readonly name: string
  /** Whose changes. */
  readonly tenant: TenantCode
  /** Where the effects and the place are kept; the same tenant unless the effect is regional. */
  readonly into: TenantCode
  readonly types: readonly string[]
  /** A pure answer to one change; conflicts with other writers are rebuilt. */
  handle(change: Change, reader: Reader): Promise<Result<Effects>>
}

export type FollowerTools = { readonly storage: Storage; readonly onTrouble: (name: string, fault: Fault) => void }

const batchChangesMax = 200
const idleMs = 1_000
const conflictTriesMax = 10

export class Follower {
  readonly #spec: FollowerSpec
  readonly #tools: FollowerTools
  readonly #source: Reader
  readonly #target: Reader
  #place = -1
  #placeVersion = 0
  #timer: NodeJS.Timeout | undefined
  #running: Promise<void> | undefined
  #stopped = false

  constructor(spec: FollowerSpec, tools: FollowerTools) {
    this.#spec = spec
    this.#tools = tools
    const principal = systemPrincipal(spec.name)
    this.#source = tools.storage.reader({ principal, tenants: [spec.tenant] })
    this.#target = tools.storage.reader({ principal, tenants: [spec.into] })
  }

  /** Logical time up to which everything has had its effect. */
  get place(): number {
    return this.#place
  }

  /** Looks for changes now (a commit was made) and from time to time. */
  wake(): void {
    if (this.#stopped || this.#running) return
    clearTimeout(this.#timer)
    this.#running = this.#follow().finally(() => {
      this.#running = undefined
      if (this.#stopped) return
      this.#timer = setTimeout(() => this.wake(), idleMs)
      this.#timer.unref()
    })
  }

  async stop(): Promise<void> {
    this.#stopped = true
    clearTimeout(this.#timer)
    await this.#running
  }

  async #follow(): Promise<void> {
    if (this.#place < 0 && !(await this.#restorePlace())) return
    while (!this.#stopped) {
      const changes = await this.#source.changes(this.#spec.tenant, this.#place, batchChangesMax)
      if (!changes.ok) return this.#tools.onTrouble(this.#spec.name, changes.fault)
      if (changes.value.length === 0) return
      for (const [t, ofCommit] of Map.groupBy(changes.value, change => change.t)) {
        const done = await this.#take(
          t,
          ofCommit.filter(change => this.#spec.types.includes(change.type)),
        )
        if (!done || this.#stopped) return
      }
    }
  }

  async #restorePlace(): Promise<boolean> {
    const stored = await this.#target.record(this.#spec.into, placeKind, this.#spec.name)
    if (!stored.ok) return false
    this.#place = stored.value ? Number(stored.value.value) : 0
    this.#placeVersion = stored.value?.version ?? 0
    return true
  }

  /** The changes of one commit, one by one; a place without effects is only remembered, and written with the next effect. */
  async #take(t: number, changes: readonly Change[]): Promise<boolean> {
    for (const change of changes) {
      for (let tries = 1; ; tries++) {
        const done = await this.#apply(change)
        if (done.ok) break
        const again = done.fault.code === 'store.conflict' && tries < conflictTriesMax
        if (!again && isTransient(done.fault)) return false
        if (!again) {
          this.#tools.onTrouble(this.#spec.name, done.fault)
          break
        }
      }
    }
    this.#place = t
    return true
  }

  async #apply(change: Change): Promise<Result<void>> {
    const effects = await this.#spec.handle(change, this.#source)
    if (!effects.ok) return effects
    if (Object.values(effects.value).every(list => list.length === 0)) return ok(undefined)
    const { name, into } = this.#spec
    const place = { kind: placeKind, key: name, value: String(change.t - 1), expected: this.#placeVersion }
    const done = await this.#tools.storage.commit({
      tenant: into,
      cause: { by: `system:${name}` },
      ...effects.value,
      records: [...(effects.value.records ?? []), place],
    })
    if (!done.ok) return done
    this.#placeVersion++
    return ok(undefined)
  }
}
