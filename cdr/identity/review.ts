// The identity review list: what a person must decide, kept as records; the same question is asked once.
import type { RecordPut } from '#kernel/commit.ts'
import { ok, type Result } from '#kernel/result.ts'
import type { ReviewReason } from './verdict.ts'
import type { IdentityWork } from './work.ts'

export const reviewKind = 'identity-review'

export type Review = {
  readonly reason: ReviewReason
  /** `Patient/id` of one or two Patients, sorted. */
  readonly patients: readonly string[]
  readonly message: number
  readonly atMs: number
  readonly decision?: { readonly verdict: 'same-person' | 'different-persons' | 'dismissed'; readonly by: string; readonly atMs: number }
}

export function reviewKey(review: Pick<Review, 'reason' | 'patients'>): string {
  return `${review.patients.join('+')}:${review.reason}`
}

/** The record to put, or nothing when the question stands already (decided or not). */
export async function reviewRecord(work: IdentityWork, review: Review): Promise<Result<RecordPut[]>> {
  const key = reviewKey(review)
  const known = await work.reader.record(work.input.tenant, reviewKind, key)
  if (!known.ok) return known
  return ok(known.value ? [] : [{ kind: reviewKind, key, value: JSON.stringify(review), expected: 0 }])
}
