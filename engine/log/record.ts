// One record of a segment: mark, length and checksum first, so that a torn end and damaged bytes are told from records. Numbers are big-endian.
//
//   0 mark (4) · 4 length of the record (4) · 8 CRC-32 of what follows (4) · 12 number (8) · 20 time, ms (8) · 28 safe length (4)
//   32 length of the header (4) · 36 header · bytes
//
// The safe length says how much of the segment was durable when the record was written: where a later record says so, what is damaged before that place
// was damaged afterwards and is no torn end.
import { crc32 } from 'node:zlib'
import { limits } from '#kernel/limits.ts'

export const recordMark = 0x484c5231
const fixedBytes = 36
const summedFrom = 12
/** A frame, its header, and room for what a channel adds. */
export const recordBytesMax = limits.httpBodyBytesMax + 1024 * 1024

export type RecordHead = { readonly seq: number; readonly timeMs: number; readonly safeLength: number }
export type ReadRecord = RecordHead & { readonly header: string; readonly bytes: Buffer; readonly length: number }

/** The record as two chunks: everything before the bytes, and the bytes themselves. */
export function printRecord(head: RecordHead, header: string, bytes: Uint8Array): [Buffer, Uint8Array] {
  const headerBytes = Buffer.byteLength(header)
  const front = Buffer.allocUnsafe(fixedBytes + headerBytes)
  front.writeUInt32BE(recordMark, 0)
  front.writeUInt32BE(front.length + bytes.length, 4)
  writeUint64(front, head.seq, 12)
  writeUint64(front, head.timeMs, 20)
  front.writeUInt32BE(head.safeLength, 28)
  front.writeUInt32BE(headerBytes, 32)
  front.write(header, fixedBytes)
  front.writeUInt32BE(crc32(bytes, crc32(front.subarray(summedFrom))), 8)
  return [front, bytes]
}

/** Length of the record that begins at a place, as it says itself; undefined when none can begin there. */
export function recordLength(space: Buffer, at: number): number | undefined {
  if (at + 8 > space.length || space.readUInt32BE(at) !== recordMark) return undefined
  const length = space.readUInt32BE(at + 4)
  return length >= fixedBytes && length <= recordBytesMax ? length : undefined
}

/** The record at a place; undefined when there is none, not all of it, or a damaged one. Its bytes are a view of `space`. */
export function readRecord(space: Buffer, at: number): ReadRecord | undefined {
  const length = recordLength(space, at)
  if (length === undefined || at + length > space.length) return undefined
  const end = at + length
  if (crc32(space.subarray(at + summedFrom, end)) !== space.readUInt32BE(at + 8)) return undefined
  const headerBytes = space.readUInt32BE(at + 32)
  const bytesAt = at + fixedBytes + headerBytes
  if (bytesAt > end) return undefined
  return {
    seq: readUint64(space, at + 12),
    timeMs: readUint64(space, at + 20),
    safeLength: space.readUInt32BE(at + 28),
    header: space.toString('utf8', at + fixedBytes, bytesAt),
    bytes: space.subarray(bytesAt, end),
    length,
  }
}

export function writeUint64(space: Buffer, value: number, at: number): void {
  space.writeUInt32BE(Math.floor(value / 2 ** 32), at)
  space.writeUInt32BE(value % 2 ** 32, at + 4)
}

export function readUint64(space: Buffer, at: number): number {
  return space.readUInt32BE(at) * 2 ** 32 + space.readUInt32BE(at + 4)
}
