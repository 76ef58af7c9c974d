// Seeded chance (sfc32 over a hashed seed): the same seed gives the same world on every machine, and a fork is a stream of its own.
import { hash } from 'node:crypto'

export class Random {
  readonly #seed: string
  #a: number
  #b: number
  #c: number
  #counter = 1

  constructor(seed: string) {
    this.#seed = seed
    const bytes = hash('sha256', seed, 'buffer')
    this.#a = bytes.readUInt32LE(0)
    this.#b = bytes.readUInt32LE(4)
    this.#c = bytes.readUInt32LE(8)
    for (let i = 0; i < 12; i++) this.next()
  }

  /** A stream named by the seed and the label, whatever has been drawn from this one. */
  fork(label: string): Random {
    return new Random(`${this.#seed}/${label}`)
  }

  /** [0, 1) with 32 bits. */
  next(): number {
    const t = (((this.#a + this.#b) | 0) + this.#counter) | 0
    this.#counter = (this.#counter + 1) | 0
    this.#a = this.#b ^ (this.#b >>> 9)
    this.#b = (this.#c + (this.#c << 3)) | 0
    this.#c = (((this.#c << 21) | (this.#c >>> 11)) + t) | 0
    return (t >>> 0) / 2 ** 32
  }

  /** Both ends included. */
  integer(from: number, to: number): number {
    return from + Math.floor(this.next() * (to - from + 1))
  }

  between(from: number, to: number): number {
    return from + this.next() * (to - from)
  }

  chance(probability: number): boolean {
    return this.next() < probability
  }

  pick<T>(list: readonly T[]): T {
    return list[Math.floor(this.next() * list.length)]!
  }

  /** By weight; a weight of 0 is never drawn. */
  weighted<T>(list: readonly T[], weightOf: (item: T) => number): T {
    const total = list.reduce((sum, item) => sum + weightOf(item), 0)
    let left = this.next() * total
    for (const item of list) {
      left -= weightOf(item)
      if (left < 0) return item
    }
    return list.findLast(item => weightOf(item) > 0)!
  }

  /** Normal distribution (Box–Muller), cut at three standard deviations. */
  normal(mean: number, sd: number): number {
    const drawn = Math.sqrt(-2 * Math.log(1 - this.next())) * Math.cos(2 * Math.PI * this.next())
    return mean + sd * Math.max(-3, Math.min(3, drawn))
  }

  /** Log-normal with this mean and standard deviation: for quantities that cannot be negative and are skewed. */
  logNormal(mean: number, sd: number): number {
    const variance = Math.log(1 + (sd * sd) / (mean * mean))
    return Math.exp(this.normal(Math.log(mean) - variance / 2, Math.sqrt(variance)))
  }

  /** Digits as text, e.g. serial numbers. */
  digits(length: number): string {
    let text = ''
    for (let i = 0; i < length; i++) text += this.integer(0, 9)
    return text
  }
}
