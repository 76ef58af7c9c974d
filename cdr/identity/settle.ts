// Identity inside a unit of work: record numbers are claimed, merges take effect, identity cards link or are put before a person.
import type { Claim, RecordPut } from '#kernel/commit.ts'
import { ok, type Result } from '#kernel/result.ts'
import type { Draft } from '../store/draft.ts'
import { applyMerge, link } from './merge-patients.ts'
import { type Person, personOf } from './person.ts'
import { patientClaim } from './redirect.ts'
import { reviewRecord } from './review.ts'
import { cardFits, compare, misfit } from './verdict.ts'
import { draftOf, type IdentityWork } from './work.ts'

export type Identity = { readonly claims: readonly Claim[]; readonly records: readonly RecordPut[] }

export async function settleIdentity(work: IdentityWork): Promise<Result<Identity>> {
  const claims = new Map<string, string | undefined>()
  const moves: Claim[] = []
  const records: RecordPut[] = []
  for (const intent of work.input.mapped.intents) {
    if (intent.type === 'Patient' && work.redirects.holderOf(intent.key) === undefined)
      claims.set(patientClaim(intent.key), `Patient/${intent.id}`)
  }
  for (const merge of work.input.mapped.merges) {
    const done = await applyMerge(work, merge, moves)
    if (!done.ok) return done
    records.push(...done.value)
  }
  const cards = await settleCards(work, claims)
  if (!cards.ok) return cards
  records.push(...cards.value)
  return ok({ claims: [...[...claims].map(([key, holder]) => ({ key, holder })), ...moves], records })
}

/** Judges the card of every changed Patient of the work; the review questions it raises. */
export async function settleCards(work: IdentityWork, claims: Map<string, string | undefined>): Promise<Result<RecordPut[]>> {
  const records: RecordPut[] = []
  for (const draft of [...work.drafts.values()]) {
    if (draft.type !== 'Patient' || !draft.changed || draft.content['active'] === false) continue
    const person = personOf(draft.content)
    const settled = person.card && cardChanged(draft, person) ? await settleCard(work, draft, person, claims) : ok([])
    if (!settled.ok) return settled
    records.push(...settled.value)
  }
  return ok(records)
}

export function cardClaim(card: string, digest: (value: string) => string): string {
  return `card|${digest(card)}`
}

/** Cards are looked at again only when something that decides about them is new. */
function cardChanged(draft: Draft, now: Person): boolean {
  if (!draft.before) return true
  const then = personOf(draft.before)
  return then.card?.number !== now.card?.number || then.birthDate !== now.birthDate || then.sex !== now.sex || then.name !== now.name
}

async function settleCard(
  work: IdentityWork,
  draft: Draft,
  person: Person,
  claims: Map<string, string | undefined>,
): Promise<Result<RecordPut[]>> {
  const me = `Patient/${draft.id}`
  const nowMs = work.tools.clock.now()
  if (!cardFits(person)) return reviewRecord(work, { reason: misfit(person), patients: [me], message: work.input.message, atMs: nowMs })
  const key = cardClaim(person.card!.number, work.tools.digest)
  const held = await work.reader.claims(work.input.tenant, [key])
  if (!held.ok) return held
  const holder = claims.get(key) ?? held.value[0]
  if (holder === undefined) claims.set(key, me)
  if (holder === undefined || holder === me) return ok([])
  const other = await draftOf(work, holder)
  if (!other.ok) return other
  const verdict = compare(person, personOf(other.value.content))
  if (verdict.kind === 'same-person') link(draft, other.value, 'seealso', 'seealso', work.fact)
  if (verdict.kind === 'review')
    return reviewRecord(work, { reason: verdict.reason, patients: [me, holder].sort(), message: work.input.message, atMs: nowMs })
  return ok([])
}
