// search-type (http.html#search), by GET, by POST _search, and inside a Patient compartment: pages at one logical time, stored bytes as they are.
import { readStored } from '#formats/fhir/json/stored.ts'
import { type Fault, fault } from '#kernel/fault.ts'
import type { SearchPage, StoredVersion } from '#kernel/ports/storage.ts'
import { failed, ok, type Result } from '#kernel/result.ts'
import { searchSubject } from '../access/audit.ts'
import { withinCharts } from '../search/charts.ts'
import { coveredBy, namedPatients, widen } from '../search/covered.ts'
import { type Covered, type Cursor, openCursor, sealCursor } from '../search/cursor.ts'
import { readSearch, type Search } from '../search/plan.ts'
import { printQuery } from '../search/query.ts'
import { viewOf } from '../search/view.ts'
import type { Answer } from './answer.ts'
import { type BundleEntry, writeBundle } from './bundle-writer.ts'
import { baseOf, basesOf, type Call, type Caller, preference, type Rest } from './call.ts'
import { note } from './note.ts'
import { warnings } from './outcome.ts'

export async function searchType(call: Call, rest: Rest): Promise<Result<Answer>> {
  const { type, compartment: patient } = call.path as { type: string; compartment?: string }
  const strict = preference(call.headers, 'handling') === 'strict'
  const search = readSearch(type, call.query, {
    bases: basesOf(call.caller),
    nowMs: rest.clock.now(),
    digest: rest.digest,
    strict,
    patient,
  })
  if (!search.ok) return search
  const path = `${call.caller.mount}/${patient === undefined ? '' : `Patient/${patient}/`}${type}`
  const page = await runPage(search.value, path, call.caller, rest)
  if (!page.ok) return page.fault.code === 'store.horizon' ? failed(fault('fhir.page-expired')) : page
  const noted = note(rest, call.caller, Object.keys(page.value.at), {
    action: 'search',
    subject: searchSubject(type, search.value.applied),
    patient: [...namedPatients(search.value.plan.where)][0],
    detail: `${page.value.entries.length}`,
  })
  if (!noted.ok) return noted
  return ok({ status: 200, body: answerPage(search.value, page.value, path, call.caller, rest) })
}

type CoveringPage = SearchPage & { readonly covered: Covered }

async function runPage(search: Search, path: string, caller: Caller, rest: Rest): Promise<Result<CoveringPage>> {
  const cursor = readPlace(search, path, caller, rest)
  if (!cursor.ok) return cursor
  const tenants = cursor.value ? Object.keys(cursor.value.at) : caller.reads
  const reader = rest.storage.reader({ principal: caller.principal, tenants })
  const covered = cursor.value ? ok(cursor.value.covered) : await coveredBy(search.plan.where, tenants, reader)
  if (!covered.ok) return covered
  const where = widen(withinCharts(search.plan.type, search.plan.where), covered.value)
  const { at = {}, after } = cursor.value ?? {}
  const page = await reader.search({ ...search.plan, where, at, after })
  return page.ok ? ok({ ...page.value, covered: covered.value }) : page
}

/** Where the last page ended; the tenants it covers must still be the caller's. */
function readPlace(search: Search, path: string, caller: Caller, rest: Rest): Result<Cursor | undefined> {
  if (search.controls.page === undefined) return ok(undefined)
  const cursor = openCursor(search.controls.page, `${path}?${printQuery(search.applied)}`, rest.cursorKey)
  if (!cursor.ok) return cursor
  const foreign = Object.keys(cursor.value.at).find(tenant => !caller.reads.includes(tenant))
  return foreign === undefined ? cursor : failed(fault('auth.tenant', { args: { tenant: foreign } }))
}

function answerPage(search: Search, page: CoveringPage, path: string, caller: Caller, rest: Rest): Buffer {
  const query = printQuery(search.applied)
  const here = `${caller.origin}${path}`
  const links = [{ relation: 'self', url: query === '' ? here : `${here}?${query}` }]
  if (page.next !== undefined) {
    const sealed = sealCursor({ after: page.next, at: page.at, covered: page.covered }, `${path}?${query}`, rest.cursorKey)
    links.push({ relation: 'next', url: `${here}?${query}${query === '' ? '' : '&'}_page=${sealed}` })
  }
  const view = viewOf(search.controls)
  const body = (stored: StoredVersion) => (view ? JSON.stringify(view(readStored(stored.body.toString('utf8')))) : stored.body)
  const entries = page.entries.map(stored => matchEntry(stored, body(stored), caller))
  return writeBundle({ type: 'searchset', total: totalOf(search, page), links }, [...entries, ...outcomeEntries(search.ignored, caller)])
}

/** Said when asked for, and when the first page is all there is. */
function totalOf(search: Search, page: SearchPage): number | undefined {
  if (page.total !== undefined) return page.total
  return search.controls.page === undefined && page.next === undefined && search.controls.count > 0 ? page.entries.length : undefined
}

const matchMode = '"search":{"mode":"match"}'

export function matchEntry(stored: StoredVersion, body: Buffer | string, caller: Caller): BundleEntry {
  return { fullUrl: `${baseOf(caller, stored.tenant)}/${stored.type}/${stored.id}`, body, rest: matchMode }
}

function outcomeEntries(ignored: readonly Fault[], caller: Caller): BundleEntry[] {
  if (ignored.length === 0) return []
  return [{ body: JSON.stringify(warnings(ignored, caller.language)), rest: '"search":{"mode":"outcome"}' }]
}
