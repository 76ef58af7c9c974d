// Does an identity card make two Patients of a tenant one person? Only when card, birth date, sex and name all agree; everything else a person decides.
import type { Person } from './person.ts'

export type ReviewReason =
  /** The card's holder was of an age to be the patient's mother: a newborn on the mother's card. */
  | 'newborn-on-mothers-card'
  /** Birth date or sex on the card are not the patient's: a borrowed or mistyped card. */
  | 'card-not-of-patient'
  /** Two patients share a card that fits both, under different names. */
  | 'same-card-other-name'
  /** Two patients carry the same record number. */
  | 'same-record-number'

export type Verdict =
  | { readonly kind: 'unrelated' }
  | { readonly kind: 'same-person' }
  | { readonly kind: 'review'; readonly reason: ReviewReason }

const yearMs = 365.25 * 86_400_000

/** Does the card fit the patient who carries it? Missing birth date or sex cannot confirm, so it does not. */
export function cardFits(person: Person): boolean {
  return person.card !== undefined && person.card.birthDate === person.birthDate && person.card.sex === person.sex
}

/** A card that does not fit its own carrier. */
export function misfit(person: Person): ReviewReason {
  const born = Date.parse(person.birthDate ?? '')
  const cardBorn = Date.parse(person.card?.birthDate ?? '')
  const ageOfHolderAtBirth = (born - cardBorn) / yearMs
  return ageOfHolderAtBirth >= 12 && ageOfHolderAtBirth <= 60 ? 'newborn-on-mothers-card' : 'card-not-of-patient'
}

/** Two carriers of one card. */
export function compare(a: Person, b: Person): Verdict {
  if (!a.card || !b.card || a.card.number !== b.card.number) return { kind: 'unrelated' }
  if (!cardFits(a)) return { kind: 'review', reason: misfit(a) }
  if (!cardFits(b)) return { kind: 'review', reason: misfit(b) }
  return a.name !== '' && a.name === b.name ? { kind: 'same-person' } : { kind: 'review', reason: 'same-card-other-name' }
}
