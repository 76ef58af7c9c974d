// Reads a segment from front to end in pieces, record by record, stepping over damage.
import type { OpenFile } from './file-port.ts'
import { type ReadRecord, readRecord, recordBytesMax, recordLength, recordMark } from './record.ts'
import { headBytes } from './segment-head.ts'

const pieceBytes = 1024 * 1024
const markBytes = Buffer.from([recordMark >>> 24, (recordMark >>> 16) & 255, (recordMark >>> 8) & 255, recordMark & 255])

export type PlacedRecord = ReadRecord & { readonly offset: number }

/** Records up to `end`. Bytes that are no record are skipped up to the next that is one. */
export async function* readSegment(file: OpenFile, end: number, from = headBytes): AsyncGenerator<PlacedRecord> {
  let space: Buffer = Buffer.alloc(0)
  let base = from
  for (let at = from; at < end; ) {
    const record = readRecord(space, at - base)
    if (record) {
      yield { ...record, offset: at }
      at += record.length
      continue
    }
    const needed = neededAt(space, at - base)
    if (at - base + needed > space.length && base + space.length < end) {
      const wanted = Math.min(Math.max(pieceBytes, needed), end - at)
      space = await readPiece(file, at, wanted)
      base = at
      if (space.length < wanted) end = base + space.length
      continue
    }
    at = base + nextMark(space, at - base + 1)
  }
}

/** How many bytes must be in memory to know what stands at a place. */
function neededAt(space: Buffer, at: number): number {
  if (at + 8 > space.length) return 8
  return recordLength(space, at) ?? 0
}

function nextMark(space: Buffer, at: number): number {
  const found = space.indexOf(markBytes, at)
  return found >= 0 ? found : Math.max(at, space.length - markBytes.length + 1)
}

async function readPiece(file: OpenFile, at: number, length: number): Promise<Buffer> {
  const space = Buffer.allocUnsafe(Math.min(length, recordBytesMax))
  let filled = 0
  while (filled < space.length) {
    const read = await file.read(space.subarray(filled), at + filled)
    if (read === 0) break
    filled += read
  }
  return space.subarray(0, filled)
}
