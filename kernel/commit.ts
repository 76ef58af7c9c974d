// A unit of work is a value: rooms build a Commit out of pure functions; the storage applies it whole, or refuses it as a conflict.
import type { Envelope, MessageStatus } from './envelope.ts'
import type { Fault } from './fault.ts'
import type { IndexRows } from './index-entry.ts'
import type { TenantCode } from './tenant.ts'

/** One unit of work of one tenant. Lists are applied in the order of the members below. */
export type Commit = {
  readonly tenant: TenantCode
  /** Why the data changes: written beside every version, so that each leads back to its message or request. */
  readonly cause: Cause
  /** Messages that the log holds and the journal learns of. */
  readonly receives?: readonly JournalEntry[]
  /** Messages this work brings into a new state. */
  readonly advances?: readonly JournalAdvance[]
  /** Resources that were read to build this work and must still be at that version, though they do not change. */
  readonly expects?: readonly VersionExpectation[]
  /** Business keys taken or given back by this work: refused if held by another. */
  readonly claims?: readonly Claim[]
  readonly resources?: readonly ResourcePut[]
  readonly documents?: readonly DocumentPut[]
  readonly deliveries?: readonly DeliveryPut[]
  readonly deliveryAdvances?: readonly DeliveryAdvance[]
  readonly records?: readonly RecordPut[]
  readonly counts?: readonly CountAdd[]
  readonly audit?: readonly AuditEntry[]
}

export type Cause = {
  /** Sequence number of the message; undefined for work that no message caused. */
  readonly message?: number
  /** Hash of the compiled plan with its code maps; undefined where no plan ran. */
  readonly plan?: string
  /** Principal id for requests, `system:…` for the platform's own work. */
  readonly by: string
}

export type JournalEntry = Envelope & {
  readonly status: MessageStatus
  /** First acknowledgement sent: `AA`, `AE`, `AR`, or an HTTP status. */
  readonly ack: string
  /** Key of the duplicate rule: sender, facility, control id, body hash without MSH-7. Empty when it does not apply. */
  readonly duplicateKey: string
  /** For a duplicate: the message it repeats. */
  readonly duplicateOf?: number
  readonly faults: readonly Fault[]
}

export type JournalAdvance = {
  readonly seq: number
  /** The attempt this work belongs to: refused as a conflict when the journal is already further, so an effect happens once. */
  readonly attempt: number
  readonly status: MessageStatus
  readonly faults: readonly Fault[]
  readonly plan?: string
  /** When to try again; only with status `retrying`. */
  readonly retryAtMs?: number
}

/** `version` 0 means: there is no such resource yet. */
export type VersionExpectation = { readonly type: string; readonly id: string; readonly version: number }

/** A business key that at most one holder has at a time; `holder` undefined gives it back. */
export type Claim = { readonly key: string; readonly holder: string | undefined }

export type ResourcePut = VersionExpectation & {
  /** `touch` replaces the facts alone: the same was said again, so no version is made and body and index rows stay. */
  readonly op: 'create' | 'update' | 'delete' | 'touch'
  /** Canonical JSON with `id`, `meta.versionId` = version + 1 and `meta.lastUpdated` written in; empty for a delete and a touch. */
  readonly body: string
  /** Which source said which element when (see cdr/store/facts.ts), kept with the current version only; opaque to the storage. */
  readonly facts: string
  /** Rows that open and rows that close with this version; rows that stay are in neither. */
  readonly opens: IndexRows
  readonly closes: IndexRows
}

export type DocumentPut = { readonly sha256: string; readonly mediaType: string; readonly bytes: Uint8Array }

export type DeliveryPut = {
  /** Idempotency key: the same delivery is never owed twice. */
  readonly id: string
  readonly destination: string
  /** Deliveries of one destination and key leave in the order of `seq` of their messages. */
  readonly key: string
  readonly message: number
  readonly controlId: string
  readonly dueAtMs: number
}

export type DeliveryStatus = 'queued' | 'sent' | 'failed'

export type DeliveryAdvance = {
  readonly id: string
  readonly attempt: number
  readonly status: DeliveryStatus
  readonly dueAtMs?: number
  readonly fault?: Fault
  /** What the receiver answered, e.g. `AA`. */
  readonly answer?: string
}

/** A small keyed document: settings, clients, users, review items, work lists. `value` undefined removes it. */
export type RecordPut = {
  readonly kind: string
  readonly key: string
  readonly value: string | undefined
  /** Version the record must have (0 = must not exist); undefined = whatever it is. */
  readonly expected?: number
}

/** A counter that only grows, bucketed by hour: dashboards and work lists read sums of them. */
export type CountAdd = { readonly kind: string; readonly key: string; readonly hour: number; readonly add: number }

export type AuditEntry = {
  readonly atMs: number
  readonly principal: string
  /** `read`, `search`, `create`, `view-message`, `login`, `replay` … */
  readonly action: string
  readonly outcome: 'success' | 'refused' | 'failed'
  /** What was touched: `Patient/abc`, `message ZJJ-12`, `Observation?code=…` without sensitive values. */
  readonly subject: string
  readonly patient?: string
  readonly remote?: string
  readonly detail?: string
}

/** What a commit became: its logical time in the tenant and the versions it wrote, in the order of `resources`. */
export type Receipt = { readonly t: number; readonly versions: readonly number[] }
