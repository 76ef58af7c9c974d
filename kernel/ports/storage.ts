// The storage port: one contract that the embedded engine and any later one must pass (platform/storage/contract.test.ts).
import type { AuditEntry, Cause, Commit, DeliveryStatus, JournalEntry, Receipt } from '../commit.ts'
import type { MessageStatus } from '../envelope.ts'
import type { Fault } from '../fault.ts'
import type { IndexRows } from '../index-entry.ts'
import type { Result } from '../result.ts'
import type { SearchPlan } from '../search-plan.ts'
import type { ReadScope, TenantCode } from '../tenant.ts'

export interface Storage {
  /** Applied whole and durable when the promise resolves, or refused (`store.conflict`, `store.claim-held`, `store.full` …) without a trace. */
  commit(commit: Commit): Promise<Result<Receipt>>
  /** There is no reader without tenants and a principal. */
  reader(scope: ReadScope): Reader
  /** Queues a read's audit entry for the next group; `audit.overloaded` when too many wait, and the read must then be refused. */
  audit(tenant: TenantCode, entry: AuditEntry): Result<void>
  tenants(): readonly TenantCode[]
  /** Opens the tenant's partition, creating it on first use. */
  openTenant(tenant: TenantCode): Promise<Result<void>>
  /** A consistent copy of every tenant at one t each, taken under full write load. */
  backup(directory: string): Promise<Result<readonly BackupPart[]>>
  /** Empty when every page, version and body agrees; with `rowsOf` (the index rows a body yields) also every index row. */
  checkIntegrity(tenant: TenantCode, rowsOf?: (type: string, body: Buffer) => IndexRows): Promise<Result<readonly string[]>>
  close(): Promise<void>
}

/** `seq` is the newest message the copied journal knows: the copy of the message log must reach at least so far. */
export type BackupPart = { readonly tenant: TenantCode; readonly t: number; readonly seq: number; readonly bytes: number }

export interface Reader {
  /**
   * Current versions, in the order asked for; undefined where there is none (never was, or another tenant's). Deleted ones have `op` delete.
   * `fhir.ambiguous-tenant` when several tenants of the scope have one that is not deleted.
   */
  read(wanted: readonly { type: string; id: string }[]): Promise<Result<readonly (StoredVersion | undefined)[]>>
  vread(type: string, id: string, version: number): Promise<Result<StoredVersion | undefined>>
  /** Newest first. */
  history(type: string, id: string, page: { count: number; beforeVersion?: number }): Promise<Result<readonly StoredVersion[]>>
  /** Versions of a type, or of all types, newest first: history-type and history-system. */
  versions(query: VersionQuery): Promise<Result<VersionPage>>
  search(plan: SearchPlan): Promise<Result<SearchPage>>
  /** Everything in the compartment of the Patients, newest clinical date first, paged by `after`. */
  compartment(query: CompartmentQuery): Promise<Result<SearchPage>>
  /** What was committed after `t`, oldest first: the feed of subscribers that must be rebuildable. Whole commits only: more than `limit` rows when one commit alone has more. */
  changes(tenant: TenantCode, afterT: number, limit: number): Promise<Result<readonly Change[]>>
  /** Holder of a business key, or undefined. */
  claims(tenant: TenantCode, keys: readonly string[]): Promise<Result<readonly (string | undefined)[]>>
  document(sha256: string): Promise<Result<{ mediaType: string; bytes: Buffer } | undefined>>
  record(tenant: TenantCode, kind: string, key: string): Promise<Result<StoredRecord | undefined>>
  records(tenant: TenantCode, kind: string, page: { after?: string; limit: number }): Promise<Result<readonly StoredRecord[]>>
  message(tenant: TenantCode, seq: number): Promise<Result<StoredMessage | undefined>>
  /** Highest message number the journal knows; 0 when it knows none. */
  lastMessage(tenant: TenantCode): Promise<Result<number>>
  /** By the duplicate rule: the first message with this key. */
  firstWithKey(tenant: TenantCode, duplicateKey: string): Promise<Result<StoredMessage | undefined>>
  /** Newest first, over all tenants of the scope. */
  messages(query: MessageQuery): Promise<Result<readonly StoredMessage[]>>
  /** Versions a message wrote, in order. */
  effects(tenant: TenantCode, message: number): Promise<Result<readonly Effect[]>>
  deliveries(query: DeliveryQuery): Promise<Result<readonly StoredDelivery[]>>
  counts(
    kind: string,
    fromHour: number,
    toHour: number,
  ): Promise<Result<readonly { tenant: TenantCode; key: string; hour: number; sum: number }[]>>
  auditTrail(query: AuditQuery): Promise<Result<readonly (AuditEntry & { tenant: TenantCode; seq: number })[]>>
  /** Logical time of the newest commit, per tenant of the scope. */
  now(): Promise<Result<Readonly<Record<TenantCode, number>>>>
}

export type StoredVersion = {
  readonly tenant: TenantCode
  readonly type: string
  readonly id: string
  readonly version: number
  readonly t: number
  readonly op: 'create' | 'update' | 'delete'
  /** Canonical JSON, inflated, to be sent as it is. Empty for a delete. */
  readonly body: Buffer
  readonly facts: string
  readonly cause: Cause
  /** `meta.lastUpdated` of the body; for a delete the time of the commit. */
  readonly committedAtMs: number
}

export type VersionQuery = {
  readonly type?: string
  /** Only versions written since then, milliseconds. */
  readonly sinceMs?: number
  readonly count: number
  readonly after?: string
}

export type VersionPage = { readonly entries: readonly StoredVersion[]; readonly next?: string }

export type SearchPage = {
  readonly entries: readonly StoredVersion[]
  /** Present when the plan asked for it. */
  readonly total?: number
  /** Present when there may be more. */
  readonly next?: string
  /** Logical time per tenant that every page of this search sees. */
  readonly at: Readonly<Record<TenantCode, number>>
}

export type CompartmentQuery = {
  readonly patients: readonly string[]
  readonly types?: readonly string[]
  /** Milliseconds of the clinical date. */
  readonly from?: number
  readonly to?: number
  readonly count: number
  readonly after?: string
  readonly at: Readonly<Record<TenantCode, number>>
}

export type Change = {
  readonly t: number
  readonly type: string
  readonly id: string
  readonly version: number
  readonly op: 'create' | 'update' | 'delete'
}

export type StoredRecord = { readonly key: string; readonly value: string; readonly version: number }

export type StoredMessage = JournalEntry & {
  readonly attempt: number
  readonly plan?: string
  readonly settledAtMs?: number
  readonly retryAtMs?: number
}

export type MessageQuery = {
  readonly channel?: string
  readonly statuses?: readonly MessageStatus[]
  readonly type?: string
  readonly controlId?: string
  /** A tag value of any kind. */
  readonly tag?: string
  /** First fault code, for grouping. */
  readonly faultCode?: string
  readonly sinceMs?: number
  readonly untilMs?: number
  /** Cursor: only older ones, by received time then tenant and number. */
  readonly before?: { receivedAtMs: number; tenant: TenantCode; seq: number }
  readonly limit: number
}

export type Effect = {
  readonly type: string
  readonly id: string
  readonly version: number
  readonly op: 'create' | 'update' | 'delete'
  readonly t: number
  readonly plan?: string
}

export type DeliveryQuery = {
  readonly destination?: string
  readonly message?: number
  readonly statuses?: readonly DeliveryStatus[]
  /** Only those due by then. */
  readonly dueByMs?: number
  readonly limit: number
}

export type StoredDelivery = {
  readonly tenant: TenantCode
  readonly id: string
  readonly destination: string
  readonly key: string
  readonly message: number
  readonly controlId: string
  readonly status: DeliveryStatus
  readonly attempt: number
  readonly dueAtMs: number
  readonly settledAtMs?: number
  readonly answer?: string
  readonly fault?: Fault
}

export type AuditQuery = {
  readonly principal?: string
  readonly patient?: string
  readonly action?: string
  readonly sinceMs?: number
  readonly untilMs?: number
  readonly beforeSeq?: number
  readonly limit: number
}
