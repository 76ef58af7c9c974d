// The log of one tenant: segments on disk, the newest of which grows. What waits is written and synced together; the next write begins when the last
// one is durable.
import { join } from 'node:path'
import type { Clock } from '#kernel/clock.ts'
import type { LogPosition } from '#kernel/envelope.ts'
import { type Fault, fault } from '#kernel/fault.ts'
import type { LogAppend, LogRecord } from '#kernel/ports/log.ts'
import { failed, ok, type Result } from '#kernel/result.ts'
import type { FilePort, OpenFile } from './file-port.ts'
import { printRecord, readRecord, recordBytesMax } from './record.ts'
import { headBytes, printHead, segmentName } from './segment-head.ts'
import { readSegment } from './segment-reader.ts'
import { openSegments, type Segment } from './segments.ts'

export type TenantLogOptions = {
  readonly directory: string
  readonly files: FilePort
  readonly clock: Clock
  readonly segmentBytesMax: number
}

type Waiting = { readonly header: string; readonly bytes: Uint8Array; readonly resolve: (result: Result<LogAppend>) => void }

/** More than this waiting for the disk: the disk does not keep up, and whoever sends must wait. */
const waitingBytesMax = 256 * 1024 * 1024
/** A character of the header may take three bytes. */
const messageBytesMax = Math.floor(recordBytesMax / 3)
const batchBytesMax = 8 * 1024 * 1024
const openFilesMax = 8

export class TenantLog {
  readonly #options: TenantLogOptions
  readonly #segments: Segment[]
  #nextSeq: number
  /** The segment that grows, undefined after a failed write until the next append begins another. */
  #active: { file: OpenFile; number: number; length: number } | undefined
  /** Where the newest segment ends for good. */
  #sealedAt: number
  #waiting: Waiting[] = []
  #waitingBytes = 0
  #writing: Promise<void> | undefined
  readonly #readers = new Map<number, Promise<OpenFile>>()
  #closed = false

  private constructor(options: TenantLogOptions, opened: Awaited<ReturnType<typeof openSegments>>) {
    this.#options = options
    this.#segments = opened.segments
    this.#nextSeq = opened.lastSeq + 1
    this.#sealedAt = opened.segments.at(-1)?.length ?? 0
    this.#active = opened.active
  }

  static async open(options: TenantLogOptions): Promise<TenantLog> {
    await options.files.makeDirectory(options.directory)
    return new TenantLog(options, await openSegments(options.directory, options.files))
  }

  append(header: string, bytes: Uint8Array): Promise<Result<LogAppend>> {
    if (this.#closed) return Promise.resolve(failed(fault('store.closed')))
    const size = header.length + bytes.length
    if (size > messageBytesMax) return Promise.resolve(failed(fault('store.record-too-large', { args: { max: messageBytesMax } })))
    if (this.#waitingBytes + size > waitingBytesMax)
      return Promise.resolve(failed(fault('store.overloaded', { args: { max: waitingBytesMax } })))
    this.#waitingBytes += size
    return new Promise(resolve => {
      this.#waiting.push({ header, bytes, resolve })
      this.#writing ??= this.#write()
    })
  }

  async read(position: LogPosition): Promise<Result<{ header: string; bytes: Buffer }>> {
    const what = `${segmentName(position.segment)} at ${position.offset}`
    const segment = this.#segments.find(one => one.number === position.segment)
    if (!segment) return failed(fault('message.unknown', { args: { id: what } }))
    if (position.length > recordBytesMax) return failed(fault('store.corrupt', { args: { what } }))
    const space = Buffer.alloc(position.length)
    const file = await this.#reader(position.segment)
    const read = await file.read(space, position.offset)
    const record = readRecord(space.subarray(0, read), 0)
    if (!record || record.length !== position.length) return failed(fault('store.corrupt', { args: { what } }))
    return ok({ header: record.header, bytes: record.bytes })
  }

  async *scan(afterSeq: number): AsyncGenerator<LogRecord & { readonly timeMs: number }> {
    this.#nextSeq = Math.max(this.#nextSeq, afterSeq + 1)
    for (const [i, segment] of [...this.#segments].entries()) {
      const next = this.#segments[i + 1]
      if (next && next.firstSeq <= afterSeq + 1) continue
      yield* this.records(segment, afterSeq)
    }
  }

  /** Segments, newest first, with what must be known to leave some out. */
  newestFirst(): { readonly segment: Segment; readonly newestAtMs: number }[] {
    return this.#segments
      .map((segment, i) => ({ segment, newestAtMs: this.#segments[i + 1]?.begunAtMs ?? Number.POSITIVE_INFINITY }))
      .reverse()
  }

  /** The records of a segment behind a number, through a file of their own: the shared ones may be closed between two reads. */
  async *records(segment: Segment, afterSeq = 0): AsyncGenerator<LogRecord & { readonly timeMs: number }> {
    const file = await this.#options.files.open(this.#path(segment.number))
    try {
      for await (const { seq, timeMs, header, bytes, offset, length } of readSegment(file, segment.length)) {
        if (seq > afterSeq) yield { seq, timeMs, header, bytes, position: { segment: segment.number, offset, length } }
      }
    } finally {
      await file.close()
    }
  }

  /** Removes segments whose newest record is older; never the newest segment, which knows the number to go on with. */
  async drop(olderThanMs: number): Promise<number> {
    let dropped = 0
    while (this.#segments.length > 1 && this.#segments[1]!.begunAtMs < olderThanMs) {
      const segment = this.#segments.shift()!
      await this.#closeReader(segment.number)
      await this.#options.files.remove(this.#path(segment.number))
      dropped++
    }
    if (dropped > 0) await this.#options.files.syncDirectory(this.#options.directory)
    return dropped
  }

  async close(): Promise<void> {
    this.#closed = true
    await this.#writing
    await this.#active?.file.close()
    await Promise.all([...this.#readers.keys()].map(number => this.#closeReader(number)))
  }

  async #write(): Promise<void> {
    while (this.#waiting.length > 0) {
      const batch = this.#takeBatch()
      const done = await this.#writeBatch(batch)
      if (!done.ok) for (const { resolve } of [...batch, ...this.#refuseWaiting()]) resolve(done)
    }
    this.#writing = undefined
  }

  async #writeBatch(batch: readonly Waiting[]): Promise<Result<void>> {
    try {
      if (this.#active && this.#active.length > this.#options.segmentBytesMax) await this.#roll()
      this.#active ??= await this.#begin()
    } catch (error) {
      return failed(writeFault(error))
    }
    const { file, number, length } = this.#active
    const timeMs = this.#options.clock.now()
    const chunks: Uint8Array[] = []
    const appends: LogAppend[] = []
    let end = length
    for (const { header, bytes } of batch) {
      const [front, back] = printRecord({ seq: this.#nextSeq + appends.length, timeMs, safeLength: length }, header, bytes)
      chunks.push(front, back)
      const size = front.length + back.length
      appends.push({ seq: this.#nextSeq + appends.length, position: { segment: number, offset: end, length: size } })
      end += size
    }
    try {
      await file.write(chunks, length)
    } catch (error) {
      await this.#seal()
      return failed(writeFault(error))
    }
    this.#nextSeq += batch.length
    this.#active.length = end
    this.#segments.at(-1)!.length = end
    this.#sealedAt = end
    for (const [i, { resolve }] of batch.entries()) resolve(ok(appends[i]!))
    return ok(undefined)
  }

  #takeBatch(): Waiting[] {
    let bytes = 0
    let count = 0
    while (count < this.#waiting.length && bytes < batchBytesMax) {
      const { header, bytes: body } = this.#waiting[count++]!
      bytes += header.length + body.length
    }
    this.#waitingBytes -= bytes
    return this.#waiting.splice(0, count)
  }

  #refuseWaiting(): Waiting[] {
    this.#waitingBytes = 0
    return this.#waiting.splice(0)
  }

  /** A failed write or sync is never tried again on the same file: nobody knows which of its pages the system still holds. */
  async #seal(): Promise<void> {
    const active = this.#active!
    this.#active = undefined
    await active.file.truncate(this.#sealedAt).catch(() => undefined)
    await active.file.close().catch(() => undefined)
  }

  async #roll(): Promise<void> {
    const active = this.#active!
    this.#active = undefined
    await active.file.close()
  }

  async #begin(): Promise<{ file: OpenFile; number: number; length: number }> {
    const { files, directory, clock } = this.#options
    const number = (this.#segments.at(-1)?.number ?? 0) + 1
    const path = this.#path(number)
    const head = { firstSeq: this.#nextSeq, begunAtMs: clock.now(), sealedBefore: this.#sealedAt }
    const file = await this.#create(path)
    try {
      await file.write([printHead(head)], 0)
      await files.syncDirectory(directory)
    } catch (error) {
      await file.close().catch(() => undefined)
      await files.remove(path).catch(() => undefined)
      throw error
    }
    this.#segments.push({ number, length: headBytes, firstSeq: head.firstSeq, begunAtMs: head.begunAtMs })
    this.#sealedAt = headBytes
    return { file, number, length: headBytes }
  }

  /** A file that stands there already is what a failed beginning left: nothing in it was ever acknowledged. */
  async #create(path: string): Promise<OpenFile> {
    const { files } = this.#options
    try {
      return await files.create(path)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
      await files.remove(path)
      return files.create(path)
    }
  }

  #path(number: number): string {
    return join(this.#options.directory, segmentName(number))
  }

  #reader(number: number): Promise<OpenFile> {
    let reader = this.#readers.get(number)
    if (reader) return reader
    if (this.#readers.size >= openFilesMax) void this.#closeReader(this.#readers.keys().next().value!)
    reader = this.#options.files.open(this.#path(number))
    this.#readers.set(number, reader)
    reader.catch(() => this.#readers.delete(number))
    return reader
  }

  async #closeReader(number: number): Promise<void> {
    const reader = this.#readers.get(number)
    this.#readers.delete(number)
    await reader?.then(file => file.close()).catch(() => undefined)
  }
}

export function writeFault(error: unknown): Fault {
  const { code, message } = error as NodeJS.ErrnoException
  return code === 'ENOSPC' || code === 'EDQUOT' ? fault('store.full') : fault('store.sync-failed', { args: { reason: code ?? message } })
}
