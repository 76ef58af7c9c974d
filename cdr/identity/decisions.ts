// What a person decides about identity: a review question answered, a merge taken back. Each is one commit with its audit.
import type { Claim, RecordPut } from '#kernel/commit.ts'
import { fault } from '#kernel/fault.ts'
import type { Reader, Storage } from '#kernel/ports/storage.ts'
import { failed, ok, type Result } from '#kernel/result.ts'
import type { TenantCode } from '#kernel/tenant.ts'
import { type Draft, decree, openDraft, putsOf } from '../store/draft.ts'
import type { Fact } from '../store/facts.ts'
import type { RepositoryTools } from '../store/unit-of-work.ts'
import { link, type MergeRecord, mergeRecord, movedClaim, unlink } from './merge-patients.ts'
import { patientClaim } from './redirect.ts'
import { type Review, reviewKind } from './review.ts'

export type DecisionTools = Pick<RepositoryTools, 'clock' | 'parse' | 'extract'> & { readonly storage: Storage }

export type Decider = { readonly tenant: TenantCode; readonly by: string; readonly reader: Reader }

/** `same-person` links two Patients; another verdict on a later day takes that link back. The other verdicts only close the question. */
export async function decideReview(
  key: string,
  verdict: 'same-person' | 'different-persons' | 'dismissed',
  who: Decider,
  tools: DecisionTools,
): Promise<Result<Review>> {
  const record = await who.reader.record(who.tenant, reviewKind, key)
  if (!record.ok) return record
  if (!record.value) return failed(fault('identity.review-unknown', { args: { key } }))
  const open = JSON.parse(record.value.value) as Review
  const review: Review = { ...open, decision: { verdict, by: who.by, atMs: tools.clock.now() } }
  const isLinked = open.decision?.verdict === 'same-person'
  const changesLink = (verdict === 'same-person') !== isLinked && open.patients.length === 2
  const drafts = changesLink ? await openPatients(open.patients, who, tools) : ok([])
  if (!drafts.ok) return drafts
  const [a, b] = drafts.value
  if (a && b) isLinked ? unlink(a, b, factOf(tools), 'seealso') : link(a, b, 'seealso', 'seealso', factOf(tools))
  const put: RecordPut = { kind: reviewKind, key, value: JSON.stringify(review), expected: record.value.version }
  const done = await commit(drafts.value, [], [put], `review ${key}: ${verdict}`, who, tools)
  return done.ok ? ok(review) : done
}

/** Both Patients stand for themselves again: links, activity and record numbers as before the merge. */
export async function undoMerge(survivorId: string, retiredId: string, who: Decider, tools: DecisionTools): Promise<Result<void>> {
  const record = await who.reader.record(who.tenant, mergeRecord, survivorId)
  if (!record.ok) return record
  const merges = record.value ? (JSON.parse(record.value.value) as MergeRecord).merges : []
  const step = merges.findLast(each => each.retired === retiredId)
  if (!step) return failed(fault('identity.merge-unknown', { args: { survivor: survivorId, retired: retiredId } }))
  const drafts = await openPatients([`Patient/${survivorId}`, `Patient/${retiredId}`], who, tools)
  if (!drafts.ok) return drafts
  const [survivor, retired] = drafts.value as [Draft, Draft]
  unlink(survivor, retired, factOf(tools))
  decree(retired, { active: true }, factOf(tools))
  const claims = step.keys.flatMap(key => movedClaim(patientClaim(key), `Patient/${retiredId}`))
  const left: MergeRecord = { merges: merges.filter(each => each !== step) }
  const put: RecordPut = {
    kind: mergeRecord,
    key: survivorId,
    value: left.merges.length > 0 ? JSON.stringify(left) : undefined,
    expected: record.value!.version,
  }
  return commit([survivor, retired], claims, [put], `undo merge of Patient/${retiredId} into Patient/${survivorId}`, who, tools)
}

async function openPatients(names: readonly string[], who: Decider, tools: DecisionTools): Promise<Result<Draft[]>> {
  const wanted = names.map(name => ({ type: 'Patient', id: name.slice('Patient/'.length) }))
  const stored = await who.reader.read(wanted)
  if (!stored.ok) return stored
  return ok(wanted.map(({ type, id }, i) => openDraft(type, id, stored.value[i], tools.parse)))
}

async function commit(
  drafts: readonly Draft[],
  claims: readonly Claim[],
  records: readonly RecordPut[],
  subject: string,
  who: Decider,
  tools: DecisionTools,
): Promise<Result<void>> {
  const nowMs = tools.clock.now()
  const done = await tools.storage.commit({
    tenant: who.tenant,
    cause: { by: who.by },
    claims,
    resources: drafts.flatMap(draft => putsOf(draft, nowMs, tools.extract)),
    records,
    audit: [{ atMs: nowMs, principal: who.by, action: 'identity', outcome: 'success', subject }],
  })
  return done.ok ? ok(undefined) : done
}

function factOf(tools: DecisionTools): Fact {
  return { source: 'identity', atMs: tools.clock.now(), message: 0, mentioned: false }
}
