// The reader of a scope: every read goes to the connections of its tenants and to no others.
import { type Fault, fault } from '#kernel/fault.ts'
import type { Reader, SearchPage, StoredVersion } from '#kernel/ports/storage.ts'
import { failed, ok, type Result } from '#kernel/result.ts'
import type { SearchPlan } from '#kernel/search-plan.ts'
import type { ReadScope, TenantCode } from '#kernel/tenant.ts'
import { diskFault } from '../sqlite-fault.ts'
import { readCompartment } from './compartment.ts'
import type { Connection, Connections } from './connection.ts'
import { readFirstWithKey, readLastMessage, readMessage, readMessages } from './journal-reads.ts'
import { readAudit, readClaims, readCounts, readDeliveries, readDocument, readRecord, readRecords } from './other-reads.ts'
import { readChanges, readCurrent, readEffects, readFeeds, readVersions } from './resource-reads.ts'

export type Searcher = (tenants: readonly TenantCode[], plan: SearchPlan) => Promise<Result<SearchPage>>

export function embeddedReader(scope: ReadScope, connections: Connections, search: Searcher, isClosed: () => boolean): Reader {
  const all = (): Connection[] => scope.tenants.flatMap(tenant => connections.of(tenant) ?? [])

  /** One tenant of the scope: what lies outside is as unknown as what does not exist. */
  async function inTenant<T>(tenant: TenantCode, empty: T, read: (connection: Connection) => Result<T>): Promise<Result<T>> {
    return guard(() => {
      if (!scope.tenants.includes(tenant)) return failed(fault('store.tenant-unknown', { args: { tenant } }))
      const connection = connections.of(tenant)
      return connection ? connection.snapshot(() => read(connection)) : ok(empty)
    })
  }

  async function overAll<T>(read: (connections: readonly Connection[]) => Result<T>): Promise<Result<T>> {
    return guard(() => snapshots(all(), read))
  }

  function guard<T>(read: () => Result<T>): Result<T> {
    if (isClosed()) return failed(fault('store.closed'))
    try {
      return read()
    } catch (error) {
      const disk = diskFault(error)
      if (disk) return failed(disk)
      throw error
    }
  }

  return {
    read: wanted => overAll(each => readFrom(each, wanted)),
    vread: (type, id, version) =>
      overAll(each =>
        firstFound(each, connection => {
          const found = readVersions(connection, type, id, version + 1, 1)
          return found.ok ? ok(found.value[0]?.version === version ? found.value[0] : undefined) : found
        }),
      ),
    history: (type, id, { count, beforeVersion }) =>
      overAll(each => {
        for (const connection of each) {
          const found = readVersions(connection, type, id, beforeVersion ?? Number.MAX_SAFE_INTEGER, count)
          if (!found.ok || found.value.length > 0) return found
        }
        return ok([])
      }),
    versions: query => overAll(each => readFeeds(each, query)),
    search: plan => (isClosed() ? Promise.resolve(failed(fault('store.closed'))) : search(scope.tenants, plan)),
    compartment: query => overAll(each => readCompartment(each, query)),
    changes: (tenant, afterT, limit) => inTenant(tenant, [], connection => readChanges(connection, afterT, limit)),
    claims: (tenant, keys) =>
      inTenant(
        tenant,
        keys.map(() => undefined),
        connection => ok(readClaims(connection, keys)),
      ),
    document: sha256 =>
      overAll(each =>
        firstFound(each, connection => {
          const found = readDocument(connection, sha256)
          if (!found) return ok(undefined)
          if (!found.bytes) return failed(fault('store.corrupt', { args: { what: `${connection.tenant} document ${sha256}` } }))
          return ok({ mediaType: found.mediaType, bytes: found.bytes })
        }),
      ),
    record: (tenant, kind, key) => inTenant(tenant, undefined, connection => ok(readRecord(connection, kind, key))),
    records: (tenant, kind, page) => inTenant(tenant, [], connection => ok(readRecords(connection, kind, page))),
    message: (tenant, seq) => inTenant(tenant, undefined, connection => ok(readMessage(connection, seq))),
    lastMessage: tenant => inTenant(tenant, 0, connection => ok(readLastMessage(connection))),
    firstWithKey: (tenant, key) => inTenant(tenant, undefined, connection => ok(readFirstWithKey(connection, key))),
    messages: query => overAll(each => ok(readMessages(each, query))),
    effects: (tenant, message) => inTenant(tenant, [], connection => readEffects(connection, message)),
    deliveries: query => overAll(each => ok(each.flatMap(connection => readDeliveries(connection, query)).slice(0, query.limit))),
    counts: (kind, fromHour, toHour) => overAll(each => ok(each.flatMap(connection => readCounts(connection, kind, fromHour, toHour)))),
    auditTrail: query =>
      overAll(each =>
        ok(
          each
            .flatMap(connection => readAudit(connection, query))
            .sort((a, b) => b.atMs - a.atMs)
            .slice(0, query.limit),
        ),
      ),
    now: () => overAll(each => ok(Object.fromEntries(each.map(c => [c.tenant, c.get<[number]>('SELECT t FROM state')![0]])))),
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

function firstFound<T>(connections: readonly Connection[], read: (connection: Connection) => Result<T | undefined>): Result<T | undefined> {
  for (const connection of connections) {
    const found = read(connection)
    if (!found.ok || found.value !== undefined) return found
  }
  return ok(undefined)
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
