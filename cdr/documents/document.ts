// One shared document over the console API: its bytes, its page, its findings; every look at it is audited. One of another tenant looks as if there were none.
import { type DocumentPage, pageOf } from '#formats/cda/page.ts'
import { readCda } from '#formats/cda/read.ts'
import type { DocumentSpec } from '#formats/cda/spec.ts'
import type { DisplayOf } from '#formats/cda/value-text.ts'
import type { Clock } from '#kernel/clock.ts'
import { type Fault, fault, faultHint, faultText, type Language } from '#kernel/fault.ts'
import { isFhirId } from '#kernel/ids.ts'
import type { JsonObject } from '#kernel/json.ts'
import { idRoots } from '#kernel/oid.ts'
import type { DocumentChecker, DocumentFinding, DocumentReport, RegisteredDocument } from '#kernel/ports/documents.ts'
import type { Reader, Storage } from '#kernel/ports/storage.ts'
import { failed, ok, type Result } from '#kernel/result.ts'
import type { TenantCode } from '#kernel/tenant.ts'
import type { Call } from '#platform/http/route.ts'
import { auditEntry } from '../access/audit.ts'
import { maskNumber } from '../chart/mask.ts'
import { checkKind, checkRecord, type DocumentCheck } from './document-set.ts'
import { codingOf, object, patientOf, text } from './list.ts'
import { documentMediaType } from './reference.ts'

export type DocumentTools = {
  readonly storage: Storage
  readonly clock: Clock
  readonly checker: DocumentChecker
  /** What every type consists of, for the names on a page. */
  readonly specs: ReadonlyMap<string, DocumentSpec>
  readonly displayOf: DisplayOf
  readonly parse: (body: Buffer) => JsonObject
  /** Seals page marks. */
  readonly cursorKey: Uint8Array
  /** Resource types that documents are written from. */
  readonly roots: readonly string[]
  /** Logical time up to which documents of a tenant have been made; undefined where no follower runs. */
  readonly place: (tenant: TenantCode) => number | undefined
}

type Opened = {
  readonly tenant: TenantCode
  readonly id: string
  readonly reference: JsonObject
  readonly check: DocumentCheck
  readonly checkVersion: number
  readonly reader: Reader
}

export async function readOriginal(call: Call, tools: DocumentTools): Promise<Result<unknown>> {
  const original = await originalOf(call, tools, 'view-document')
  if (!original.ok) return original
  const { bytes, reference } = original.value
  const fileName = `${text(codingOf(reference)['code'])}-${text(object(reference['masterIdentifier'])['value'])}.xml`
  return ok({ mediaType: `${documentMediaType}; charset=utf-8`, bytes, fileName })
}

export async function readPage(call: Call, tools: DocumentTools): Promise<Result<unknown>> {
  const original = await originalOf(call, tools, 'view-document')
  if (!original.ok) return original
  const read = readCda(original.value.bytes)
  if (!read.ok) return read
  const { document } = read.value
  const spec = tools.specs.get(document.code.code ?? '')
  return ok(masked(pageOf(document, { displayOf: tools.displayOf, ...(spec && { spec }) })))
}

const personal: ReadonlySet<string> = new Set([`id.${idRoots.idCard}`, `id.${idRoots.healthCard}`, 'patient.telecom'])

/** Numbers of a person outside the hospital are starred on pages, as in the chart; the original has them. */
function masked(page: DocumentPage): DocumentPage {
  const header = page.header.map(group => ({
    ...group,
    facts: group.facts.map(fact => (personal.has(fact.key) ? { ...fact, value: maskNumber(fact.value) } : fact)),
  }))
  return { ...page, header }
}

export async function readFindings(call: Call, tools: DocumentTools): Promise<Result<unknown>> {
  const opened = await openDocument(call, tools, 'view-findings')
  if (!opened.ok) return opened
  const { check, reference } = opened.value
  const { valid, errors, warnings } = check
  return ok({
    code: check.code,
    title: text(codingOf(reference)['display']),
    number: text(object(reference['masterIdentifier'])['value']),
    valid,
    errors,
    warnings,
    findings: check.findings.map(finding => describeFinding(finding, call.language)),
  })
}

/** Checks the stored bytes anew, under the rules of today, and remembers what was found. */
export async function checkAgain(call: Call, tools: DocumentTools): Promise<Result<unknown>> {
  const original = await originalOf(call, tools, 'check-document')
  if (!original.ok) return original
  const { bytes, tenant, id, reference, check, checkVersion } = original.value
  const report = tools.checker.check(bytes, registeredFacts(reference))
  const record = { ...checkRecord(id, check.code, report, tools.clock.now(), check.sha256), expected: checkVersion }
  const done = await tools.storage.commit({ tenant, cause: { by: call.principal.id }, records: [record] })
  return done.ok ? ok(describeReport(report, call.language)) : done
}

/** What the reference says that the document must say too. */
function registeredFacts(reference: JsonObject): RegisteredDocument {
  const coding = codingOf(reference)
  const number = text(object(reference['masterIdentifier'])['value'])
  const made = Date.parse(text(reference['date']))
  return {
    number,
    code: text(coding['code']),
    title: text(coding['display']),
    ...(Number.isNaN(made) ? {} : { effectiveTimeMs: made }),
  }
}

export function checkSent(call: Call, tools: DocumentTools): Result<unknown> {
  return ok(describeReport(tools.checker.check(call.bytes), call.language))
}

async function originalOf(call: Call, tools: DocumentTools, action: string): Promise<Result<Opened & { readonly bytes: Buffer }>> {
  const opened = await openDocument(call, tools, action)
  if (!opened.ok) return opened
  const { check, id, reader } = opened.value
  const original = check.sha256 === undefined ? ok(undefined) : await reader.document(check.sha256)
  if (!original.ok) return original
  if (!original.value) return failed(fault('document.original-lost', { args: { id } }))
  return ok({ ...opened.value, bytes: original.value.bytes })
}

/** The document of the path, audited before anything of it is handed out. */
async function openDocument(call: Call, tools: DocumentTools, action: string): Promise<Result<Opened>> {
  const tenant = call.path['tenant']!
  const id = call.path['id']!
  const unknown = failed(fault('document.unknown', { args: { id: id.slice(0, 64) } }))
  if (!call.scope.tenants.includes(tenant) || !isFhirId(id)) return unknown
  const reader = tools.storage.reader({ principal: call.principal, tenants: [tenant] })
  const read = await reader.read([{ type: 'DocumentReference', id }])
  if (!read.ok) return read
  const [stored] = read.value
  const record = await reader.record(tenant, checkKind, id)
  if (!record.ok) return record
  if (!stored || stored.op === 'delete' || !record.value) return unknown
  const reference = tools.parse(stored.body)
  const patient = patientOf(object(reference['subject']))
  const touch = { action, subject: `DocumentReference/${id}`, ...(patient !== '' && { patient }) }
  const noted = tools.storage.audit(tenant, auditEntry(call, touch, tools.clock.now()))
  if (!noted.ok) return noted
  const check = JSON.parse(record.value.value) as DocumentCheck
  return ok({ tenant, id, reference, check, checkVersion: record.value.version, reader })
}

function describeReport({ code, title, number, valid, findings }: DocumentReport, language: Language): Record<string, unknown> {
  return {
    code,
    title,
    number,
    valid,
    errors: findings.filter(({ severity }) => severity === 'error').length,
    warnings: findings.filter(({ severity }) => severity === 'warning').length,
    findings: findings.map(finding => describeFinding(finding, language)),
  }
}

export function describeFinding({ severity, fault: trouble, line, column }: DocumentFinding, language: Language): Record<string, unknown> {
  return { severity, fault: describeFault(trouble, language), line, column }
}

function describeFault(trouble: Fault, language: Language): Record<string, unknown> {
  const { code, category, at } = trouble
  return { code, category, at, text: faultText(trouble, language), hint: faultHint(trouble, language) || undefined }
}
