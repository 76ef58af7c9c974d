// Does the log of a tenant hold what the journal says it holds? Every segment is there, every byte of each belongs to a record, and every message of the
// journal has its record where the journal says.
import { join } from 'node:path'
import type { LogPosition } from '#kernel/envelope.ts'
import { type Fault, fault } from '#kernel/fault.ts'
import type { FilePort } from './file-port.ts'
import { headBytes, readHead, segmentName } from './segment-head.ts'
import { type PlacedRecord, readSegment } from './segment-reader.ts'
import { findSegments, type Segment } from './segments.ts'

export type JournalRow = { readonly seq: number; readonly position: LogPosition }
export type CheckedLog = {
  readonly segments: number
  readonly records: number
  readonly lastSeq: number
  readonly findings: readonly Fault[]
}

/** More than these help nobody. */
const findingsMax = 100

/** `journal`: its rows by rising number. Reads only; a torn end of a log in use is no finding. */
export async function checkSegments(directory: string, files: FilePort, journal: Iterable<JournalRow>): Promise<CheckedLog> {
  const { segments, lastSeq } = await findSegments(directory, files)
  const check = new LogCheck(directory, files, journal)
  for (const [i, segment] of segments.entries()) {
    for (let number = (segments[i - 1]?.number ?? 0) + 1; number < segment.number; number++) check.missing(number)
    await check.segment(segment)
  }
  check.rest()
  return { segments: segments.length, records: check.records, lastSeq, findings: check.findings }
}

class LogCheck {
  readonly findings: Fault[] = []
  records = 0
  readonly #directory: string
  readonly #files: FilePort
  readonly #journal: Iterator<JournalRow>
  #row: JournalRow | undefined
  #seq = 0
  /** Messages without bytes, one after the other: told as one. */
  #lost: { from: JournalRow; to: number } | undefined

  constructor(directory: string, files: FilePort, journal: Iterable<JournalRow>) {
    this.#directory = directory
    this.#files = files
    this.#journal = journal[Symbol.iterator]()
    this.#row = this.#next()
  }

  missing(number: number): void {
    this.#find(fault('store.segment-missing', { args: { segment: segmentName(number) } }))
  }

  async segment({ number, length }: Segment): Promise<void> {
    const file = await this.#files.open(join(this.#directory, segmentName(number)))
    try {
      const head = Buffer.alloc(headBytes)
      if (!readHead(head.subarray(0, await file.read(head, 0)))) this.#damaged(number, 0, headBytes)
      let end = headBytes
      for await (const record of readSegment(file, length)) {
        if (record.offset > end) this.#damaged(number, end, record.offset - end)
        end = record.offset + record.length
        this.#record(number, record)
      }
      if (end < length) this.#damaged(number, end, length - end)
    } finally {
      await file.close()
    }
  }

  /** What the journal knows behind the end of the log. */
  rest(): void {
    for (; this.#row; this.#row = this.#next()) this.#lose(this.#row)
    this.#tellLost()
  }

  #record(number: number, { seq, offset, length }: PlacedRecord): void {
    this.records++
    if (seq <= this.#seq) this.#damaged(number, offset, length)
    this.#seq = Math.max(this.#seq, seq)
    for (; this.#row && this.#row.seq < seq; this.#row = this.#next()) this.#lose(this.#row)
    if (this.#row?.seq !== seq) return
    const { position } = this.#row
    if (position.segment !== number || position.offset !== offset || position.length !== length) this.#lose(this.#row)
    this.#row = this.#next()
  }

  #damaged(number: number, offset: number, bytes: number): void {
    this.#find(fault('store.segment-damaged', { args: { segment: segmentName(number), offset, bytes } }))
  }

  #lose(row: JournalRow): void {
    if (this.#lost?.to === row.seq - 1 && this.#lost.from.position.segment === row.position.segment) this.#lost.to = row.seq
    else {
      this.#tellLost()
      this.#lost = { from: row, to: row.seq }
    }
  }

  #tellLost(): void {
    if (!this.#lost) return
    const { from, to } = this.#lost
    const { segment, offset } = from.position
    this.#lost = undefined
    this.#find(fault('store.message-lost', { args: { from: from.seq, to, segment: segmentName(segment), offset } }))
  }

  #find(found: Fault): void {
    if (this.findings.length < findingsMax) this.findings.push(found)
  }

  #next(): JournalRow | undefined {
    const next = this.#journal.next()
    return next.done ? undefined : next.value
  }
}
