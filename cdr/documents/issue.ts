// Issuing a document: numbered, written, checked, and registered in the place of the last, as one set of effects.
import { hash } from 'node:crypto'
import { deriveId, deriveUuid } from '#kernel/ids.ts'
import type { JsonObject } from '#kernel/json.ts'
import { idRoots, urnOid } from '#kernel/oid.ts'
import type { DocumentFinding, DocumentIdentity, DocumentReport, PreparedIssue, RegisteredDocument } from '#kernel/ports/documents.ts'
import { ok, type Result } from '#kernel/result.ts'
import type { Effects } from '../subscriptions/follower.ts'
import { checkRecord, counted, type SetVersion, setRecord } from './document-set.ts'
import type { Work } from './produce.ts'
import { documentMediaType, documentReference } from './reference.ts'
import { referencePuts } from './reference-puts.ts'

export async function issue(work: Work, prepared: PreparedIssue): Promise<Result<Effects>> {
  const { writer, key, set, setVersion, tools } = work
  const nowMs = tools.clock.now()
  const last = set.versions.at(-1)
  const made = newVersion(work, prepared.state)
  const identity = identityOf(work, made, last)
  const written = prepared.write(identity)
  if (!written.ok) return written
  const bytes = Buffer.from(written.value.xml)
  const report = withNoted(tools.checker.check(bytes, registeredFacts(work, prepared, made.number)), written.value.findings)
  const reference = documentReference({ ...work, prepared, identity, id: made.reference, bytes, replaces: last?.reference })
  const references = await referencePuts(work, reference, last && { id: last.reference, status: 'superseded' })
  if (!references.ok) return references
  const sha256 = hash('sha256', bytes)
  const check = checkRecord(made.reference, writer.code, report, nowMs, sha256)
  const counts = [counted(writer.code, 'produced', nowMs), ...(report.valid ? [counted(writer.code, 'valid', nowMs)] : [])]
  return ok({
    documents: [{ sha256, mediaType: documentMediaType, bytes }],
    resources: references.value.puts,
    records: [setRecord(key, { versions: [...set.versions, made] }, setVersion), check],
    counts: references.value.isNew ? counts : [],
  })
}

/** Numbers derive from the root and its version: whoever makes the document again makes the same. */
function newVersion({ tenant, key, change }: Work, state: string): SetVersion {
  const name = `${key}#${change.version}`
  return {
    root: change.version,
    reference: deriveId(tenant, 'DocumentReference', name),
    number: deriveUuid(tenant, 'document', name),
    state,
  }
}

function identityOf({ tenant, key, set, atMs }: Work, made: SetVersion, last: SetVersion | undefined): DocumentIdentity {
  const version = set.versions.length + 1
  return {
    number: made.number,
    setNumber: deriveUuid(tenant, 'document-set', key),
    version,
    ...(last && { replaces: { number: last.number, version: version - 1 } }),
    writtenAtMs: atMs,
  }
}

/** The check of the bytes, with what the writer already knew. */
function withNoted(report: DocumentReport, noted: readonly DocumentFinding[]): DocumentReport {
  const findings = [...noted, ...report.findings]
  return { ...report, valid: !findings.some(({ severity }) => severity === 'error'), findings }
}

/** What the registry knows, for comparison with what the document says. */
function registeredFacts({ writer, atMs, known }: Work, { registration }: PreparedIssue, number: string): RegisteredDocument {
  const patient = known.get(String(registration.subject?.['reference'] ?? ''))
  return { number, code: writer.code, title: writer.title, effectiveTimeMs: atMs, ...(patient && patientFacts(patient)) }
}

function patientFacts(patient: JsonObject): Pick<RegisteredDocument, 'patientIds'> {
  const identifiers = (patient['identifier'] ?? []) as readonly JsonObject[]
  const card = identifiers.find(identifier => identifier['system'] === urnOid(idRoots.idCard))?.['value']
  return typeof card === 'string' ? { patientIds: { [idRoots.idCard]: card } } : {}
}
