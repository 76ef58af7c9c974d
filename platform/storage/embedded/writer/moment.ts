// What every part of one commit shares: its logical time, its cause as numbers, and the batch it came in.
import type { NameWriter } from '../names.ts'
import { nameOf } from '../names.ts'
import { TapeReader, type TapeText } from '../tape.ts'
import type { Resources } from './resources.ts'

export type Moment = {
  /** Logical time of the commit in its tenant. */
  readonly t: number
  readonly atMs: number
  readonly plan: number | null
  readonly author: number
}

/** A batch as it arrived. */
export type Arrived = { readonly bytes: Uint8Array; readonly numbers: Float64Array; readonly tape: TapeText }

/** One batch as a tenant's writer sees it: bytes, and a tape whose names and resources have the tenant's numbers. */
export class Batch {
  readonly arrived: Arrived
  readonly tape: TapeReader
  readonly #names: NameWriter

  constructor(arrived: Arrived, names: NameWriter, resources: Resources) {
    this.arrived = arrived
    this.#names = names
    this.tape = new TapeReader(arrived.numbers, arrived.tape, {
      name: text => names.number(text),
      resource: (type, id) => resources.mention(type, id).rid,
    })
  }

  bytes([start, size]: readonly [start: number, size: number]): Uint8Array {
    return this.arrived.bytes.subarray(start, start + size)
  }

  typeNumber(type: string): number | undefined {
    return this.#names.find(nameOf.type(type))
  }

  /** The word behind a number of the tenant. */
  word(number: number): string {
    return this.#names.word(number)
  }
}
