// The head of a segment file `NNNNNNNN.seg`: which record comes first, when the segment was begun, and where the one before it was sealed.
import { crc32 } from 'node:zlib'
import { readUint64, writeUint64 } from './record.ts'

const mark = Buffer.from('HLLOG1\r\n')
export const headBytes = 36

export type SegmentHead = {
  readonly firstSeq: number
  readonly begunAtMs: number
  /** Length at which the segment before was sealed; what stands behind it was never acknowledged. */
  readonly sealedBefore: number
}

export function printHead({ firstSeq, begunAtMs, sealedBefore }: SegmentHead): Buffer {
  const head = Buffer.alloc(headBytes)
  mark.copy(head)
  writeUint64(head, firstSeq, 8)
  writeUint64(head, begunAtMs, 16)
  writeUint64(head, sealedBefore, 24)
  head.writeUInt32BE(crc32(head.subarray(0, 32)), 32)
  return head
}

/** Undefined when it is not the head of a segment, or damaged. */
export function readHead(space: Buffer): SegmentHead | undefined {
  if (space.length < headBytes || !space.subarray(0, 8).equals(mark) || crc32(space.subarray(0, 32)) !== space.readUInt32BE(32))
    return undefined
  return { firstSeq: readUint64(space, 8), begunAtMs: readUint64(space, 16), sealedBefore: readUint64(space, 24) }
}

export function segmentName(number: number): string {
  return `${String(number).padStart(8, '0')}.seg`
}

/** Numbers of the segments among some file names, in order. */
export function segmentNumbers(names: readonly string[]): number[] {
  return names
    .filter(name => /^\d{8}\.seg$/.test(name))
    .map(name => Number(name.slice(0, 8)))
    .sort((a, b) => a - b)
}
