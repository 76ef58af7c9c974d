// Searches the bytes of messages for a text, newest first, in the forms it may have there: UTF-8 and GB18030. A hit of bytes counts when decoding shows it.
import { encode } from '#formats/charset/encode.ts'
import { decodeGb18030 } from '#formats/charset/gb18030.ts'
import type { LogRecord } from '#kernel/ports/log.ts'
import type { TenantLog } from './tenant-log.ts'

export type FindQuery = { readonly sinceMs?: number; readonly limit: number; readonly msMax: number }
/** `complete` when every message since then was looked at. */
export type Found = { readonly seqs: readonly number[]; readonly complete: boolean }

type Pattern = { readonly bytes: Buffer; readonly decode: (bytes: Buffer) => string | undefined }

export async function findText(log: TenantLog, text: string, { sinceMs = 0, limit, msMax }: FindQuery): Promise<Found> {
  const patterns = patternsOf(text)
  const seqs: number[] = []
  const deadline = performance.now() + msMax
  if (text === '' || limit <= 0) return { seqs, complete: true }
  for (const { segment, newestAtMs } of log.newestFirst()) {
    if (newestAtMs < sinceMs) break
    const here: number[] = []
    for await (const record of log.records(segment)) {
      if (record.timeMs >= sinceMs && contains(record, text, patterns)) here.push(record.seq)
      if (performance.now() > deadline) return { seqs: [...seqs, ...here.reverse()].slice(0, limit), complete: false }
    }
    seqs.push(...here.reverse())
    if (seqs.length >= limit) return { seqs: seqs.slice(0, limit), complete: false }
  }
  return { seqs, complete: true }
}

function patternsOf(text: string): Pattern[] {
  const utf8 = Buffer.from(text)
  const patterns: Pattern[] = [{ bytes: utf8, decode: bytes => bytes.toString() }]
  const gb18030 = encode(text, 'gb18030')
  if (gb18030.ok && !gb18030.value.equals(utf8)) patterns.push({ bytes: gb18030.value, decode: decodeGb18030 })
  return patterns
}

/** The bytes of a character may appear across two others: what is found must also be there when the whole is decoded. */
function contains({ bytes }: LogRecord, text: string, patterns: readonly Pattern[]): boolean {
  return patterns.some(pattern => bytes.includes(pattern.bytes) && (pattern.decode(bytes)?.includes(text) ?? false))
}
