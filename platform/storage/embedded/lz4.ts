// LZ4 block format (lz4_Block_format.md of the LZ4 project) against a dictionary that stands before the text: every LZ4 library can read what this writes.

/** Offsets have 16 bits: what lies further back cannot be copied from. */
const reachMax = 0xffff
const matchMin = 4
/** The format's end rules: the last 5 bytes are literals and the last match starts 12 bytes before the end. */
const literalsAtEnd = 5
const matchStartAtEnd = 12
const hashBits = 14
/** Up to this many table entries are put back one by one after a text; beyond, the whole table is copied. */
const touchedMax = 4096

/** Compresses and expands texts against one dictionary. Not for use by two callers at once: the work space is shared between calls. */
export class Lz4 {
  readonly #dictionaryLength: number
  /** Last place in the dictionary of every hash, and the same with places of the text at work. */
  readonly #dictionaryTable: Int32Array
  readonly #table: Int32Array
  readonly #touched = new Int32Array(touchedMax)
  #space: Buffer
  #output = new Uint8Array(16 * 1024)

  constructor(dictionary: Uint8Array) {
    this.#dictionaryLength = dictionary.length
    this.#space = Buffer.alloc(dictionary.length + 64 * 1024)
    this.#space.set(dictionary)
    this.#dictionaryTable = new Int32Array(1 << hashBits).fill(-reachMax - 1)
    for (let i = 0; i + matchMin <= dictionary.length; i++) this.#dictionaryTable[hashAt(this.#space, i)] = i
    this.#table = this.#dictionaryTable.slice()
  }

  /** A text as UTF-8, and its block; both valid until the next call. */
  compress(text: string): { readonly text: Uint8Array; readonly block: Uint8Array } {
    this.#reserve(3 * text.length)
    const start = this.#dictionaryLength
    const end = start + this.#space.write(text, start)
    return { text: this.#space.subarray(start, end), block: this.#output.subarray(0, this.#encode(end)) }
  }

  /** The first `length` bytes of the text of a block; valid until the next call. Undefined when the block is damaged. */
  expand(block: Uint8Array, length: number): Uint8Array | undefined {
    this.#reserve(length)
    const start = this.#dictionaryLength
    return decode(block, this.#space, start, start + length) ? this.#space.subarray(start, start + length) : undefined
  }

  #reserve(length: number): void {
    if (this.#space.length < this.#dictionaryLength + length) {
      const larger = Buffer.alloc(this.#dictionaryLength + 2 * length)
      larger.set(this.#space.subarray(0, this.#dictionaryLength))
      this.#space = larger
    }
    const outputMax = length + Math.ceil(length / 255) + 16
    if (this.#output.length < outputMax) this.#output = new Uint8Array(2 * outputMax)
  }

  #encode(end: number): number {
    const space = this.#space
    const table = this.#table
    const output = this.#output
    const matchStartMax = end - matchStartAtEnd
    const matchEndMax = end - literalsAtEnd
    let anchor = this.#dictionaryLength
    let at = anchor
    let written = 0
    let touched = 0
    let misses = 0
    while (at <= matchStartMax) {
      const hash = hashAt(space, at)
      let from = table[hash]!
      table[hash] = at
      if (touched < touchedMax) this.#touched[touched] = hash
      touched++
      if (at - from > reachMax || !equal4(space, from, at)) {
        at += 1 + (misses++ >> 5)
        continue
      }
      misses = 0
      while (at > anchor && from > 0 && space[at - 1] === space[from - 1]) {
        at--
        from--
      }
      const offset = at - from
      let matchEnd = at + matchMin
      while (matchEnd < matchEndMax && space[matchEnd] === space[matchEnd - offset]) matchEnd++
      written = writeSequence(output, written, space, anchor, at, offset, matchEnd - at - matchMin)
      anchor = at = matchEnd
    }
    written = writeLiterals(output, written, space, anchor, end)
    this.#restore(touched)
    return written
  }

  #restore(touched: number): void {
    if (touched > touchedMax) this.#table.set(this.#dictionaryTable)
    else for (let i = 0; i < touched; i++) this.#table[this.#touched[i]!] = this.#dictionaryTable[this.#touched[i]!]!
  }
}

function hashAt(space: Uint8Array, at: number): number {
  const word = space[at]! | (space[at + 1]! << 8) | (space[at + 2]! << 16) | (space[at + 3]! << 24)
  return Math.imul(word, -1640531535) >>> (32 - hashBits)
}

function equal4(space: Uint8Array, a: number, b: number): boolean {
  return a >= 0 && space[a] === space[b] && space[a + 1] === space[b + 1] && space[a + 2] === space[b + 2] && space[a + 3] === space[b + 3]
}

function writeSequence(output: Uint8Array, at: number, space: Uint8Array, from: number, to: number, offset: number, extra: number): number {
  const token = at++
  at = writeRun(output, at, space, from, to)
  output[at++] = offset & 0xff
  output[at++] = offset >> 8
  if (extra >= 15) at = writeLength(output, at, extra - 15)
  output[token] = (Math.min(to - from, 15) << 4) | Math.min(extra, 15)
  return at
}

function writeLiterals(output: Uint8Array, at: number, space: Uint8Array, from: number, to: number): number {
  output[at++] = Math.min(to - from, 15) << 4
  return writeRun(output, at, space, from, to)
}

function writeRun(output: Uint8Array, at: number, space: Uint8Array, from: number, to: number): number {
  if (to - from >= 15) at = writeLength(output, at, to - from - 15)
  for (let i = from; i < to; i++) output[at++] = space[i]!
  return at
}

function writeLength(output: Uint8Array, at: number, rest: number): number {
  for (; rest >= 255; rest -= 255) output[at++] = 255
  output[at++] = rest
  return at
}

/** Fills `space` from `start` to `end` and stops there; false when the block ends early or points outside. */
function decode(block: Uint8Array, space: Uint8Array, start: number, end: number): boolean {
  let at = 0
  let to = start
  while (to < end) {
    if (at >= block.length) return false
    const token = block[at++]!
    let literals = token >> 4
    if (literals === 15) {
      for (let more = 255; more === 255; literals += more) {
        if (at >= block.length) return false
        more = block[at++]!
      }
    }
    if (literals > block.length - at) return false
    const literalsEnd = Math.min(to + literals, end)
    for (let i = at; to < literalsEnd; ) space[to++] = block[i++]!
    if (to >= end) return true
    at += literals
    if (at + 2 > block.length) return false
    const offset = block[at]! | (block[at + 1]! << 8)
    at += 2
    let length = (token & 15) + matchMin
    if (length === 15 + matchMin) {
      for (let more = 255; more === 255; length += more) {
        if (at >= block.length) return false
        more = block[at++]!
      }
    }
    let from = to - offset
    if (offset === 0 || from < 0) return false
    const matchEnd = Math.min(to + length, end)
    while (to < matchEnd) space[to++] = space[from++]!
  }
  return true
}
