// The segments of a tenant as they are found on disk: the newest is read through to its end, the others are known by their heads. Finding only reads, so
// that a log in use by another process can be looked at; opening cuts what a power cut left behind.
import { join } from 'node:path'
import type { FilePort, OpenFile } from './file-port.ts'
import { recoverSegment } from './recover-segment.ts'
import { headBytes, readHead, type SegmentHead, segmentName, segmentNumbers } from './segment-head.ts'

export type Segment = {
  readonly number: number
  /** Bytes that are durable and count. */
  length: number
  readonly firstSeq: number
  readonly begunAtMs: number
}

export type FoundSegments = {
  readonly segments: Segment[]
  readonly lastSeq: number
  /** Bytes behind the last whole record: a torn end, or what is just being written. */
  readonly tornBytes: number
  /** Segments whose head is not there: being begun now, or when the power went. A head is durable before the first record, so they hold none. */
  readonly unbegun: readonly number[]
}

export async function findSegments(directory: string, files: FilePort): Promise<FoundSegments> {
  const { heads, unbegun } = await readHeads(directory, files)
  const newest = heads.at(-1)
  if (!newest) return { segments: [], lastSeq: 0, tornBytes: 0, unbegun }
  const segments = heads.map(({ number, size, head }, i) => ({
    number,
    length: heads[i + 1] ? Math.min(size, heads[i + 1]!.head.sealedBefore) : size,
    firstSeq: head.firstSeq,
    begunAtMs: head.begunAtMs,
  }))
  const { length, lastSeq } = await within(files, join(directory, segmentName(newest.number)), recoverSegment)
  segments.at(-1)!.length = length
  return { segments, lastSeq: lastSeq ?? newest.head.firstSeq - 1, tornBytes: newest.size - length, unbegun }
}

export type OpenedSegments = {
  readonly segments: Segment[]
  readonly lastSeq: number
  readonly active: { file: OpenFile; number: number; length: number } | undefined
}

export async function openSegments(directory: string, files: FilePort): Promise<OpenedSegments> {
  const { segments, lastSeq, tornBytes, unbegun } = await findSegments(directory, files)
  for (const number of unbegun) await files.remove(join(directory, segmentName(number)))
  const newest = segments.at(-1)
  if (!newest) return { segments, lastSeq, active: undefined }
  const { number, length } = newest
  const file = await files.open(join(directory, segmentName(number)), 'append')
  if (tornBytes > 0) await file.truncate(length)
  return { segments, lastSeq, active: { file, number, length } }
}

type Headed = { readonly number: number; readonly size: number; readonly head: SegmentHead }

async function readHeads(directory: string, files: FilePort): Promise<{ heads: Headed[]; unbegun: number[] }> {
  const heads: Headed[] = []
  const unbegun: number[] = []
  for (const number of segmentNumbers(await files.list(directory))) {
    await within(files, join(directory, segmentName(number)), async file => {
      const size = await file.size()
      const space = Buffer.alloc(headBytes)
      const read = await file.read(space, 0)
      const head = readHead(space.subarray(0, read)) ?? (await headOfDamaged(file, size))
      if (head) heads.push({ number, size, head })
      else unbegun.push(number)
    })
  }
  return { heads, unbegun }
}

/** A damaged head of a segment that holds records: what it said is read from them. */
async function headOfDamaged(file: OpenFile, size: number): Promise<SegmentHead | undefined> {
  if (size <= headBytes) return undefined
  const { firstSeq } = await recoverSegment(file)
  return firstSeq === undefined ? undefined : { firstSeq, begunAtMs: 0, sealedBefore: Number.MAX_SAFE_INTEGER }
}

async function within<T>(files: FilePort, path: string, work: (file: OpenFile) => Promise<T>): Promise<T> {
  const file = await files.open(path)
  try {
    return await work(file)
  } finally {
    await file.close()
  }
}
