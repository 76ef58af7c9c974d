// The reader of a scope: every read goes to the connections of its tenants and to no others.
import { type Fault, fault } from '#kernel/fault.ts'
import type {
  AuditQuery,
  Change,
  CompartmentQuery,
  DeliveryQuery,
  Effect,
  MessageQuery,
  Reader,
  SearchPage,
  StoredDelivery,
  StoredMessage,
  StoredRecord,
  StoredVersion,
  VersionPage,
  VersionQuery,
} from '#kernel/ports/storage.ts'
import { failed, ok, type Result } from '#kernel/result.ts'
import type { SearchPlan } from '#kernel/search-plan.ts'
import type { ReadScope, TenantCode } from '#kernel/tenant.ts'
import { faultOf } from '../sqlite-fault.ts'
import { readCompartment } from './compartment.ts'
import type { Connection, Connections } from './connection.ts'
import { readFirstWithKey, readLastMessage, readMessage, readMessages } from './journal-reads.ts'
import {
  readAudit,
  readClaims,
  readCounts,
  readDeliveries,
  readDocument,
  readRecord,
  readRecords,
  type StoredAudit,
  type StoredCount,
} from './other-reads.ts'
import { readChanges, readCurrent, readEffects, readFeeds, readVersions } from './resource-reads.ts'

export type Searcher = (tenants: readonly TenantCode[], plan: SearchPlan) => Promise<Result<SearchPage>>

export class EmbeddedReader implements Reader {
  readonly #scope: ReadScope
  readonly #connections: Connections
  readonly #search: Searcher
  readonly #isClosed: () => boolean

  constructor(scope: ReadScope, connections: Connections, search: Searcher, isClosed: () => boolean) {
    this.#scope = scope
    this.#connections = connections
    this.#search = search
    this.#isClosed = isClosed
  }

  async read(wanted: readonly { type: string; id: string }[]): Promise<Result<(StoredVersion | undefined)[]>> {
    return this.#all(each => readFrom(each, wanted))
  }

  async vread(type: string, id: string, version: number): Promise<Result<StoredVersion | undefined>> {
    return this.#first(connection => {
      const found = readVersions(connection, type, id, version + 1, 1)
      return found.ok ? ok(found.value[0]?.version === version ? found.value[0] : undefined) : found
    })
  }

  async history(type: string, id: string, page: { count: number; beforeVersion?: number }): Promise<Result<readonly StoredVersion[]>> {
    const found = this.#first(connection => {
      const versions = readVersions(connection, type, id, page.beforeVersion ?? Number.MAX_SAFE_INTEGER, page.count)
      return versions.ok && versions.value.length === 0 ? ok(undefined) : versions
    })
    return found.ok ? ok(found.value ?? []) : found
  }

  async versions(query: VersionQuery): Promise<Result<VersionPage>> {
    return this.#all(each => readFeeds(each, query))
  }

  async search(plan: SearchPlan): Promise<Result<SearchPage>> {
    return this.#isClosed() ? failed(fault('store.closed')) : this.#search(this.#scope.tenants, plan)
  }

  async compartment(query: CompartmentQuery): Promise<Result<SearchPage>> {
    return this.#all(each => readCompartment(each, query))
  }

  async changes(tenant: TenantCode, afterT: number, limit: number): Promise<Result<readonly Change[]>> {
    return this.#in(tenant, [], connection => readChanges(connection, afterT, limit))
  }

  async claims(tenant: TenantCode, keys: readonly string[]): Promise<Result<readonly (string | undefined)[]>> {
    const none = keys.map(() => undefined)
    return this.#in<(string | undefined)[]>(tenant, none, connection => ok(readClaims(connection, keys)))
  }

  async document(sha256: string): Promise<Result<{ mediaType: string; bytes: Buffer } | undefined>> {
    return this.#first(connection => {
      const found = readDocument(connection, sha256)
      if (!found) return ok(undefined)
      const { mediaType, bytes } = found
      return bytes
        ? ok({ mediaType, bytes })
        : failed(fault('store.corrupt', { args: { what: `${connection.tenant} document ${sha256}` } }))
    })
  }

  async record(tenant: TenantCode, kind: string, key: string): Promise<Result<StoredRecord | undefined>> {
    return this.#in<StoredRecord | undefined>(tenant, undefined, connection => ok(readRecord(connection, kind, key)))
  }

  async records(tenant: TenantCode, kind: string, page: { after?: string; limit: number }): Promise<Result<readonly StoredRecord[]>> {
    return this.#in<StoredRecord[]>(tenant, [], connection => ok(readRecords(connection, kind, page)))
  }

  async message(tenant: TenantCode, seq: number): Promise<Result<StoredMessage | undefined>> {
    return this.#in<StoredMessage | undefined>(tenant, undefined, connection => ok(readMessage(connection, seq)))
  }

  async lastMessage(tenant: TenantCode): Promise<Result<number>> {
    return this.#in(tenant, 0, connection => ok(readLastMessage(connection)))
  }

  async firstWithKey(tenant: TenantCode, duplicateKey: string): Promise<Result<StoredMessage | undefined>> {
    return this.#in<StoredMessage | undefined>(tenant, undefined, connection => ok(readFirstWithKey(connection, duplicateKey)))
  }

  async messages(query: MessageQuery): Promise<Result<readonly StoredMessage[]>> {
    return this.#all(each => ok(readMessages(each, query)))
  }

  async effects(tenant: TenantCode, message: number): Promise<Result<readonly Effect[]>> {
    return this.#in(tenant, [], connection => readEffects(connection, message))
  }

  async deliveries(query: DeliveryQuery): Promise<Result<readonly StoredDelivery[]>> {
    return this.#all(each => ok(each.flatMap(connection => readDeliveries(connection, query)).slice(0, query.limit)))
  }

  async counts(kind: string, fromHour: number, toHour: number): Promise<Result<readonly StoredCount[]>> {
    return this.#all(each => ok(each.flatMap(connection => readCounts(connection, kind, fromHour, toHour))))
  }

  async auditTrail(query: AuditQuery): Promise<Result<readonly StoredAudit[]>> {
    return this.#all(each => {
      const newest = each.flatMap(connection => readAudit(connection, query)).sort((a, b) => b.atMs - a.atMs)
      return ok(newest.slice(0, query.limit))
    })
  }

  async now(): Promise<Result<Readonly<Record<TenantCode, number>>>> {
    return this.#all(each => ok(Object.fromEntries(each.map(c => [c.tenant, c.get<[number]>('SELECT t FROM state')![0]]))))
  }

  /** One tenant of the scope: what lies outside is as unknown as what does not exist. */
  #in<T>(tenant: TenantCode, empty: T, read: (connection: Connection) => Result<T>): Result<T> {
    return this.#guard(() => {
      if (!this.#scope.tenants.includes(tenant)) return failed(fault('store.tenant-unknown', { args: { tenant } }))
      const connection = this.#connections.of(tenant)
      return connection ? connection.snapshot(() => read(connection)) : ok(empty)
    })
  }

  #all<T>(read: (connections: readonly Connection[]) => Result<T>): Result<T> {
    return this.#guard(() => {
      const each = this.#scope.tenants.flatMap(tenant => this.#connections.of(tenant) ?? [])
      return snapshots(each, read)
    })
  }

  /** The first tenant that has it. */
  #first<T>(read: (connection: Connection) => Result<T | undefined>): Result<T | undefined> {
    return this.#all(each => {
      for (const connection of each) {
        const found = read(connection)
        if (!found.ok || found.value !== undefined) return found
      }
      return ok(undefined)
    })
  }

  #guard<T>(read: () => Result<T>): Result<T> {
    if (this.#isClosed()) return failed(fault('store.closed'))
    try {
      return read()
    } catch (error) {
      return faultOf(error)
    }
  }
}

/** One state of every file for the whole of a read. */
export function snapshots<T>(connections: readonly Connection[], read: (connections: readonly Connection[]) => T): T {
  const nested = connections.reduceRight<() => T>(
    (inner, connection) => () => connection.snapshot(inner),
    () => read(connections),
  )
  return nested()
}

/** The current versions over all tenants: a living one wins over a deleted one, two living ones are ambiguous. */
function readFrom(
  connections: readonly Connection[],
  wanted: readonly { type: string; id: string }[],
): Result<(StoredVersion | undefined)[]> {
  const found: (StoredVersion | undefined)[] = wanted.map(() => undefined)
  for (const connection of connections) {
    const here = readCurrent(connection, wanted)
    if (!here.ok) return here
    for (const [i, stored] of here.value.entries()) {
      const other = found[i]
      if (!stored) continue
      if (other && other.op !== 'delete' && stored.op !== 'delete') return failed(ambiguous(other, stored))
      if (!other || other.op === 'delete') found[i] = stored
    }
  }
  return ok(found)
}

function ambiguous(a: StoredVersion, b: StoredVersion): Fault {
  return fault('fhir.ambiguous-tenant', { args: { type: a.type, id: a.id, tenants: `${a.tenant}, ${b.tenant}` } })
}
