// What crosses between the main thread and a pipeline worker: messages to work on, and what became of them.
import type { LogPosition, MessageFormat, MessageStatus } from '#kernel/envelope.ts'
import type { Fault } from '#kernel/fault.ts'
import type { TenantCode } from '#kernel/tenant.ts'

export type Item = {
  readonly tenant: TenantCode
  readonly seq: number
  readonly channel: string
  readonly format: MessageFormat
  readonly type: string
  readonly source: string
  readonly facility: string
  readonly receivedAtMs: number
  readonly eventTimeMs?: number
  readonly orderKeys: readonly string[]
  readonly position: LogPosition
  /** Charset the bytes were decoded with, to decode them again the same way. */
  readonly charset: string
  /** Journal attempt that this work will settle. */
  readonly attempt: number
  /** It was settled before: what it made then is compared with what it makes now. */
  readonly replay: boolean
  /** Decoded text; undefined when it must be read from the log again. */
  readonly text?: string
}

export type Settled = {
  readonly tenant: TenantCode
  readonly seq: number
  readonly attempt: number
  readonly status: MessageStatus
  readonly faults: readonly Fault[]
  readonly retryAtMs?: number
  /** Destinations that are now owed a delivery. */
  readonly destinations: readonly string[]
  readonly resources: readonly { readonly type: string; readonly id: string; readonly version: number }[]
  /** t of the commit; 0 when nothing was committed. */
  readonly t: number
}
