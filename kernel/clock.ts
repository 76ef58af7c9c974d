// Time comes in as an argument: the only `Date.now()` of the project is here.

export interface Clock {
  /** Milliseconds since 1970-01-01T00:00:00Z. */
  now(): number
}

export const systemClock: Clock = { now: () => Date.now() }

/** A clock that stands still until it is moved, for tests and replays. */
export class ManualClock implements Clock {
  #now: number
  constructor(startMs: number) {
    this.#now = startMs
  }
  now(): number {
    return this.#now
  }
  advance(ms: number): void {
    this.#now += ms
  }
}
