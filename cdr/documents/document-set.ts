// What the platform remembers of the documents it made: the versions of one set, and the check of each document. Records, so that all of it can be rebuilt.
import type { CountAdd, RecordPut } from '#kernel/commit.ts'
import type { DocumentFinding, DocumentReport } from '#kernel/ports/documents.ts'
import type { Reader } from '#kernel/ports/storage.ts'
import { ok, type Result } from '#kernel/result.ts'
import type { TenantCode } from '#kernel/tenant.ts'

/** Key `C0007/DiagnosticReport/<id>`. */
export const setKind = 'document-set'
/** Key: id of the DocumentReference. The rating counts these. */
export const checkKind = 'document-check'
/** Counter, key `C0007/produced`, `C0007/valid` or `C0007/failed`. */
export const countKind = 'document'

export type DocumentSet = {
  /** Newest last. */
  readonly versions: readonly SetVersion[]
  /** Version of the root resource by which the newest was withdrawn. */
  readonly withdrawn?: number
}

export type SetVersion = {
  /** Version of the root resource it was written from. */
  readonly root: number
  /** Id of the DocumentReference. */
  readonly reference: string
  readonly number: string
  /** Hash of what it says (PreparedIssue.state). */
  readonly state: string
}

export type DocumentCheck = {
  readonly code: string
  readonly valid: boolean
  readonly errors: number
  readonly warnings: number
  readonly findings: readonly DocumentFinding[]
  readonly checkedAtMs: number
  /** The original; undefined when none could be written. */
  readonly sha256?: string
}

export type StoredSet = { readonly set: DocumentSet; readonly version: number }

const noSet: StoredSet = { set: { versions: [] }, version: 0 }

export async function readSet(tenant: TenantCode, key: string, reader: Reader): Promise<Result<StoredSet>> {
  const record = await reader.record(tenant, setKind, key)
  if (!record.ok) return record
  return ok(record.value ? { set: JSON.parse(record.value.value) as DocumentSet, version: record.value.version } : noSet)
}

/** Version of the root up to which the set is made; 0 for a new one. */
export function madeUpTo({ versions, withdrawn = 0 }: DocumentSet): number {
  return Math.max(withdrawn, versions.at(-1)?.root ?? 0)
}

export function setRecord(key: string, set: DocumentSet, expected: number): RecordPut {
  return { kind: setKind, key, value: JSON.stringify(set), expected }
}

/** Enough for a reader; a document with more wrong in it is wrong enough. */
const findingsKeptMax = 100

export function checkRecord(
  reference: string,
  code: string,
  { valid, findings }: DocumentReport,
  checkedAtMs: number,
  sha256?: string,
): RecordPut {
  const count = (severity: string) => findings.filter(finding => finding.severity === severity).length
  const check: DocumentCheck = {
    code,
    valid,
    errors: count('error'),
    warnings: count('warning'),
    findings: findings.slice(0, findingsKeptMax),
    checkedAtMs,
    ...(sha256 !== undefined && { sha256 }),
  }
  return { kind: checkKind, key: reference, value: JSON.stringify(check) }
}

export function counted(code: string, what: 'produced' | 'valid' | 'failed', nowMs: number): CountAdd {
  return { kind: countKind, key: `${code}/${what}`, hour: Math.floor(nowMs / 3_600_000), add: 1 }
}
