// The blind index: sensitive tokens (id card, phone) are found by a keyed hash (HMAC-SM3, GM/T 0091), so that the store can be searched by a value that
// cannot be read in it. The value comes in its one spelling (cdr/index/sensitive.ts); the key lies in a key file (platform/security/key-files.ts).
import { createHmac } from 'node:crypto'

/** A truncated HMAC-SM3 stays as hard to guess as the key and keeps index rows small (GB/T 15852.2 allows half the hash). */
const digestBytes = 16

/** Digest of a value as 32 hexadecimal digits: equal for equal values under one key. */
export function blindIndex(key: Uint8Array): (value: string) => string {
  const secret = Buffer.from(key)
  return value => createHmac('sm3', secret).update(value).digest().subarray(0, digestBytes).toString('hex')
}
