// Where the demo's story stands: when it began and how much of it each system has told, so that a restart goes on instead of telling it again.
import { setImmediate as turn } from 'node:timers/promises'
import type { SimulatedMessage } from '#adapters/content/simulator.ts'
import type { Clock } from '#kernel/clock.ts'
import type { Storage } from '#kernel/ports/storage.ts'
import { must } from '#kernel/result.ts'
import { systemPrincipal, systemTenant } from '#kernel/tenant.ts'

const recordKind = 'demo-story'
/** Making messages must not hold up who uses the platform: between so many others get their turn. */
const turnOf = 10
/** Every so many messages the place is written down; after a crash they are told again, as repeats. */
const placeEvery = 50
/** Who comes back later than this begins a new story: nobody wants to wait for what happened meanwhile. */
const forgottenMs = 2 * 86_400_000

type Begun = { readonly startedAtMs: number; readonly aliveMs: number }

export class DemoStory {
  readonly startedAtMs: number
  readonly #told: Map<string, number>
  readonly #storage: Storage
  readonly #clock: Clock

  private constructor(startedAtMs: number, told: Map<string, number>, storage: Storage, clock: Clock) {
    this.startedAtMs = startedAtMs
    this.#told = told
    this.#storage = storage
    this.#clock = clock
  }

  static async open(storage: Storage, clock: Clock): Promise<DemoStory> {
    const reader = storage.reader({ principal: systemPrincipal('demo'), tenants: [systemTenant] })
    const rows = must(await reader.records(systemTenant, recordKind, { limit: 100 }))
    const begun = rows.flatMap(({ key, value }) => (key === 'begun' ? [JSON.parse(value) as Begun] : []))[0]
    const goesOn = begun !== undefined && clock.now() - begun.aliveMs < forgottenMs
    const told = goesOn ? rows.flatMap(({ key, value }) => (key === 'begun' ? [] : [[key, Number(value)] as const])) : []
    return new DemoStory(goesOn ? begun.startedAtMs : clock.now(), new Map(told), storage, clock)
  }

  /** The messages a system has not sent yet, each due at its own time of the story, however long the ones before took. */
  async *rest(system: string, messages: Iterable<SimulatedMessage>): AsyncGenerator<SimulatedMessage> {
    const before = this.#told.get(system) ?? 0
    let dueMs = this.startedAtMs
    let place = 0
    await turn()
    for (const message of messages) {
      dueMs += message.delayMs
      if (++place % turnOf === 0) await turn()
      if (place <= before) continue
      yield { ...message, delayMs: Math.max(0, dueMs - this.#clock.now()) }
      this.#told.set(system, place)
      if (place % placeEvery === 0) void this.remember()
    }
  }

  async remember(): Promise<void> {
    const begun: Begun = { startedAtMs: this.startedAtMs, aliveMs: this.#clock.now() }
    const places = [
      ['begun', JSON.stringify(begun)] as const,
      ...[...this.#told].map(([system, place]) => [system, String(place)] as const),
    ]
    const records = places.map(([key, value]) => ({ kind: recordKind, key, value }))
    await this.#storage.commit({ tenant: systemTenant, cause: { by: 'system:demo' }, records })
  }
}
