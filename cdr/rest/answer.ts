// What an interaction answers (http.html): a status, headers, and FHIR JSON as bytes or text. Sending it is the handler's work alone.
import type { StoredVersion } from '#kernel/ports/storage.ts'

export type Answer = {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  /** FHIR JSON: stored bytes as they are, or text made for this answer. */
  readonly body?: Buffer | string
}

/** `W/"3"` */
export function etagOf(version: number): string {
  return `W/"${version}"`
}

/** The version an If-Match or If-None-Match names: `W/"3"`, `"3"`, `3`; undefined when it is none of these. */
export function versionOf(etag: string): number | undefined {
  const match = /^\s*(?:W\/)?"?(\d{1,9})"?\s*$/.exec(etag)
  return match ? Number(match[1]) : undefined
}

/** ETag and Last-Modified of a version. */
export function versionHeaders(stored: Pick<StoredVersion, 'version' | 'committedAtMs'>): Record<string, string> {
  return { etag: etagOf(stored.version), 'last-modified': new Date(stored.committedAtMs).toUTCString() }
}
