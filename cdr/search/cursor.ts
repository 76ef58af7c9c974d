// Where a page ended and the logical time all pages see, sealed into one opaque word that only the same query can use (search.html#paging).
import { createHmac, timingSafeEqual } from 'node:crypto'
import { fault } from '#kernel/fault.ts'
import { failed, ok, type Result } from '#kernel/result.ts'

export type Cursor = {
  /** The storage's own mark. */
  readonly after: string
  /** Logical time per tenant: the tenants of the first page are the tenants of every page. */
  readonly at: Readonly<Record<string, number>>
  /** What each Patient asked for stood for on the first page: a merge in between changes no later page. */
  readonly covered: Covered
}

/** Id of a Patient → ids it covers, itself among them; only where there are several. */
export type Covered = Readonly<Record<string, readonly string[]>>

const sealBytes = 16
const cursorCharactersMax = 4096

/** `query` is what the cursor belongs to: path and parameters as understood. */
export function sealCursor(cursor: Cursor, query: string, key: Uint8Array): string {
  const body = Buffer.from(JSON.stringify([cursor.after, cursor.at, cursor.covered])).toString('base64url')
  return `${body}.${seal(body, query, key).toString('base64url')}`
}

export function openCursor(text: string, query: string, key: Uint8Array): Result<Cursor> {
  const dot = text.indexOf('.')
  const body = text.slice(0, dot)
  const given = Buffer.from(text.slice(dot + 1), 'base64url')
  const whole = dot > 0 && text.length <= cursorCharactersMax && given.length === sealBytes
  if (!whole || !timingSafeEqual(given, seal(body, query, key)))
    return failed(fault('fhir.parameter-value', { at: '_page', args: { parameter: '_page' } }))
  const [after, at, covered] = JSON.parse(Buffer.from(body, 'base64url').toString('utf8')) as [string, Cursor['at'], Covered]
  return ok({ after, at, covered })
}

function seal(body: string, query: string, key: Uint8Array): Buffer {
  return createHmac('sha256', key).update(`${body}\n${query}`).digest().subarray(0, sealBytes)
}
