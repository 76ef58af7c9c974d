// The list of shared documents: by patient (merged charts included), type and status, newest first, all pages at one logical time.
import { fault } from '#kernel/fault.ts'
import { isFhirId } from '#kernel/ids.ts'
import type { JsonObject, JsonValue } from '#kernel/json.ts'
import { codeRoots, urnOid } from '#kernel/oid.ts'
import type { Reader, StoredVersion } from '#kernel/ports/storage.ts'
import { failed, ok, type Result } from '#kernel/result.ts'
import type { Filter } from '#kernel/search-plan.ts'
import type { Call } from '#platform/http/route.ts'
import { auditEntry } from '../access/audit.ts'
import { coveredBy, widen } from '../search/covered.ts'
import { openCursor, sealCursor } from '../search/cursor.ts'
import type { DocumentTools } from './document.ts'
import { checkKind, type DocumentCheck } from './document-set.ts'

export const statuses = ['current', 'superseded', 'entered-in-error'] as const
const rowsDefault = 50
export const documentTypeSystem = urnOid(codeRoots.documentType)

export async function listDocuments(call: Call, tools: DocumentTools): Promise<Result<unknown>> {
  const { patient, type, status, limit = rowsDefault, page } = call.query
  if (patient !== undefined && !isFhirId(String(patient)))
    return failed(fault('http.parameter', { args: { name: 'patient', reason: 'id' } }))
  const noted = noteSearch(call, tools)
  if (!noted.ok) return noted
  const question = JSON.stringify(['documents', patient, type, status, limit])
  const cursor = page === undefined ? ok(undefined) : openCursor(String(page), question, tools.cursorKey)
  if (!cursor.ok) return cursor
  const tenants = cursor.value ? Object.keys(cursor.value.at) : call.scope.tenants
  const foreign = tenants.find(tenant => !call.scope.tenants.includes(tenant))
  if (foreign !== undefined) return failed(fault('auth.tenant', { args: { tenant: foreign } }))
  const reader = tools.storage.reader({ principal: call.principal, tenants })
  const where: Filter = { op: 'and', of: filtersOf({ patient, type, status }) }
  const covered = cursor.value ? ok(cursor.value.covered) : await coveredBy(where, tenants, reader)
  if (!covered.ok) return covered
  const found = await reader.search({
    type: 'DocumentReference',
    where: widen(where, covered.value),
    sort: [{ param: 'date', kind: 'when', descending: true }],
    count: Number(limit),
    after: cursor.value?.after,
    total: 'none',
    at: cursor.value?.at ?? {},
  })
  if (!found.ok) return found.fault.code === 'store.horizon' ? failed(fault('fhir.page-expired')) : found
  const { entries, next, at } = found.value
  const documents = await Promise.all(entries.map(stored => rowOf(stored, reader, tools)))
  return ok({
    documents,
    ...(next !== undefined && { next: sealCursor({ after: next, at, covered: covered.value }, question, tools.cursorKey) }),
  })
}

/** Shared documents only: other DocumentReferences have other types. */
function filtersOf({ patient, type, status }: Record<'patient' | 'type' | 'status', unknown>): Filter[] {
  const kind: Filter = { op: 'token', param: 'type', system: documentTypeSystem, ...(type !== undefined && { code: String(type) }) }
  return [
    ...(patient !== undefined ? [{ op: 'patient' as const, ids: [String(patient)] }] : []),
    kind,
    ...(status !== undefined ? [{ op: 'token' as const, param: 'status', code: String(status) }] : []),
  ]
}

function noteSearch(call: Call, tools: DocumentTools): Result<void> {
  const { patient, type } = call.query
  const subject = `DocumentReference?type=${String(type ?? '')}`
  for (const tenant of call.scope.tenants) {
    const touch = { action: 'search', subject, ...(patient !== undefined && { patient: String(patient) }) }
    const noted = tools.storage.audit(tenant, auditEntry(call, touch, tools.clock.now()))
    if (!noted.ok) return noted
  }
  return ok(undefined)
}

async function rowOf(stored: StoredVersion, reader: Reader, tools: DocumentTools): Promise<Record<string, unknown>> {
  const reference = tools.parse(stored.body)
  const coding = codingOf(reference)
  const check = await reader.record(stored.tenant, checkKind, stored.id)
  const { valid, errors, warnings } =
    check.ok && check.value ? (JSON.parse(check.value.value) as DocumentCheck) : ({} as Partial<DocumentCheck>)
  const subject = object(reference['subject'])
  const period = object(object(reference['context'])['period'])
  const replaced = first(reference['relatesTo'])
  return {
    tenant: stored.tenant,
    id: stored.id,
    code: text(coding['code']),
    title: text(coding['display']),
    status: text(reference['status']),
    number: text(object(reference['masterIdentifier'])['value']),
    date: text(reference['date']),
    ...stated({
      clinicalTime: text(period['start']),
      patient: patientOf(subject),
      patientName: text(subject['display']),
      author: text(first(reference['author'])['display']),
      replaces: text(object(replaced['target'])['reference']).split('/')[1] ?? '',
    }),
    ...(valid !== undefined && { checked: { valid, errors, warnings } }),
  }
}

/** The coding of the national list among those of the type. */
export function codingOf(reference: JsonObject): JsonObject {
  const codings = (object(reference['type'])['coding'] ?? []) as readonly JsonObject[]
  return codings.find(coding => coding['system'] === documentTypeSystem) ?? {}
}

export function patientOf(subject: JsonObject): string {
  const [type, id] = text(subject['reference']).split('/')
  return type === 'Patient' ? (id ?? '') : ''
}

function stated(members: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== ''))
}

function first(value: JsonValue | undefined): JsonObject {
  return object(Array.isArray(value) ? value[0] : undefined)
}

export function object(value: JsonValue | undefined): JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : {}
}

export function text(value: JsonValue | undefined): string {
  return typeof value === 'string' ? value : ''
}
