// Everything in the compartment of some Patients, newest clinical date first: the charts, type by type, merged.
import { fault } from '#kernel/fault.ts'
import type { CompartmentQuery, SearchPage } from '#kernel/ports/storage.ts'
import { failed, ok, type Result } from '#kernel/result.ts'
import { nameOf } from '../names.ts'
import { alive, limitSql } from '../search/fragment.ts'
import type { Connection } from './connection.ts'
import { printCursor, readCursor } from './cursor.ts'
import { newestVersion } from './stored.ts'
import { versionsOf } from './versions-by-key.ts'

/** Where a page ended in one tenant: clinical date and number of the resource. */
type Place = readonly [at: number, rid: number]
type Cursor = { readonly at: Record<string, number>; readonly places: Record<string, Place> }
type Row = readonly [at: number, rid: number, version: number]

export function readCompartment(connections: readonly Connection[], query: CompartmentQuery): Result<SearchPage> {
  const cursor = query.after === undefined ? undefined : readCursor<Cursor>(query.after)
  if (query.after !== undefined && !isCursor(cursor)) return failed(fault('store.cursor'))
  const at: Record<string, number> = {}
  const all: { connection: Connection; row: Row }[] = []
  for (const connection of connections) {
    const [now] = connection.get<[number]>('SELECT t FROM state')!
    const t = cursor?.at[connection.tenant] ?? query.at[connection.tenant] ?? now
    at[connection.tenant] = t
    for (const row of chartRows(connection, query, t, cursor?.places[connection.tenant])) all.push({ connection, row })
  }
  all.sort(
    (a, b) =>
      b.row[0] - a.row[0] || (a.connection.tenant < b.connection.tenant ? -1 : a.connection === b.connection ? b.row[1] - a.row[1] : 1),
  )
  const page = all.slice(0, query.count)
  const entries = versionsOf(page.map(({ connection, row }) => ({ connection, version: row[2] })))
  if (!entries.ok) return entries
  const places = { ...cursor?.places }
  for (const { connection, row } of page) places[connection.tenant] = [row[0], row[1]]
  return ok({ entries: entries.value, ...(all.length > query.count ? { next: printCursor({ at, places } satisfies Cursor) } : {}), at })
}

/** The newest rows of the charts behind a place. A resource in the charts of two of the Patients comes once. */
function chartRows(connection: Connection, query: CompartmentQuery, t: number, after: Place | undefined): Row[] {
  const { names } = connection
  const patientType = names.find(nameOf.type('Patient'))
  if (patientType === undefined) return []
  const patients = query.patients.flatMap(id => {
    const row = connection.get<[number]>('SELECT rid FROM resource WHERE id = ? AND type = ?', id, patientType)
    return row ? [row[0]] : []
  })
  const types = query.types
    ? query.types.flatMap(type => names.find(nameOf.type(type)) ?? [])
    : names.under('type').map(name => name.number)
  const ranges = patients.flatMap(patient => types.map(type => [patient, type] as const))
  const [placeAt, placeRid] = after ?? [Number.MAX_SAFE_INTEGER, 0]
  const bounds = `(d.at, d.rid) < (?, ?)${query.from === undefined ? '' : ' AND d.at >= ?'}${query.to === undefined ? '' : ' AND d.at < ?'}`
  const boundValues = [placeAt, placeRid, ...(query.from === undefined ? [] : [query.from]), ...(query.to === undefined ? [] : [query.to])]
  const found = new Map<number, number>()
  const sql = `SELECT d.at, d.rid FROM link d WHERE d.target = ? AND d.name = ? AND d.code = '' AND ${bounds} AND ${alive('d').replaceAll('?1', '?')}
    ORDER BY d.at DESC, d.rid DESC ${limitSql}`
  for (const [patient, type] of ranges) {
    for (const [at, rid] of connection.all<Place>(sql, patient, type, ...boundValues, t, t, query.count + 1)) found.set(rid, at)
  }
  const newest = [...found].sort(([ridA, atA], [ridB, atB]) => atB - atA || ridB - ridA).slice(0, query.count + 1)
  const rids = newest.map(([rid]) => rid)
  const versions = `SELECT ${newestVersion('j.value', '?2')} FROM json_each(?1) j ORDER BY j.key`
  return connection.all<[number]>(versions, JSON.stringify(rids), t).map(([version], i) => [newest[i]![1], newest[i]![0], version])
}

function isCursor(cursor: Cursor | undefined): cursor is Cursor {
  return (
    typeof cursor?.at === 'object' &&
    Object.values(cursor.at ?? {}).every(t => Number.isSafeInteger(t)) &&
    Object.values(cursor.places ?? {}).every(
      place => Array.isArray(place) && place.length === 2 && place.every(part => typeof part === 'number'),
    )
  )
}
