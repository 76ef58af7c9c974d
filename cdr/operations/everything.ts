// Patient/$everything (patient-operation-everything.html): the compartment of a Patient and of those merged into it, newest first, with what it refers to outside.
import { fault } from '#kernel/fault.ts'
import { limits } from '#kernel/limits.ts'
import type { CompartmentQuery, Reader, SearchPage, StoredVersion } from '#kernel/ports/storage.ts'
import { failed, ok, type Result } from '#kernel/result.ts'
import { mayTouch } from '#platform/security/rights.ts'
import type { Answer } from '../rest/answer.ts'
import { type BundleEntry, writeBundle } from '../rest/bundle-writer.ts'
import { baseOf, type Call, type Caller, type Rest } from '../rest/call.ts'
import { locate } from '../rest/locate.ts'
import { note } from '../rest/note.ts'
import { matchEntry } from '../rest/search-type.ts'
import { coveredPatients } from '../search/covered.ts'
import { type Covered, openCursor, sealCursor } from '../search/cursor.ts'
import { printQuery } from '../search/query.ts'
import { type EverythingAsked, readAsked } from './everything-asked.ts'
import type { Operation } from './operation.ts'
import { outsideReferences } from './outside-references.ts'

export const everything: Operation = {
  name: 'everything',
  definition: 'http://hl7.org/fhir/OperationDefinition/Patient-everything',
  level: 'instance',
  types: ['Patient'],
  safe: true,
  touch: 'read',
  handle,
}

async function handle(call: Call, rest: Rest): Promise<Result<Answer>> {
  const { caller } = call
  const id = call.path['id']!
  const asked = readAsked(call)
  if (!asked.ok) return asked
  const found = await locate(caller, 'Patient', id, rest)
  if (!found.ok) return found
  const { stored: patient, reader } = found.value
  if (patient.op === 'delete') return failed(fault('fhir.deleted', { args: { type: 'Patient', id } }))
  const path = `${caller.mount}/Patient/${id}/$everything`
  const page = await runPage(id, asked.value, patient, path, reader, rest)
  if (!page.ok) return page.fault.code === 'store.horizon' ? failed(fault('fhir.page-expired')) : page
  const noted = note(rest, caller, [patient.tenant], {
    action: 'everything',
    subject: `Patient/${id}`,
    patient: id,
    detail: `${page.value.entries.length}`,
  })
  if (!noted.ok) return noted
  const outside = await readOutside(page.value.entries, asked.value, caller, reader)
  if (!outside.ok) return outside
  return ok({ status: 200, body: answerPage(page.value, outside.value, asked.value, path, caller, rest) })
}

type CoveringPage = SearchPage & { readonly covered: Covered }

async function runPage(
  id: string,
  asked: EverythingAsked,
  patient: StoredVersion,
  path: string,
  reader: Reader,
  rest: Rest,
): Promise<Result<CoveringPage>> {
  const cursor = asked.page === undefined ? ok(undefined) : openCursor(asked.page, `${path}?${printQuery(asked.applied)}`, rest.cursorKey)
  if (!cursor.ok) return cursor
  if (cursor.value && !(patient.tenant in cursor.value.at))
    return failed(fault('fhir.parameter-value', { at: '_page', args: { parameter: '_page' } }))
  const patients = cursor.value ? ok(cursor.value.covered[id] ?? [id]) : await coveredPatients(id, [patient.tenant], reader)
  if (!patients.ok) return patients
  const { types, from, to } = asked
  const query = { patients: patients.value, types, from, to, at: cursor.value?.at ?? {}, after: cursor.value?.after }
  const page = await readInSteps(query, asked.count, reader)
  const { sinceMs } = asked
  if (!page.ok) return page
  const entries = page.value.entries.filter(stored => sinceMs === undefined || stored.committedAtMs >= sinceMs)
  return ok({ ...page.value, entries, covered: { [id]: patients.value } })
}

/** A chart of ten years is read in steps: other requests get their turn between them, and all steps see one time. */
const stepRows = 400

async function readInSteps(query: Omit<CompartmentQuery, 'count'>, count: number, reader: Reader): Promise<Result<SearchPage>> {
  const entries: StoredVersion[] = []
  let { at, after } = query
  for (;;) {
    const step = await reader.compartment({ ...query, at, after, count: Math.min(stepRows, count - entries.length) })
    if (!step.ok) return step
    for (const entry of step.value.entries) entries.push(entry)
    if (step.value.next === undefined || entries.length >= count) return ok({ ...step.value, entries })
    at = step.value.at
    after = step.value.next
    await new Promise(setImmediate)
  }
}

const outsideAtOnceMax = limits.searchCountMax

/** Practitioners, organisations, medicines …: what the page names and the compartment does not hold. */
async function readOutside(
  entries: readonly StoredVersion[],
  asked: EverythingAsked,
  caller: Caller,
  reader: Reader,
): Promise<Result<StoredVersion[]>> {
  if (asked.applied.some(({ name }) => name === '_type')) return ok([])
  const wanted = outsideReferences(entries).filter(({ type }) => mayTouch(caller.principal, 'read', type))
  if (wanted.length === 0) return ok([])
  const read = await reader.read(wanted.slice(0, outsideAtOnceMax))
  return read.ok ? ok(read.value.filter(stored => stored !== undefined && stored.op !== 'delete') as StoredVersion[]) : read
}

function answerPage(
  page: CoveringPage,
  outside: readonly StoredVersion[],
  asked: EverythingAsked,
  path: string,
  caller: Caller,
  rest: Rest,
): Buffer {
  const query = printQuery(asked.applied)
  const here = `${caller.origin}${path}`
  const links = [{ relation: 'self', url: query === '' ? here : `${here}?${query}` }]
  if (page.next !== undefined) {
    const sealed = sealCursor({ after: page.next, at: page.at, covered: page.covered }, `${path}?${query}`, rest.cursorKey)
    links.push({ relation: 'next', url: `${here}?${query}${query === '' ? '' : '&'}_page=${sealed}` })
  }
  const entries: BundleEntry[] = page.entries.map(stored => matchEntry(stored, stored.body, caller))
  for (const { tenant, type, id, body } of outside)
    entries.push({ fullUrl: `${baseOf(caller, tenant)}/${type}/${id}`, body, rest: '"search":{"mode":"include"}' })
  return writeBundle({ type: 'searchset', links }, entries)
}
