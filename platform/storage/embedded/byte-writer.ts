// Bytes that grow at the end: what one batch of commits sends to the writer lies in one buffer.
import { writeVarint } from './varint.ts'

const varintBytesMax = 8

export class ByteWriter {
  #space: Uint8Array<ArrayBuffer>
  #length = 0

  constructor(capacity: number) {
    this.#space = new Uint8Array(capacity)
  }

  get length(): number {
    return this.#length
  }

  byte(value: number): void {
    this.#reserve(1)
    this.#space[this.#length++] = value
  }

  varint(value: number): void {
    this.#reserve(varintBytesMax)
    this.#length = writeVarint(this.#space, this.#length, value)
  }

  bytes(bytes: Uint8Array): void {
    this.#reserve(bytes.length)
    this.#space.set(bytes, this.#length)
    this.#length += bytes.length
  }

  /** Writes 32 bits, lowest byte first, over four bytes that were written before. */
  patchWord(at: number, value: number): void {
    for (let i = 0; i < 4; i++) this.#space[at + i] = value >>> (8 * i)
  }

  /** What was written from `start` on; valid until something is written. */
  since(start: number): Uint8Array {
    return this.#space.subarray(start, this.#length)
  }

  /** What was written, in a buffer of its own; the writer starts anew. */
  take(): Uint8Array<ArrayBuffer> {
    const taken = this.#space.slice(0, this.#length)
    this.#length = 0
    return taken
  }

  #reserve(more: number): void {
    if (this.#length + more <= this.#space.length) return
    const larger = new Uint8Array(2 * (this.#length + more))
    larger.set(this.#space.subarray(0, this.#length))
    this.#space = larger
  }
}
