// What crosses from the thread that commits to the writer: one text with everything small, one buffer with everything large. Bodies are compressed and
// strings cut into bigrams here, so that the writer only writes.
import type { Commit, ResourcePut } from '#kernel/commit.ts'
import { printStored, printText } from './body.ts'
import { ByteWriter } from './byte-writer.ts'
import { packDocument } from './document.ts'
import { lastUpdatedOf } from './last-updated.ts'
import { nameOf } from './names.ts'
import { type Row, rowsOf } from './rows.ts'

/** Place in the buffer of the batch. */
export type Span = readonly [start: number, size: number]

export const puts = ['create', 'update', 'delete', 'touch'] as const

export type WirePut = {
  /** Number of the name of the type in `names`. */
  readonly type: number
  readonly id: string
  readonly version: number
  /** Place in `puts`. */
  readonly op: number
  readonly at: number
  /** Chunk of the commit, and where in it the stored body lies; all 0 for a touch. */
  readonly chunk: number
  readonly start: number
  readonly size: number
  readonly facts: Span
  readonly opens: readonly Row[]
  readonly closes: readonly Row[]
}

export type WireCommit = Omit<Commit, 'resources' | 'documents'> & {
  readonly number: number
  readonly atMs: number
  readonly chunks: readonly Span[]
  readonly resources: readonly WirePut[]
  readonly documents: readonly { readonly sha256: string; readonly mediaType: string; readonly bytes: Span }[]
}

export type WireText = { readonly names: readonly string[]; readonly commits: readonly WireCommit[] }
export type WireBatch = { readonly text: string; readonly bytes: Uint8Array<ArrayBuffer> }

/** Three of them fill a page; a body that is larger has a chunk of its own. */
const chunkBytes = 1_250
/** A commit of thousands of bodies goes on in larger chunks, so that it never has more than `chunksPerCommit`. */
const smallChunksMax = 4_000
const largeChunkBytes = 65_536

/** Collects commits until they are sent. */
export class Outgoing {
  readonly #bytes = new ByteWriter(64 * 1024)
  #names = new Map<string, number>()
  #commits: WireCommit[] = []

  get commits(): number {
    return this.#commits.length
  }

  get bytes(): number {
    return this.#bytes.length
  }

  add(number: number, commit: Commit, nowMs: number): void {
    const chunks = new Chunks(this.#bytes)
    const resources = (commit.resources ?? []).map(put => this.#put(put, chunks, nowMs))
    const facts = resources.map((wire, i) => ({ ...wire, facts: this.#facts(commit.resources![i]!.facts) }))
    const documents = (commit.documents ?? []).map(({ sha256, mediaType, bytes }) => {
      const start = this.#bytes.length
      this.#bytes.bytes(packDocument(bytes))
      return { sha256, mediaType, bytes: [start, this.#bytes.length - start] as const }
    })
    this.#commits.push({ ...commit, number, atMs: nowMs, chunks: chunks.spans, resources: facts, documents })
  }

  /** The batch to send; what is added next begins another. */
  take(): WireBatch {
    const text: WireText = { names: [...this.#names.keys()], commits: this.#commits }
    this.#names = new Map()
    this.#commits = []
    return { text: JSON.stringify(text), bytes: this.#bytes.take() }
  }

  #put(put: ResourcePut, chunks: Chunks, nowMs: number): WirePut {
    const name = (text: string) => this.#name(text)
    const op = puts.indexOf(put.op)
    const head = { type: name(nameOf.type(put.type)), id: put.id, version: put.version, op, facts: [0, 0] as const }
    if (put.op === 'touch') return { ...head, at: 0, chunk: 0, start: 0, size: 0, opens: [], closes: [] }
    const at = put.op === 'delete' ? nowMs : (lastUpdatedOf(put.body) ?? nowMs)
    const place = chunks.add({ type: put.type, id: put.id, version: put.version + 1, op: put.op }, put.op === 'delete' ? '' : put.body)
    return { ...head, at, ...place, opens: rowsOf(put.type, put.opens, name), closes: rowsOf(put.type, put.closes, name) }
  }

  #facts(text: string): Span {
    const start = this.#bytes.length
    return [start, printText(text, this.#bytes)]
  }

  #name(text: string): number {
    let number = this.#names.get(text)
    if (number === undefined) this.#names.set(text, (number = this.#names.size))
    return number
  }
}

/** Stored bodies one after the other, parted into chunks. */
class Chunks {
  readonly #bytes: ByteWriter
  readonly spans: [start: number, size: number][] = []

  constructor(bytes: ByteWriter) {
    this.#bytes = bytes
  }

  add(head: Parameters<typeof printStored>[0], body: string): { chunk: number; start: number; size: number } {
    const at = this.#bytes.length
    const size = printStored(head, body, this.#bytes)
    const bytesMax = this.spans.length < smallChunksMax ? chunkBytes : largeChunkBytes
    const last = this.spans.at(-1)
    if (last && last[1] + size <= bytesMax) last[1] += size
    else this.spans.push([at, size])
    const span = this.spans.at(-1)!
    return { chunk: this.spans.length - 1, start: at - span[0], size }
  }
}
