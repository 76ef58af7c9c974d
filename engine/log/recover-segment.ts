// The newest segment after a start: how much of it is to be kept. A torn end is cut; damage that later records stand behind is not an end.
import type { OpenFile } from './file-port.ts'
import { headBytes } from './segment-head.ts'
import { readSegment } from './segment-reader.ts'

export type Recovered = {
  /** Everything up to here is kept. */
  readonly length: number
  readonly firstSeq: number | undefined
  readonly lastSeq: number | undefined
}

/** One write follows the other, so a record whose safe length reaches behind a damaged place proves that the place was durable once. */
export async function recoverSegment(file: OpenFile): Promise<Recovered> {
  let length = headBytes
  let firstSeq: number | undefined
  let lastSeq: number | undefined
  for await (const record of readSegment(file, await file.size())) {
    const gap = record.offset - length
    if (gap > 0 && record.safeLength <= length) break
    length = record.offset + record.length
    firstSeq ??= record.seq
    lastSeq = record.seq
  }
  return { length, firstSeq, lastSeq }
}
