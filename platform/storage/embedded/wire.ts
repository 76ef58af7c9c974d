// What crosses from the thread that commits to the writer: puts with their index rows on a tape, bodies in one buffer, everything small as text.
// Bodies are compressed and strings cut into bigrams here, so that the writer only writes.
import type { Commit, ResourcePut } from '#kernel/commit.ts'
import { type BodyHead, printStored, printText } from './body.ts'
import { ByteWriter } from './byte-writer.ts'
import { packDocument } from './document.ts'
import { lastUpdatedOf } from './last-updated.ts'
import { nameOf } from './names.ts'
import { writeRows } from './rows.ts'
import { type TapeReader, type TapeText, TapeWriter } from './tape.ts'

/** Place in the buffer of the batch. */
export type Span = readonly [start: number, size: number]

/** Operations as they stand on the tape. */
export const puts = ['create', 'update', 'delete', 'touch'] as const
export const deletePut = puts.indexOf('delete')
export const touchPut = puts.indexOf('touch')

export type WireCommit = Omit<Commit, 'resources' | 'documents'> & {
  readonly number: number
  readonly atMs: number
  /** How many puts stand on the tape, and where the first. */
  readonly puts: number
  readonly tapeAt: number
  readonly chunks: readonly Span[]
  readonly documents: readonly { readonly sha256: string; readonly mediaType: string; readonly bytes: Span }[]
}

export type WireText = { readonly tape: TapeText; readonly commits: readonly WireCommit[] }
export type WireBatch = { readonly text: string; readonly numbers: Float64Array<ArrayBuffer>; readonly bytes: Uint8Array<ArrayBuffer> }

/** Three of them fill a page; a body that is larger has a chunk of its own. */
const chunkBytes = 1_250
/** A commit of thousands of bodies goes on in larger chunks, so that it never has more than `chunksPerCommit`. */
const smallChunksMax = 4_000
const largeChunkBytes = 65_536

/** Collects commits until they are sent. */
export class Outgoing {
  readonly #bytes = new ByteWriter(64 * 1024)
  readonly #tape = new TapeWriter()
  #commits: WireCommit[] = []

  get commits(): number {
    return this.#commits.length
  }

  get bytes(): number {
    return this.#bytes.length
  }

  add(number: number, commit: Commit, nowMs: number): void {
    const { resources = [], documents = [], ...rest } = commit
    const tapeAt = this.#tape.length
    const chunks = new Chunks(this.#bytes)
    const factsAt = resources.map(put => this.#put(put, chunks, nowMs))
    for (const [i, { facts }] of resources.entries()) {
      this.#tape.patch(factsAt[i]!, this.#bytes.length)
      this.#tape.patch(factsAt[i]! + 1, printText(facts, this.#bytes))
    }
    const packed = documents.map(({ sha256, mediaType, bytes }) => {
      const start = this.#bytes.length
      this.#bytes.bytes(packDocument(bytes))
      return { sha256, mediaType, bytes: [start, this.#bytes.length - start] as const }
    })
    this.#commits.push({ ...rest, number, atMs: nowMs, puts: resources.length, tapeAt, chunks: chunks.spans, documents: packed })
  }

  /** The batch to send; what is added next begins another. */
  take(): WireBatch {
    const { numbers, ...tape } = this.#tape.take()
    const text: WireText = { tape, commits: this.#commits }
    this.#commits = []
    return { text: JSON.stringify(text), numbers, bytes: this.#bytes.take() }
  }

  /** Returns where on the tape the span of the facts is to be written. */
  #put(put: ResourcePut, chunks: Chunks, nowMs: number): number {
    const tape = this.#tape
    const touches = put.op === 'touch'
    const body = put.op === 'delete' ? '' : put.body
    tape.resource(nameOf.type(put.type), put.id)
    tape.number(put.version)
    tape.number(puts.indexOf(put.op))
    tape.number(put.op === 'delete' ? nowMs : (lastUpdatedOf(body) ?? nowMs))
    const place = put.op === 'touch' ? noPlace : chunks.add({ type: put.type, id: put.id, version: put.version + 1, op: put.op }, body)
    for (const value of place) tape.number(value)
    const factsAt = tape.length
    for (let i = 0; i < 4; i++) tape.number(0)
    const closesAt = tape.length
    if (!touches) writeRows(put.type, put.closes, tape)
    const opensAt = tape.length
    if (!touches) writeRows(put.type, put.opens, tape)
    tape.patch(factsAt + 2, opensAt - closesAt)
    tape.patch(factsAt + 3, tape.length - opensAt)
    return factsAt
  }
}

const noPlace = [0, 0, 0] as const

/** A put as it stands on the tape; the rows that close follow it, then those that open: a row may do both. */
export type PutHead = {
  /** Place of the resource in the batch's list. */
  readonly resource: number
  readonly version: number
  readonly op: number
  readonly at: number
  readonly chunk: number
  readonly start: number
  readonly size: number
  readonly facts: Span
  /** Numbers on the tape that the rows take. */
  readonly closes: number
  readonly opens: number
}

export function readPutHead(tape: TapeReader): PutHead {
  return {
    resource: tape.number(),
    version: tape.number(),
    op: tape.number(),
    at: tape.number(),
    chunk: tape.number(),
    start: tape.number(),
    size: tape.number(),
    facts: [tape.number(), tape.number()],
    closes: tape.number(),
    opens: tape.number(),
  }
}

/** Stored bodies one after the other, parted into chunks. */
class Chunks {
  readonly #bytes: ByteWriter
  readonly spans: [start: number, size: number][] = []

  constructor(bytes: ByteWriter) {
    this.#bytes = bytes
  }

  /** Number of the chunk in the commit, and where in it the body lies. */
  add(head: BodyHead, body: string): readonly [chunk: number, start: number, size: number] {
    const at = this.#bytes.length
    const size = printStored(head, body, this.#bytes)
    const bytesMax = this.spans.length < smallChunksMax ? chunkBytes : largeChunkBytes
    const last = this.spans.at(-1)
    if (last && last[1] + size <= bytesMax) last[1] += size
    else this.spans.push([at, size])
    return [this.spans.length - 1, at - this.spans.at(-1)![0], size]
  }
}
