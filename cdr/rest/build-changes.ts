// Changes as puts and claims: read the current versions, check what the caller expects of them, replace, settle identity, print.
import { readStored } from '#formats/fhir/json/stored.ts'
import type { Claim, RecordPut, ResourcePut } from '#kernel/commit.ts'
import { type Fault, fault } from '#kernel/fault.ts'
import type { JsonObject } from '#kernel/json.ts'
import type { Reader, StoredVersion } from '#kernel/ports/storage.ts'
import { failed, ok, type Result } from '#kernel/result.ts'
import { releasedClaims, settleWritten } from '../identity/settle-written.ts'
import { type Draft, openDraft, putsOf } from '../store/draft.ts'
import type { Fact } from '../store/facts.ts'
import { diffRows } from '../store/index-diff.ts'
import { replace } from '../store/replace.ts'
import type { Caller, Rest } from './call.ts'
import type { Change, Changed, ChangeSet } from './changes.ts'
import { turns } from './turns.ts'

export type BuiltChanges = {
  readonly resources: readonly ResourcePut[]
  readonly claims: readonly Claim[]
  readonly records: readonly RecordPut[]
  readonly changed: readonly Changed[]
}

export async function buildChanges(set: ChangeSet, caller: Caller, reader: Reader, rest: Rest): Promise<Result<BuiltChanges>> {
  const known = await currentVersions(set.changes, reader)
  if (!known.ok) return known
  const refused = firstRefusal(set.changes, known.value)
  if (refused) return failed(refused)
  const nowMs = rest.clock.now()
  const fact: Fact = { source: caller.principal.id, atMs: nowMs, message: 0, mentioned: false }
  const drafts = new Map<string, Draft>()
  const turn = turns()
  for (const change of set.changes) {
    await turn()
    if (change.op === 'delete') continue
    const draft = openDraft(change.type, change.id, known.value.get(nameOf(change)), parse)
    replace(draft, change.resource!, fact)
    drafts.set(nameOf(change), draft)
  }
  const identity = await settleWritten({
    tenant: set.tenant,
    drafts,
    reader,
    tools: { clock: rest.clock, parse, digest: rest.digest },
    fact,
  })
  if (!identity.ok) return identity
  const written = await printed(drafts, nowMs, rest)
  const removed = await removals(set, known.value, reader, rest)
  if (!removed.ok) return removed
  return ok({
    resources: [...removed.value.resources, ...[...written.values()].flat()],
    claims: [...set.claims, ...identity.value.claims, ...removed.value.claims],
    records: identity.value.records,
    changed: set.changes.map(change => outcomeOf(change, known.value.get(nameOf(change)), written.get(nameOf(change)), nowMs)),
  })
}

/** Only what may exist is read: the id of a create is new. */
async function currentVersions(changes: readonly Change[], reader: Reader): Promise<Result<Map<string, StoredVersion>>> {
  const known = new Map<string, StoredVersion>()
  const wanted = changes.filter(change => change.op !== 'create')
  if (wanted.length === 0) return ok(known)
  const stored = await reader.read(wanted)
  if (!stored.ok) return stored
  for (const version of stored.value) if (version) known.set(nameOf(version), version)
  return ok(known)
}

function firstRefusal(changes: readonly Change[], known: ReadonlyMap<string, StoredVersion>): Fault | undefined {
  for (const change of changes) {
    const { type, id, expected, mustBeNew } = change
    const stored = known.get(nameOf(change))
    const version = stored && stored.op !== 'delete' ? stored.version : 0
    const current = mustBeNew && version > 0 ? version : expected !== undefined && expected !== version ? version : undefined
    if (current !== undefined) return fault('fhir.version-conflict', { args: { type, id, current, expected: expected ?? 0 } })
  }
  return undefined
}

async function printed(drafts: ReadonlyMap<string, Draft>, nowMs: number, rest: Rest): Promise<Map<string, ResourcePut[]>> {
  const written = new Map<string, ResourcePut[]>()
  const turn = turns()
  for (const [name, draft] of drafts) {
    written.set(name, putsOf(draft, nowMs, rest.extract))
    await turn()
  }
  return written
}

async function removals(
  set: ChangeSet,
  known: ReadonlyMap<string, StoredVersion>,
  reader: Reader,
  rest: Rest,
): Promise<Result<{ resources: ResourcePut[]; claims: Claim[] }>> {
  const resources: ResourcePut[] = []
  const claims: Claim[] = []
  for (const change of set.changes) {
    const stored = change.op === 'delete' ? known.get(nameOf(change)) : undefined
    if (!stored || stored.op === 'delete') continue
    const { type, id, version } = stored
    const before = parse(stored.body)
    resources.push({ type, id, version, op: 'delete', body: '', facts: '', ...diffRows(rest.extract(before), undefined) })
    if (type !== 'Patient') continue
    const released = await releasedClaims(before, id, { reader, tenant: set.tenant, digest: rest.digest })
    if (!released.ok) return released
    claims.push(...released.value)
  }
  return ok({ resources, claims })
}

function outcomeOf(change: Change, stored: StoredVersion | undefined, puts: readonly ResourcePut[] | undefined, nowMs: number): Changed {
  const { type, id } = change
  const before = stored !== undefined && stored.op !== 'delete'
  const version = stored?.version ?? 0
  if (change.op === 'delete')
    return { type, id, outcome: before ? 'deleted' : 'gone', version: before ? version + 1 : version, body: '', committedAtMs: nowMs }
  const put = puts?.findLast(p => p.op !== 'touch')
  if (!put) return { type, id, outcome: 'same', version, body: stored!.body, committedAtMs: stored!.committedAtMs }
  return { type, id, outcome: before ? 'updated' : 'created', version: put.version + 1, body: put.body, committedAtMs: nowMs }
}

function nameOf(of: { readonly type: string; readonly id: string }): string {
  return `${of.type}/${of.id}`
}

function parse(body: Buffer): JsonObject {
  return readStored(body.toString('utf8'))
}
