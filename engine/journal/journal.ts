// The journal learns of messages that the log holds: in batches per tenant, in the order of their numbers, each batch one commit; then the pipeline gets them.
import type { JournalEntry } from '#kernel/commit.ts'
import type { Storage } from '#kernel/ports/storage.ts'
import type { TenantCode } from '#kernel/tenant.ts'

export type JournalTools = {
  readonly storage: Storage
  /** Called with entries that stand in the store, in order. */
  readonly onStored: (entries: readonly JournalEntry[]) => void
  /** The store refused (disk full …): told once per attempt; the entries are safe in the log and are tried again. */
  readonly onTrouble: (tenant: TenantCode, code: string) => void
}

const batchEntriesMax = 256
const retryMs = 500

type Lane = { waiting: JournalEntry[]; running: boolean }

export class Journal {
  readonly #tools: JournalTools
  readonly #lanes = new Map<TenantCode, Lane>()
  #idle: (() => void)[] = []
  #stopped = false
  #waiting = 0

  constructor(tools: JournalTools) {
    this.#tools = tools
  }

  /** Entries that do not stand in the store yet. */
  get waiting(): number {
    return this.#waiting
  }

  /** Entries must come in the order of their numbers, as the log gives them. */
  add(entry: JournalEntry): void {
    const lane = this.#lane(entry.tenant)
    lane.waiting.push(entry)
    this.#waiting++
    if (!lane.running) void this.#write(entry.tenant, lane)
  }

  /** Resolves when everything added so far stands in the store, or could not be brought there before the stop. */
  async stop(): Promise<void> {
    this.#stopped = true
    if ([...this.#lanes.values()].some(lane => lane.running)) await new Promise<void>(resolve => this.#idle.push(resolve))
  }

  #lane(tenant: TenantCode): Lane {
    let lane = this.#lanes.get(tenant)
    if (!lane) this.#lanes.set(tenant, (lane = { waiting: [], running: false }))
    return lane
  }

  async #write(tenant: TenantCode, lane: Lane): Promise<void> {
    lane.running = true
    while (lane.waiting.length > 0) {
      const batch = lane.waiting.splice(0, batchEntriesMax)
      const done = await this.#tools.storage.commit({ tenant, cause: { by: 'system:journal' }, receives: batch })
      if (done.ok) {
        this.#waiting -= batch.length
        this.#tools.onStored(batch)
      } else {
        this.#tools.onTrouble(tenant, done.fault.code)
        lane.waiting.unshift(...batch)
        if (this.#stopped) break
        await new Promise(resolve => setTimeout(resolve, retryMs))
      }
    }
    lane.running = false
    if (![...this.#lanes.values()].some(each => each.running)) for (const resolve of this.#idle.splice(0)) resolve()
  }
}
