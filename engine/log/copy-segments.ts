// A copy of a tenant's segments while another process may append to them: whole records only, as many as were durable when each file was read.
import { join } from 'node:path'
import { fault } from '#kernel/fault.ts'
import { failed, ok, type Result } from '#kernel/result.ts'
import type { FilePort, OpenFile } from './file-port.ts'
import { segmentName } from './segment-head.ts'
import { findSegments } from './segments.ts'

const pieceBytes = 4 * 1024 * 1024

export type CopiedLog = { readonly segments: number; readonly lastSeq: number; readonly bytes: number }

/**
 * At least every record up to `upToSeq`, else `store.backup`: the journal that goes with the copy knows those. Records behind it are found again by
 * recovery, so more does no harm.
 */
export async function copySegments(from: string, to: string, upToSeq: number, files: FilePort): Promise<Result<CopiedLog>> {
  const { segments, lastSeq } = await findSegments(from, files)
  if (lastSeq < upToSeq)
    return failed(fault('store.backup', { args: { reason: `the log ends at message ${lastSeq}, the journal at ${upToSeq}` } }))
  await files.makeDirectory(to)
  for (const { number, length } of segments) {
    const source = await files.open(join(from, segmentName(number)))
    const copy = await files.create(join(to, segmentName(number)))
    try {
      await copyBytes(source, copy, length)
    } finally {
      await Promise.all([source.close(), copy.close()])
    }
  }
  await files.syncDirectory(to)
  return ok({ segments: segments.length, lastSeq, bytes: segments.reduce((sum, { length }) => sum + length, 0) })
}

async function copyBytes(source: OpenFile, copy: OpenFile, length: number): Promise<void> {
  const space = Buffer.allocUnsafe(Math.min(pieceBytes, length))
  for (let at = 0; at < length; ) {
    const read = await source.read(space.subarray(0, Math.min(space.length, length - at)), at)
    if (read === 0) throw new Error(`the segment ends at ${at}, before ${length}`)
    await copy.write([space.subarray(0, read)], at)
    at += read
  }
}
