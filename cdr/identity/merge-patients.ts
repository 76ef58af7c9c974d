// A40 and its undo: the survivor stands for both, both keep their own history, no reference is rewritten; a record remembers what an undo must restore.
import type { Claim, RecordPut } from '#kernel/commit.ts'
import type { PatientMerge } from '#kernel/intent.ts'
import type { JsonObject, JsonValue } from '#kernel/json.ts'
import { ok, type Result } from '#kernel/result.ts'
import { type Draft, decree } from '../store/draft.ts'
import type { Fact } from '../store/facts.ts'
import { objects, personOf } from './person.ts'
import { patientClaim } from './redirect.ts'
import { draftOf, type IdentityWork } from './work.ts'

export const mergeRecord = 'patient-merge'

/** Kept under the survivor's id. `ids` are all Patients that a search for the survivor covers. */
export type MergeRecord = { readonly merges: readonly MergeStep[] }
export type MergeStep = {
  readonly retired: string
  readonly keys: readonly string[]
  readonly ids: readonly string[]
  readonly message: number
  readonly atMs: number
}

/** Ids that the survivor stands for, itself not among them. */
export function coveredIds(record: MergeRecord): string[] {
  return [...new Set(record.merges.flatMap(step => [step.retired, ...step.ids]))]
}

/** Record numbers of the retired Patient go over to the survivor: given back, then taken, in this order. */
export async function applyMerge(work: IdentityWork, merge: PatientMerge, moves: Claim[]): Promise<Result<RecordPut[]>> {
  const survivorId = work.redirects.idOf(merge.survivor)
  const retiredId = work.redirects.idOf(merge.retired)
  if (survivorId === retiredId) return ok([])
  const survivor = await draftOf(work, `Patient/${survivorId}`)
  if (!survivor.ok) return survivor
  const retired = await draftOf(work, `Patient/${retiredId}`)
  if (!retired.ok) return retired
  const records = await readRecords(work, [survivorId, retiredId])
  if (!records.ok) return records
  const [own, theirs] = records.value as [KnownRecord, KnownRecord]
  const keys = [
    ...new Set([merge.retired.key, ...personOf(retired.value.content).recordNumbers, ...theirs.value.merges.flatMap(step => step.keys)]),
  ]
  moves.push(...keys.flatMap(key => movedClaim(patientClaim(key), `Patient/${survivorId}`)))
  link(survivor.value, retired.value, 'replaces', 'replaced-by', work.fact)
  decree(retired.value, { active: false }, work.fact)
  const step: MergeStep = {
    retired: retiredId,
    keys,
    ids: coveredIds(theirs.value),
    message: work.input.message,
    atMs: work.tools.clock.now(),
  }
  const value: MergeRecord = { merges: [...own.value.merges, step] }
  return ok([{ kind: mergeRecord, key: survivorId, value: JSON.stringify(value), expected: own.version }])
}

export function movedClaim(key: string, holder: string): Claim[] {
  return [
    { key, holder: undefined },
    { key, holder },
  ]
}

/** Both sides name each other; a link that is there already stays as it is. */
export function link(a: Draft, b: Draft, aType: string, bType: string, fact: Fact): void {
  addLink(a, b.id, aType, fact)
  addLink(b, a.id, bType, fact)
}

/** Takes the links between two Patients back: all of them, or those of one type. */
export function unlink(a: Draft, b: Draft, fact: Fact, type?: string): void {
  for (const [from, to] of [
    [a, b],
    [b, a],
  ] as const) {
    const links = objects(from.content['link']).filter(
      entry => otherOf(entry) !== `Patient/${to.id}` || (type !== undefined && entry['type'] !== type),
    )
    decree(from, { link: links.length > 0 ? links : undefined } as JsonObject, fact)
  }
}

function addLink(draft: Draft, other: string, type: string, fact: Fact): void {
  const links = objects(draft.content['link'])
  if (links.some(entry => otherOf(entry) === `Patient/${other}` && entry['type'] === type)) return
  decree(draft, { link: [...links, { other: { reference: `Patient/${other}` }, type }] as JsonValue[] }, fact)
}

function otherOf(entry: JsonObject): JsonValue | undefined {
  return (entry['other'] as JsonObject | undefined)?.['reference']
}

type KnownRecord = { readonly value: MergeRecord; readonly version: number }

async function readRecords(work: IdentityWork, ids: readonly string[]): Promise<Result<KnownRecord[]>> {
  const found: KnownRecord[] = []
  for (const id of ids) {
    const record = await work.reader.record(work.input.tenant, mergeRecord, id)
    if (!record.ok) return record
    found.push(
      record.value
        ? { value: JSON.parse(record.value.value) as MergeRecord, version: record.value.version }
        : { value: { merges: [] }, version: 0 },
    )
  }
  return ok(found)
}
