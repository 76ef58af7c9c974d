// Ids: derived from business keys where a plan declares one, time-ordered and random where a client creates a resource.
import { hash, randomBytes } from 'node:crypto'
import type { TenantCode } from './tenant.ts'

const base32 = '0123456789abcdefghjkmnpqrstvwxyz'

/** The id of the resource that a business key names: the same in every replay, on every machine. 26 characters, valid as FHIR id. */
export function deriveId(tenant: TenantCode, type: string, key: string): string {
  return toBase32(hash('sha256', `${tenant}\u001f${type}\u001f${key}`, 'buffer'), 26)
}

/** The same as a UUID, for numbers that others must be able to hold in 36 characters (RFC 9562, version 8). */
export function deriveUuid(tenant: TenantCode, type: string, key: string): string {
  const digits = hash('sha256', `${tenant}\u001f${type}\u001f${key}`).slice(0, 32)
  const variant = '89ab'[Number.parseInt(digits[16]!, 16) & 3]
  return `${digits.slice(0, 8)}-${digits.slice(8, 12)}-8${digits.slice(13, 16)}-${variant}${digits.slice(17, 20)}-${digits.slice(20)}`
}

/** A new id whose first 10 characters are the time in milliseconds (so that neighbours in time are neighbours in the store). */
export function newId(nowMs: number): string {
  let time = ''
  for (let rest = nowMs, i = 0; i < 10; i++, rest = Math.floor(rest / 32)) time = base32[rest % 32] + time
  return time + toBase32(randomBytes(10), 16)
}

/** Secrets and tokens: 256 random bits, URL-safe. */
export function newSecret(): string {
  return randomBytes(32).toString('base64url')
}

export function isFhirId(text: string): boolean {
  return /^[A-Za-z0-9\-.]{1,64}$/.test(text)
}

function toBase32(bytes: Uint8Array, length: number): string {
  let text = ''
  let bits = 0
  let buffer = 0
  for (const byte of bytes) {
    buffer = (buffer << 8) | byte
    bits += 8
    while (bits >= 5) {
      bits -= 5
      text += base32[(buffer >> bits) & 31]
      if (text.length === length) return text
    }
    buffer &= (1 << bits) - 1
  }
  return text
}
