// Tokens that must not be readable in the store (id card, phone, email): which they are, and the one spelling that is hashed. Index and search both ask here.
import { readIdCard } from '#kernel/id-card.ts'
import { idRoots, urnOid } from '#kernel/oid.ts'

export const idCardSystem = urnOid(idRoots.idCard)

/** Search parameters over ContactPoint: every value of theirs is hashed. */
const telecomParameters = new Set(['telecom', 'phone', 'email'])

export function isTelecomParameter(code: string): boolean {
  return telecomParameters.has(code)
}

/** The value to hash of an identifier of the id card system. */
export function idCardKey(value: string): string {
  return readIdCard(value)?.number ?? value.normalize('NFKC').replace(/\s/g, '').toUpperCase()
}

/** The value to hash of a phone number (digits, without the country code of China), an email address, or any other contact. */
export function contactKey(value: string): string {
  const plain = value.normalize('NFKC').trim()
  if (!/^[+\d][\d\s()./-]{4,}$/.test(plain)) return plain.toLowerCase()
  return plain.replace(/\D/g, '').replace(/^(?:00)?86(?=1\d{10}$)/, '')
}
