// A search over tenants: each finds its own rows in order, the pages are merged; every page sees the logical times of the first.
import { createHash } from 'node:crypto'
import { fault } from '#kernel/fault.ts'
import type { SearchPage } from '#kernel/ports/storage.ts'
import { failed, ok, type Result } from '#kernel/result.ts'
import type { SearchPlan, SortKey } from '#kernel/search-plan.ts'
import type { Connection } from '../reader/connection.ts'
import { printCursor, readCursor } from '../reader/cursor.ts'
import { versionsOf } from '../reader/versions-by-key.ts'
import type { Value } from './fragment.ts'
import { type Found, type Resume, TenantSearch } from './tenant-search.ts'

type Cursor = { readonly plan: string; readonly at: Record<string, number>; readonly places: Record<string, Resume> }
type Row = Found & { readonly connection: Connection; readonly search: TenantSearch; readonly tenantOrder: number; readonly order: number }

/** Runs inside one snapshot of every connection. */
export function searchTenants(connections: readonly Connection[], plan: SearchPlan): Result<SearchPage> {
  const cursor = plan.after === undefined ? undefined : readCursor<Cursor>(plan.after)
  if (plan.after !== undefined && (cursor?.plan !== markOf(plan) || !isPlaces(cursor.places) || !isTimes(cursor.at)))
    return failed(fault('store.cursor'))
  const at: Record<string, number> = {}
  const rows: Row[] = []
  let total = 0
  for (const [tenantOrder, connection] of connections.entries()) {
    const t = timeOf(connection, cursor?.at[connection.tenant] ?? plan.at[connection.tenant])
    if (!t.ok) return t
    at[connection.tenant] = t.value
    const place = cursor?.places[connection.tenant]
    const enough = plan.sort.length === 0 && rows.length > plan.count
    if (enough && plan.total === 'none') continue
    const search = new TenantSearch(connection, plan, t.value, place)
    const limit = enough || plan.count === 0 ? 0 : plan.count + 1
    for (const [order, found] of search.page(place, limit).entries()) rows.push({ ...found, connection, search, tenantOrder, order })
    if (plan.total !== 'none') total += search.total()
  }
  rows.sort((a, b) => compareRows(a, b, plan.sort))
  const page = rows.slice(0, plan.count)
  const entries = versionsOf(page)
  if (!entries.ok) return entries
  const more = rows.length > page.length && plan.count > 0
  return ok({
    entries: entries.value,
    ...(plan.total === 'none' ? {} : { total }),
    ...(more ? { next: printCursor({ plan: markOf(plan), at, places: placesAfter(page, cursor?.places) } satisfies Cursor) } : {}),
    at,
  })
}

/** Each tenant goes on where its own last row on the page stood. */
function placesAfter(page: readonly Row[], before: Record<string, Resume> = {}): Record<string, Resume> {
  const last = new Map(page.map(row => [row.connection.tenant, row]))
  const after = [...last].map(([tenant, { search, place }]) => [tenant, search.resume(place)] as const)
  return { ...before, ...Object.fromEntries(after) }
}

/** The logical time the search sees in a tenant: the one asked for, or now. */
function timeOf(connection: Connection, asked: number | undefined): Result<number> {
  const [t, horizon] = connection.get<[number, number]>('SELECT t, horizon FROM state')!
  if (asked === undefined) return ok(t)
  if (asked < horizon) return failed(fault('store.horizon', { args: { t: asked } }))
  return asked > t ? failed(fault('store.cursor')) : ok(asked)
}

function compareRows(a: Row, b: Row, sort: readonly SortKey[]): number {
  for (const [i, { descending }] of sort.entries()) {
    const order = compareValues(a.keys[i] ?? null, b.keys[i] ?? null, descending)
    if (order !== 0) return order
  }
  return a.tenantOrder - b.tenantOrder || a.order - b.order
}

/** Missing values last; texts in the order of their UTF-8 bytes, as SQLite compares them. */
function compareValues(a: Value, b: Value, descending: boolean): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null)
  const order = typeof a === 'number' && typeof b === 'number' ? a - b : Buffer.compare(Buffer.from(String(a)), Buffer.from(String(b)))
  return descending ? -order : order
}

/** A cursor belongs to the search it came from. */
function markOf({ type, where, sort }: SearchPlan): string {
  return createHash('sha256')
    .update(JSON.stringify([type, where, sort]))
    .digest('base64url')
    .slice(0, 12)
}

/** Nothing else may reach the SQL, even from a cursor that somebody made up. */
function isPlaces(places: unknown): boolean {
  if (typeof places !== 'object' || places === null) return false
  return Object.values(places as Record<string, Partial<Resume> | null>).every(
    place =>
      typeof place?.names === 'number' &&
      typeof place.strategy?.driver === 'number' &&
      /^(walk|sorted|collect)$/.test(String(place.strategy.mode)) &&
      Array.isArray(place.at) &&
      place.at.every(value => value === null || typeof value === 'number' || typeof value === 'string'),
  )
}

function isTimes(at: unknown): boolean {
  return typeof at === 'object' && at !== null && Object.values(at).every(t => Number.isSafeInteger(t))
}
