// What every part of one commit shares: its logical time, its cause as numbers, and the batch it came in.
import { type NameWriter, nameOf } from '../names.ts'

export type Moment = {
  /** Logical time of the commit in its tenant. */
  readonly t: number
  readonly atMs: number
  readonly plan: number | null
  readonly author: number
}

/** One batch as a tenant's writer sees it: bytes, and names as the tenant's numbers. */
export class Batch {
  readonly bytes: Uint8Array
  readonly #texts: readonly string[]
  readonly #names: NameWriter
  readonly #numbers: (number | undefined)[]

  constructor(bytes: Uint8Array, texts: readonly string[], names: NameWriter) {
    this.bytes = bytes
    this.#texts = texts
    this.#names = names
    this.#numbers = new Array(texts.length)
  }

  /** Number in the tenant of a name of the batch. */
  readonly number = (name: number): number => (this.#numbers[name] ??= this.#names.number(this.#texts[name]!))

  typeNumber(type: string): number | undefined {
    return this.#names.find(nameOf.type(type))
  }

  /** The word behind a number of the tenant. */
  word(number: number): string {
    return this.#names.word(number)
  }
}
