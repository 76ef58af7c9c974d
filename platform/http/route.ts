// A console route carries its own spec: right, parameters, body and answer as JSON Schema. Validation, /api/openapi.json and the portal's types come from it.

import type { Language } from '#kernel/fault.ts'
import type { Result } from '#kernel/result.ts'
import type { Principal, ReadScope } from '#kernel/tenant.ts'
import type { ConsoleRight } from '../security/rights.ts'

export type JsonSchema = { readonly [keyword: string]: unknown }

export type Call = {
  readonly principal: Principal
  /** Tenants the caller may see, narrowed by `?tenant=` where the route takes it. */
  readonly scope: ReadScope
  readonly language: Language
  readonly remote: string
  readonly path: Readonly<Record<string, string>>
  /** Checked against the route's schemas. */
  readonly query: Readonly<Record<string, string | number | boolean | undefined>>
  readonly body: unknown
  /** The body as it came, where the route takes raw bytes. */
  readonly bytes: Buffer
}

/** Bytes to be sent as they are, in place of JSON. */
export type RawAnswer = { readonly mediaType: string; readonly bytes: Uint8Array; readonly fileName?: string }

/** An answer that also sets response headers (a session cookie). */
export class WithHeaders {
  readonly value: unknown
  readonly headers: Readonly<Record<string, string>>
  constructor(value: unknown, headers: Readonly<Record<string, string>>) {
    this.value = value
    this.headers = headers
  }
}

export function withHeaders(value: unknown, headers: Readonly<Record<string, string>>): WithHeaders {
  return new WithHeaders(value, headers)
}

export type Route = {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  /** `/api/messages/{id}` */
  readonly path: string
  /** `open`: no sign-in; `any`: every principal. */
  readonly right: ConsoleRight | 'open' | 'any'
  /** zh · en, one line. */
  readonly summary: string
  readonly tag: string
  readonly query?: Readonly<Record<string, JsonSchema & { readonly description?: string }>>
  readonly body?: JsonSchema | 'bytes'
  /** Schema of the JSON answer, or the media type of raw bytes. */
  readonly answer: JsonSchema | string
  handle(call: Call): Promise<Result<unknown>> | Result<unknown>
}

export function isRaw(value: unknown): value is RawAnswer {
  return typeof value === 'object' && value !== null && 'bytes' in value && 'mediaType' in value
}
