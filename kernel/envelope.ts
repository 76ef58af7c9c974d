// An Envelope is what is known of one received message before anyone maps it: where from, which kind, where its bytes lie, in which order it stands.
import type { TenantCode } from './tenant.ts'

export type MessageFormat = 'hl7v2' | 'json' | 'cda' | 'fhir'

/** Where the exact bytes of a message lie in the tenant's log. */
export type LogPosition = { readonly segment: number; readonly offset: number; readonly length: number }

export type Envelope = {
  readonly tenant: TenantCode
  /** Number of the message in its tenant, given by the log; the outside name is `messageName(envelope)`. */
  readonly seq: number
  readonly channel: string
  /** The system that speaks, e.g. `ZJJ-HIS`: authority and facts are kept per source. */
  readonly source: string
  readonly facility: string
  readonly format: MessageFormat
  /** `ADT^A01`, `1101`, …: the kind that selects the plan. Empty when unreadable. */
  readonly type: string
  readonly controlId: string
  readonly receivedAtMs: number
  /** Remote address, without port. */
  readonly remote: string
  readonly charset: string
  readonly position: LogPosition
  /** Lanes this message waits in, evaluated from the channel's `orderKey`. */
  readonly orderKeys: readonly string[]
  /** When the sender says it happened (EVN-2, MSH-7 …), milliseconds; undefined when not stated. */
  readonly eventTimeMs?: number
  /** What the console finds it by. Values are tokens of the index, sensitive ones already keyed hashes. */
  readonly tags: readonly MessageTag[]
}

export type MessageTag = { readonly kind: 'patient' | 'visit' | 'order' | 'facility'; readonly value: string }

/** Life of a message. `received` and `retrying` are still to be worked on; the others are ends, left only by replay. */
export type MessageStatus = 'received' | 'retrying' | 'processed' | 'filtered' | 'failed' | 'duplicate' | 'rejected' | 'quarantined'

export const openStatuses: readonly MessageStatus[] = ['received', 'retrying']

/** The name of a message outside: `ZJJ-1042`. */
export function messageName(of: { tenant: TenantCode; seq: number }): string {
  return `${of.tenant}-${of.seq}`
}

export function parseMessageName(name: string): { tenant: TenantCode; seq: number } | undefined {
  const match = /^([A-Z][A-Z0-9_-]{0,15})-(\d{1,15})$/.exec(name)
  return match ? { tenant: match[1]!, seq: Number(match[2]) } : undefined
}
