// Identity of Patients written by a request: their record numbers are claimed where free, shared ones are put before a person, cards are judged as a message's are.
import type { Claim, RecordPut } from '#kernel/commit.ts'
import type { JsonObject } from '#kernel/json.ts'
import { ok, type Result } from '#kernel/result.ts'
import type { Draft } from '../store/draft.ts'
import { personOf } from './person.ts'
import { noRedirects, patientClaim } from './redirect.ts'
import { reviewRecord } from './review.ts'
import { cardClaim, type Identity, settleCards } from './settle.ts'
import type { IdentityWork } from './work.ts'

export type WrittenWork = Omit<IdentityWork, 'input' | 'redirects'> & { readonly tenant: string }

/** Drafts of other Patients that a card links join `work.drafts`. */
export async function settleWritten(written: WrittenWork): Promise<Result<Identity>> {
  const work: IdentityWork = {
    ...written,
    redirects: noRedirects,
    input: { tenant: written.tenant, message: 0, mapped: { intents: [], merges: [], gaps: [], faults: [] } },
  }
  const claims = new Map<string, string | undefined>()
  const numbers = await claimNumbers(work, claims)
  if (!numbers.ok) return numbers
  const cards = await settleCards(work, claims)
  if (!cards.ok) return cards
  return ok({ claims: [...claims].map(([key, holder]) => ({ key, holder })), records: [...numbers.value, ...cards.value] })
}

async function claimNumbers(work: IdentityWork, claims: Map<string, string | undefined>): Promise<Result<RecordPut[]>> {
  const wanted = [...work.drafts.values()].flatMap(draft => newNumbers(draft).map(number => ({ draft, key: patientClaim(number) })))
  if (wanted.length === 0) return ok([])
  const held = await work.reader.claims(
    work.input.tenant,
    wanted.map(({ key }) => key),
  )
  if (!held.ok) return held
  const records: RecordPut[] = []
  for (const [i, { draft, key }] of wanted.entries()) {
    const me = `Patient/${draft.id}`
    const holder = claims.get(key) ?? held.value[i]
    if (holder === undefined) claims.set(key, me)
    if (holder === undefined || holder === me) continue
    const nowMs = work.tools.clock.now()
    const review = await reviewRecord(work, { reason: 'same-record-number', patients: [me, holder].sort(), message: 0, atMs: nowMs })
    if (!review.ok) return review
    records.push(...review.value)
  }
  return ok(records)
}

/** Record numbers of a changed Patient that its stored version does not have. */
function newNumbers(draft: Draft): readonly string[] {
  if (draft.type !== 'Patient' || !draft.changed) return []
  const before = new Set(draft.before ? personOf(draft.before).recordNumbers : [])
  return personOf(draft.content).recordNumbers.filter(number => !before.has(number))
}

/** What a deleted Patient gives back: the claims it holds on its numbers and its card. */
export async function releasedClaims(
  patient: JsonObject,
  id: string,
  work: Pick<IdentityWork, 'reader'> & { tenant: string; digest: (value: string) => string },
): Promise<Result<Claim[]>> {
  const { recordNumbers, card } = personOf(patient)
  const keys = [...recordNumbers.map(patientClaim), ...(card ? [cardClaim(card.number, work.digest)] : [])]
  if (keys.length === 0) return ok([])
  const held = await work.reader.claims(work.tenant, keys)
  if (!held.ok) return held
  return ok(keys.filter((_, i) => held.value[i] === `Patient/${id}`).map(key => ({ key, holder: undefined })))
}
