// One interaction to be performed, whether it came as a request or as an entry of a Bundle; and what the rooms behind it are.
import type { Clock } from '#kernel/clock.ts'
import type { Language } from '#kernel/fault.ts'
import type { JsonObject } from '#kernel/json.ts'
import type { Codes } from '#kernel/ports/codes.ts'
import type { Storage } from '#kernel/ports/storage.ts'
import type { ValidationMode, Validator } from '#kernel/ports/validator.ts'
import type { Result } from '#kernel/result.ts'
import type { Principal, TenantCode } from '#kernel/tenant.ts'
import type { Operation } from '../operations/operation.ts'
import type { Extractor } from '../store/index-diff.ts'

export type Call = {
  readonly caller: Caller
  /** What the route's path names: `type`, `id`, `version`, `operation`. */
  readonly path: Readonly<Record<string, string>>
  /** Raw, as it stands after the `?` (and in the form of a POST _search). */
  readonly query: string
  readonly headers: CallHeaders
  /** The body, where the route takes one. */
  readonly resource: JsonObject | undefined
}

/** Header fields as they came. */
export type CallHeaders = {
  readonly ifMatch?: string
  readonly ifNoneMatch?: string
  readonly ifModifiedSince?: string
  readonly ifNoneExist?: string
  readonly prefer?: string
}

export type Caller = {
  readonly principal: Principal
  readonly language: Language
  readonly remote: string
  /** Tenants reads cover, and the tenant writes go to. */
  readonly reads: readonly TenantCode[]
  readonly writes: Result<TenantCode>
  /** `https://host:port`, without a path. */
  readonly origin: string
  /** `/fhir` or `/tenants/ZJJ/fhir`. */
  readonly mount: string
}

export type Rest = {
  readonly storage: Storage
  readonly clock: Clock
  readonly extract: Extractor
  /** Keyed hash of a sensitive value. */
  readonly digest: (value: string) => string
  /** Seals page links. */
  readonly cursorKey: Uint8Array
  /** Judges beyond structure, by the definitions that these tenants keep too; structure is always checked. */
  readonly validatorFor?: (tenants: readonly TenantCode[]) => Promise<Result<Validator>>
  /** Code systems and value sets, those of these tenants too. */
  readonly codesFor?: (tenants: readonly TenantCode[]) => Promise<Result<Codes>>
  readonly validation: (tenant: TenantCode) => ValidationMode
  /** Told of the types of what a commit wrote. */
  readonly onWritten?: (tenant: TenantCode, types: Iterable<string>) => void
  readonly operations: readonly Operation[]
  /** Profiles that resources of a type may be held against, for the CapabilityStatement. */
  readonly profiles?: ReadonlyMap<string, readonly string[]>
  readonly version: string
}

/** Where a resource of a tenant can be read from, so that references and links lead back even when the token sees several tenants. */
export function baseOf(caller: Caller, tenant: TenantCode): string {
  return caller.reads.length > 1 ? `${caller.origin}/tenants/${tenant}/fhir` : `${caller.origin}${caller.mount}`
}

/** Every base under which this server's resources are named in this call. */
export function basesOf(caller: Caller): string[] {
  return [`${caller.origin}${caller.mount}`, ...caller.reads.map(tenant => `${caller.origin}/tenants/${tenant}/fhir`)]
}

/** Preferences of the header Prefer (RFC 7240): `return` and `handling`. */
export function preference(headers: CallHeaders, name: 'return' | 'handling'): string | undefined {
  if (headers.prefer === undefined) return undefined
  return new RegExp(`(?:^|[;,\\s])${name}\\s*=\\s*"?([\\w-]+)`).exec(headers.prefer)?.[1]
}
