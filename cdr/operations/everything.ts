// Patient/$everything (patient-operation-everything.html): the compartment of a Patient and of those merged into it, newest first, with what it refers to outside.

import { r4, r4Compartments } from '#formats/fhir/model/r4.ts'
import { fault } from '#kernel/fault.ts'
import { limits } from '#kernel/limits.ts'
import type { Reader, SearchPage, StoredVersion } from '#kernel/ports/storage.ts'
import { failed, ok, type Result } from '#kernel/result.ts'
import { mayTouch } from '#platform/security/rights.ts'
import { dateInterval } from '../index/date-interval.ts'
import type { Answer } from '../rest/answer.ts'
import { type BundleEntry, writeBundle } from '../rest/bundle-writer.ts'
import { baseOf, type Call, type Caller, type Rest } from '../rest/call.ts'
import { locate } from '../rest/locate.ts'
import { note } from '../rest/note.ts'
import { matchEntry } from '../rest/search-type.ts'
import { readControls } from '../search/controls.ts'
import { coveredPatients } from '../search/covered.ts'
import { openCursor, sealCursor } from '../search/cursor.ts'
import { printQuery, type QueryParameter, readQuery } from '../search/query.ts'
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

/** Without `_count` the answer is one Bundle of up to so many resources; more come in pages. */
const countDefault = 10_000

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

type Asked = {
  readonly count: number
  readonly page: string | undefined
  readonly types: readonly string[] | undefined
  readonly sinceMs: number | undefined
  readonly from: number | undefined
  readonly to: number | undefined
  readonly applied: readonly QueryParameter[]
}

const taken: ReadonlySet<string> = new Set(['_count', '_page', '_type', '_since', 'start', 'end', '_format', '_pretty'])

/** Types the caller may not read are left out of the question; asking for one of them by name is refused. */
function readAsked({ query, caller }: Call): Result<Asked> {
  const parameters = readQuery(query)
  if (!parameters.ok) return parameters
  const invalid = (name: string) => failed(fault('fhir.parameter-value', { at: name, args: { parameter: name } }))
  const foreign = parameters.value.find(({ name, modifier }) => !taken.has(name) || modifier !== undefined)
  if (foreign)
    return failed(fault('fhir.parameter-unknown', { at: foreign.name, args: { type: 'Patient/$everything', parameter: foreign.name } }))
  const controls = readControls(parameters.value)
  if (!controls.ok) return controls
  const value = (name: string) => parameters.value.find(parameter => parameter.name === name)?.value
  const named = value('_type')?.split(',')
  if (named && !named.every(type => r4.isResourceType(type))) return invalid('_type')
  const forbidden = named?.find(type => !mayTouch(caller.principal, 'read', type))
  if (forbidden) return failed(fault('auth.scope', { args: { scope: `${forbidden}.read` } }))
  const [since, start, end] = ['_since', 'start', 'end'].map(name => {
    const text = value(name)
    return text === undefined ? undefined : (dateInterval(text) ?? null)
  })
  if (since === null) return invalid('_since')
  if (start === null) return invalid('start')
  if (end === null) return invalid('end')
  return ok({
    count: value('_count') === undefined ? countDefault : Math.max(1, controls.value.count),
    page: controls.value.page,
    types: named ?? readableTypes(caller),
    sinceMs: since?.from,
    from: start?.from,
    to: end?.to,
    applied: parameters.value.filter(({ name }) => !['_page', '_format', '_pretty'].includes(name)),
  })
}

function readableTypes({ principal }: Caller): readonly string[] | undefined {
  const types = Object.keys(r4Compartments['Patient']!)
  return types.every(type => mayTouch(principal, 'read', type)) ? undefined : types.filter(type => mayTouch(principal, 'read', type))
}

async function runPage(
  id: string,
  asked: Asked,
  patient: StoredVersion,
  path: string,
  reader: Reader,
  rest: Rest,
): Promise<Result<SearchPage>> {
  const cursor = asked.page === undefined ? ok(undefined) : openCursor(asked.page, `${path}?${printQuery(asked.applied)}`, rest.cursorKey)
  if (!cursor.ok) return cursor
  if (cursor.value && !(patient.tenant in cursor.value.at))
    return failed(fault('fhir.parameter-value', { at: '_page', args: { parameter: '_page' } }))
  const patients = await coveredPatients(id, [patient.tenant], reader)
  if (!patients.ok) return patients
  const { types, from, to, count, sinceMs } = asked
  const page = await reader.compartment({
    patients: patients.value,
    types,
    from,
    to,
    count,
    at: cursor.value?.at ?? {},
    after: cursor.value?.after,
  })
  if (!page.ok || sinceMs === undefined) return page
  return ok({ ...page.value, entries: page.value.entries.filter(stored => stored.committedAtMs >= sinceMs) })
}

const outsideAtOnceMax = limits.searchCountMax

/** Practitioners, organisations, medicines …: what the page names and the compartment does not hold. */
async function readOutside(
  entries: readonly StoredVersion[],
  asked: Asked,
  caller: Caller,
  reader: Reader,
): Promise<Result<StoredVersion[]>> {
  if (asked.applied.some(({ name }) => name === '_type')) return ok([])
  const wanted = outsideReferences(entries).filter(({ type }) => mayTouch(caller.principal, 'read', type))
  if (wanted.length === 0) return ok([])
  const read = await reader.read(wanted.slice(0, outsideAtOnceMax))
  return read.ok ? ok(read.value.filter(stored => stored !== undefined && stored.op !== 'delete') as StoredVersion[]) : read
}

function answerPage(page: SearchPage, outside: readonly StoredVersion[], asked: Asked, path: string, caller: Caller, rest: Rest): Buffer {
  const query = printQuery(asked.applied)
  const here = `${caller.origin}${path}`
  const links = [{ relation: 'self', url: query === '' ? here : `${here}?${query}` }]
  if (page.next !== undefined) {
    const sealed = sealCursor({ after: page.next, at: page.at }, `${path}?${query}`, rest.cursorKey)
    links.push({ relation: 'next', url: `${here}?${query}${query === '' ? '' : '&'}_page=${sealed}` })
  }
  const entries: BundleEntry[] = page.entries.map(stored => matchEntry(stored, stored.body, caller))
  for (const { tenant, type, id, body } of outside)
    entries.push({ fullUrl: `${baseOf(caller, tenant)}/${type}/${id}`, body, rest: '"search":{"mode":"include"}' })
  return writeBundle({ type: 'searchset', links }, entries)
}
