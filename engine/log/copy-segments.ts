// A copy of a tenant's segments as they are durable at one moment, while appends go on.
import { join } from 'node:path'
import type { FilePort, OpenFile } from './file-port.ts'
import { segmentName } from './segment-head.ts'
import type { TenantLog } from './tenant-log.ts'

const pieceBytes = 4 * 1024 * 1024

/** At least every record up to `upToSeq`; records behind it are found again by recovery, so more does no harm. */
export async function copySegments(log: TenantLog, files: FilePort, to: string, upToSeq: number): Promise<void> {
  if (log.lastSeq < upToSeq) throw new Error(`the log ends at message ${log.lastSeq}, before ${upToSeq}`)
  await files.makeDirectory(to)
  for (const { number, length } of log.durable()) {
    const source = await log.openSegment(number)
    const copy = await files.create(join(to, segmentName(number)))
    try {
      await copyBytes(source, copy, length)
    } finally {
      await Promise.all([source.close(), copy.close()])
    }
  }
  await files.syncDirectory(to)
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
