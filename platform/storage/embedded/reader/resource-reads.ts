// Reads of resources by name: current version, one version, history, and what was committed after a time.

import { type Fault, fault } from '#kernel/fault.ts'
import type { Change, Effect, StoredVersion, VersionPage, VersionQuery } from '#kernel/ports/storage.ts'
import { failed, ok, type Result } from '#kernel/result.ts'
import { readStored } from '../body.ts'
import { nameOf } from '../names.ts'
import { chunksPerCommit, versionsPerResource } from '../schema.ts'
import { limitSql } from '../search/fragment.ts'
import type { Connection } from './connection.ts'
import { printCursor, readCursor } from './cursor.ts'
import { chunkOfVersion, newestVersion, type StoredRow, storedColumns, storedVersion } from './stored.ts'
import { versionsOf } from './versions-by-key.ts'

const current = `SELECT ${storedColumns} FROM resource r CROSS JOIN version v CROSS JOIN chunk c
  WHERE r.id = ? AND r.type = ? AND v.key = ${newestVersion('r.rid')} AND ${chunkOfVersion}`
const versionsDown = `SELECT v.key FROM resource r CROSS JOIN version v
  WHERE r.id = ? AND r.type = ? AND v.key > r.rid * ${versionsPerResource} AND v.key < r.rid * ${versionsPerResource} + ?
  ORDER BY v.key DESC ${limitSql}`

/** The current versions of what one tenant has, by place in `wanted`. */
export function readCurrent(
  connection: Connection,
  wanted: readonly { type: string; id: string }[],
): Result<(StoredVersion | undefined)[]> {
  const found: (StoredVersion | undefined)[] = []
  for (const { type, id } of wanted) {
    const number = connection.names.find(nameOf.type(type))
    const row = number === undefined ? undefined : connection.get<StoredRow>(current, id, number)
    const stored = row && storedVersion(connection.tenant, connection.names, row)
    if (stored && isFault(stored)) return failed(stored)
    found.push(stored)
  }
  return ok(found)
}

/** Versions below `before`, newest first. */
export function readVersions(connection: Connection, type: string, id: string, before: number, count: number): Result<StoredVersion[]> {
  const number = connection.names.find(nameOf.type(type))
  if (number === undefined) return ok([])
  const keys = connection.all<[number]>(versionsDown, id, number, Math.min(before, versionsPerResource), count)
  return versionsOf(keys.map(([version]) => ({ connection, version })))
}

const feedDown = `SELECT at, rid, version FROM feed WHERE type = ? AND (at, rid, version) < (?, ?, ?) AND at >= ?
  ORDER BY at DESC, rid DESC, version DESC ${limitSql}`

/** Where a page of versions ended: time, number of the resource and version. */
type FeedPlace = readonly [at: number, rid: number, version: number]

/** Places of versions of some types of one tenant, newest first, below a place. */
function feedPlaces(connection: Connection, query: VersionQuery, below: FeedPlace | undefined, count: number): FeedPlace[] {
  const { names } = connection
  const only = query.type === undefined ? undefined : names.find(nameOf.type(query.type))
  const types = query.type === undefined ? names.under('type').map(name => name.number) : only === undefined ? [] : [only]
  const [at, rid, version] = below ?? [Number.MAX_SAFE_INTEGER, 0, 0]
  const places = types.flatMap(type => connection.all<FeedPlace>(feedDown, type, at, rid, version, query.sinceMs ?? 0, count))
  places.sort(([atA, ridA, versionA], [atB, ridB, versionB]) => atB - atA || ridB - ridA || versionB - versionA)
  return places.slice(0, count)
}

/** Pages of versions over several tenants: each goes on where its own last version on the page stood. */
export function readFeeds(connections: readonly Connection[], query: VersionQuery): Result<VersionPage> {
  const places = query.after === undefined ? {} : readCursor<Record<string, FeedPlace>>(query.after)
  if (!places || !Object.values(places).every(isPlace)) return failed(fault('store.cursor'))
  const all = connections.flatMap(connection =>
    feedPlaces(connection, query, places[connection.tenant], query.count + 1).map(place => ({ connection, place })),
  )
  all.sort((a, b) => b.place[0] - a.place[0])
  const page = all.slice(0, query.count)
  const entries = versionsOf(
    page.map(({ connection, place: [, rid, version] }) => ({ connection, version: rid * versionsPerResource + version })),
  )
  if (!entries.ok) return entries
  for (const { connection, place } of page) places[connection.tenant] = place
  return ok({ entries: entries.value, ...(all.length > query.count ? { next: printCursor(places) } : {}) })
}

function isPlace(place: unknown): boolean {
  return Array.isArray(place) && place.length === 3 && place.every(part => typeof part === 'number')
}

const chunksAfter = `SELECT id, bytes FROM chunk WHERE id >= ? ORDER BY id ${limitSql}`
const chunksOfMessage = 'SELECT id, bytes, plan FROM chunk WHERE message = ? ORDER BY id'

/** Changes after `t`, oldest first, whole commits only: more than `limit` when the first commit alone has more. */
export function readChanges(connection: Connection, afterT: number, limit: number): Result<Change[]> {
  const changes: Change[] = []
  let whole = 0
  const chunksPerStep = 100
  for (let from = (afterT + 1) * chunksPerCommit; ; ) {
    const rows = connection.all<[id: number, bytes: Uint8Array]>(chunksAfter, from, chunksPerStep)
    for (const [id, bytes] of rows) {
      const t = Math.floor(id / chunksPerCommit)
      if (changes.length > whole && changes.at(-1)!.t < t) whole = changes.length
      const added = changesOf(connection, t, bytes)
      if (!added.ok) return added
      changes.push(...added.value)
      if (whole > 0 && changes.length > limit) return ok(changes.slice(0, whole))
    }
    if (rows.length < chunksPerStep) return ok(changes)
    from = rows.at(-1)![0] + 1
  }
}

export function readEffects(connection: Connection, message: number): Result<Effect[]> {
  const effects: Effect[] = []
  for (const [id, bytes, plan] of connection.all<[id: number, bytes: Uint8Array, plan: number | null]>(chunksOfMessage, message)) {
    const changes = changesOf(connection, Math.floor(id / chunksPerCommit), bytes)
    if (!changes.ok) return changes
    const hash = plan === null ? {} : { plan: connection.names.word(plan) }
    for (const change of changes.value) effects.push({ ...change, ...hash })
  }
  return ok(effects)
}

/** A chunk is a list of stored bodies: their heads say what was changed. */
function changesOf(connection: Connection, t: number, bytes: Uint8Array): Result<Change[]> {
  const changes: Change[] = []
  for (let at = 0; at < bytes.length; ) {
    const read = readStored(bytes, at, false)
    if (!read) return failed(fault('store.corrupt', { args: { what: `${connection.tenant} commit ${t}` } }))
    const { type, id, version, op } = read.stored
    changes.push({ t, type, id, version, op })
    at = read.end
  }
  return ok(changes)
}

function isFault(value: StoredVersion | Fault): value is Fault {
  return 'category' in value
}
