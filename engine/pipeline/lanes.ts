// Order: a message waits in one lane per order key and may run when it is first in all of them. Messages without keys run at once.

export class Lanes<M> {
  readonly #lanes = new Map<string, M[]>()
  readonly #waiting = new Map<M, { keys: readonly string[]; ahead: number }>()

  /** Messages that are in, running or waiting. */
  get size(): number {
    return this.#waiting.size
  }

  /** Queues a message behind all earlier ones that share a key; true when it may run now. */
  enter(message: M, orderKeys: readonly string[]): boolean {
    const keys = orderKeys.length > 1 ? [...new Set(orderKeys)] : orderKeys
    let ahead = 0
    for (const key of keys) {
      const lane = this.#lanes.get(key)
      if (lane) {
        lane.push(message)
        ahead++
      } else this.#lanes.set(key, [message])
    }
    this.#waiting.set(message, { keys, ahead })
    return ahead === 0
  }

  /** Takes a message that has run out of its lanes; gives those that may run now. */
  leave(message: M): M[] {
    const entry = this.#waiting.get(message)
    if (!entry) return []
    this.#waiting.delete(message)
    const ready: M[] = []
    for (const key of entry.keys) {
      const lane = this.#lanes.get(key)!
      lane.splice(lane.indexOf(message), 1)
      const next = lane[0]
      if (next === undefined) this.#lanes.delete(key)
      else if (--this.#waiting.get(next)!.ahead === 0) ready.push(next)
    }
    return ready
  }
}
