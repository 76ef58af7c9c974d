// The message log port: bytes are safe when `append` resolves; what it returns is what the sender is told.
import type { LogPosition } from '../envelope.ts'
import type { Result } from '../result.ts'
import type { TenantCode } from '../tenant.ts'

export interface MessageLog {
  /** Appends one record and resolves when it is on disk (group fdatasync). `header` is small JSON kept beside the bytes, for recovery. */
  append(tenant: TenantCode, header: string, bytes: Uint8Array): Promise<Result<LogAppend>>
  read(tenant: TenantCode, position: LogPosition): Promise<Result<{ header: string; bytes: Buffer }>>
  /**
   * Records after a message number, in order: what recovery feeds to the journal. Whoever asks knows the messages up to there, so numbers given from
   * then on are greater, even when the log lost its end: no number is given twice.
   */
  scan(tenant: TenantCode, afterSeq: number): AsyncIterable<LogRecord>
  /** Newest first, whose bytes contain `text` in UTF-8 or GB18030; stops at the limit or the deadline. */
  find(
    tenant: TenantCode,
    text: string,
    query: { sinceMs?: number; limit: number; msMax: number },
  ): Promise<{ seqs: readonly number[]; complete: boolean }>
  /** Drops whole segments whose newest record is older. */
  drop(tenant: TenantCode, olderThanMs: number): Promise<number>
  close(): Promise<void>
}

export type LogAppend = { readonly seq: number; readonly position: LogPosition }

export type LogRecord = { readonly seq: number; readonly position: LogPosition; readonly header: string; readonly bytes: Buffer }
