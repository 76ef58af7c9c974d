// What one version of a resource brings about in shared documents: a new document, the withdrawal of the last, or nothing. Each version is answered once.
import type { Clock } from '#kernel/clock.ts'
import type { Fault } from '#kernel/fault.ts'
import { deriveId } from '#kernel/ids.ts'
import type { JsonObject } from '#kernel/json.ts'
import type { DocumentChecker, DocumentWriter, Institution } from '#kernel/ports/documents.ts'
import type { Change, Reader } from '#kernel/ports/storage.ts'
import { ok, type Result } from '#kernel/result.ts'
import type { TenantCode } from '#kernel/tenant.ts'
import { hasTag, lateTag, metaOf } from '../store/body.ts'
import type { Extractor } from '../store/index-diff.ts'
import type { Effects } from '../subscriptions/follower.ts'
import { checkRecord, counted, type DocumentSet, madeUpTo, readSet, setRecord } from './document-set.ts'
import { type Gathered, prepareAt } from './gather.ts'
import { issue } from './issue.ts'
import { referencePuts } from './reference-puts.ts'

export type ProductionTools = {
  readonly writers: readonly DocumentWriter[]
  readonly checker: DocumentChecker
  readonly clock: Clock
  readonly extract: Extractor
  readonly parse: (body: Buffer) => JsonObject
  /** Who keeps the documents of a tenant: organization code and name. */
  readonly custodian: (tenant: TenantCode) => Institution
}

/** One type of document of one version of a root resource. */
export type Work = {
  readonly tenant: TenantCode
  readonly change: Change
  readonly writer: DocumentWriter
  /** `C0007/DiagnosticReport/<id>`. */
  readonly key: string
  readonly set: DocumentSet
  readonly setVersion: number
  /** When the version of the root was committed: the document's own time, so that a rebuild writes the same bytes. */
  readonly atMs: number
  /** What was read for it, by reference. */
  readonly known: Gathered
  readonly reader: Reader
  readonly tools: ProductionTools
}

export async function produce(tenant: TenantCode, change: Change, reader: Reader, tools: ProductionTools): Promise<Result<Effects>> {
  const stored = await reader.vread(change.type, change.id, change.version)
  if (!stored.ok) return stored
  if (!stored.value) return ok({})
  const root = stored.value.op === 'delete' ? undefined : tools.parse(stored.value.body)
  if (root && hasTag(metaOf(root), lateTag.code)) return ok({})
  const known: Gathered = new Map()
  const effects: Effects[] = []
  for (const writer of tools.writers.filter(each => each.root === change.type)) {
    const key = `${writer.code}/${change.type}/${change.id}`
    const kept = await readSet(tenant, key, reader)
    if (!kept.ok) return kept
    const { set, version: setVersion } = kept.value
    if (madeUpTo(set) >= change.version) continue
    const work: Work = { tenant, change, writer, key, set, setVersion, atMs: stored.value.committedAtMs, known, reader, tools }
    const done = await answer(work, root)
    if (!done.ok) return done
    effects.push(done.value)
  }
  return ok(united(effects))
}

/** A fault of the store ends the attempt and is tried again; a fault of the document is its answer. */
async function answer(work: Work, root: JsonObject | undefined): Promise<Result<Effects>> {
  if (!root) return withdraw(work)
  const { writer, change, known, reader, tools, tenant } = work
  const prepared = await prepareAt(writer, { root, t: change.t, custodian: tools.custodian(tenant), reader, parse: tools.parse }, known)
  if (!prepared.ok) return prepared.fault.code === 'document.too-much' ? ok(failure(work, prepared.fault)) : prepared
  const { value } = prepared
  if (value.demand !== 'issue') return value.demand === 'withdraw' ? withdraw(work) : ok({})
  if (isSaid(work.set, value.state)) return ok({})
  const issued = await issue(work, value)
  return issued.ok || issued.fault.code !== 'xml.unwritable' ? issued : ok(failure(work, issued.fault))
}

/** The newest document says it already, and still stands. */
function isSaid({ versions, withdrawn }: DocumentSet, state: string): boolean {
  return withdrawn === undefined && versions.at(-1)?.state === state
}

/** The newest document no longer stands: the report was cancelled, deleted or entered in error. */
async function withdraw(work: Work): Promise<Result<Effects>> {
  const { set, setVersion, key, change } = work
  const last = set.versions.at(-1)
  if (!last || set.withdrawn !== undefined) return ok({})
  const references = await referencePuts(work, undefined, { id: last.reference, status: 'entered-in-error' })
  if (!references.ok) return references
  return ok({ resources: references.value.puts, records: [setRecord(key, { ...set, withdrawn: change.version }, setVersion)] })
}

/** A document that could not be written is counted, and explained where its check would stand. */
function failure(work: Work, trouble: Fault): Effects {
  const { tenant, key, change, writer, tools } = work
  const reference = deriveId(tenant, 'DocumentReference', `${key}#${change.version}`)
  const report = { valid: false, findings: [{ severity: 'error' as const, fault: trouble }] }
  return {
    records: [checkRecord(reference, writer.code, report, tools.clock.now())],
    counts: [counted(writer.code, 'failed', tools.clock.now())],
  }
}

function united(effects: readonly Effects[]): Effects {
  return {
    documents: effects.flatMap(each => each.documents ?? []),
    resources: effects.flatMap(each => each.resources ?? []),
    records: effects.flatMap(each => each.records ?? []),
    counts: effects.flatMap(each => each.counts ?? []),
  }
}
