// What messages of one channel keep saying alike: doctors, wards, items, units, reference ranges. Worked out once, handed out again, never changed.
import type { JsonValue } from '#kernel/json.ts'
import type { TenantCode } from '#kernel/tenant.ts'
import type { Setting } from '../functions/setting.ts'

const entriesMax = 8_000
const textLengthMax = 200

/** Belongs to one tenant, facility and source (ids follow from the tenant); everything in it follows from the texts it is found by. Forgets all when it holds too much. */
export class Memory {
  readonly setting: Setting
  readonly #kept: (Map<string, unknown> | undefined)[] = []
  #entries = 0

  constructor(setting: Setting) {
    this.setting = setting
  }

  /** What was kept for a text under the number of a rule. */
  recall(slot: number, text: string): unknown {
    return this.#kept[slot]?.get(text)
  }

  keep(slot: number, text: string, value: unknown): void {
    if (text.length > textLengthMax) return
    if (this.#entries >= entriesMax) {
      this.#kept.length = 0
      this.#entries = 0
    }
    const texts = (this.#kept[slot] ??= new Map())
    if (!texts.has(text)) this.#entries++
    texts.set(text, value)
  }
}

/** Numbers of a rule's memory, one per depth of the value it reads. */
export function takeSlots(slots: { next: number }): number {
  const slot = slots.next
  slots.next += 3
  return slot
}

const memoriesMax = 64

/** The memories of all channels of a site. */
export class Memories {
  readonly #byPlace = new Map<string, Memory>()

  of(tenant: TenantCode, setting: Setting): Memory {
    const place = JSON.stringify([tenant, setting.facility, setting.source, setting.zone])
    let memory = this.#byPlace.get(place)
    if (memory === undefined) {
      if (this.#byPlace.size >= memoriesMax) this.#byPlace.clear()
      this.#byPlace.set(place, (memory = new Memory(setting)))
    }
    return memory
  }
}

/** Shared by all messages: nobody may change it. Who goes on writing into it takes a copy (target.ts). */
export function frozen<T extends JsonValue>(value: T): T {
  if (typeof value === 'object' && value !== null) for (const member of Object.values(value)) frozen(member as JsonValue)
  return Object.freeze(value)
}
