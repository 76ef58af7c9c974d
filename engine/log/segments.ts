// The segments of a tenant as a start finds them: the newest is read through and its torn end cut, the others are known by their heads.
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

export type OpenedSegments = {
  readonly segments: Segment[]
  readonly lastSeq: number
  readonly active: { file: OpenFile; number: number; length: number } | undefined
  /** Bytes that are no record any more though they were one. */
  readonly damagedBytes: number
}

export async function openSegments(directory: string, files: FilePort): Promise<OpenedSegments> {
  const heads = await readHeads(directory, files)
  const newest = heads.at(-1)
  if (!newest) return { segments: [], lastSeq: 0, active: undefined, damagedBytes: 0 }
  const segments = heads.map(({ number, size, head }, i) => ({
    number,
    length: heads[i + 1] ? Math.min(size, heads[i + 1]!.head.sealedBefore) : size,
    firstSeq: head.firstSeq,
    begunAtMs: head.begunAtMs,
  }))
  const file = await files.open(join(directory, segmentName(newest.number)))
  const { length, lastSeq, damagedBytes } = await recoverSegment(file)
  if (length < newest.size) await file.truncate(length)
  segments.at(-1)!.length = length
  return { segments, lastSeq: lastSeq ?? newest.head.firstSeq - 1, active: { file, number: newest.number, length }, damagedBytes }
}

type Headed = { readonly number: number; readonly size: number; readonly head: SegmentHead }

/** A segment whose head is not there was being begun when the power went: its head is durable before its first record, so it holds none. */
async function readHeads(directory: string, files: FilePort): Promise<Headed[]> {
  const found: Headed[] = []
  for (const number of segmentNumbers(await files.list(directory))) {
    const path = join(directory, segmentName(number))
    const file = await files.open(path)
    const size = await file.size()
    const space = Buffer.alloc(headBytes)
    const read = await file.read(space, 0)
    const head = readHead(space.subarray(0, read)) ?? (await headOfDamaged(file, size))
    await file.close()
    if (head) found.push({ number, size, head })
    else await files.remove(path)
  }
  return found
}

/** A damaged head of a segment that holds records: what it said is read from them. */
async function headOfDamaged(file: OpenFile, size: number): Promise<SegmentHead | undefined> {
  if (size <= headBytes) return undefined
  const { firstSeq } = await recoverSegment(file)
  return firstSeq === undefined ? undefined : { firstSeq, begunAtMs: 0, sealedBefore: Number.MAX_SAFE_INTEGER }
}
