// After a merge the old record number means the survivor: intents on it, and references to it, are redirected before anything is read.
import type { Mapped, ResourceIntent } from '#kernel/intent.ts'
import type { JsonObject, JsonValue } from '#kernel/json.ts'
import type { Reader } from '#kernel/ports/storage.ts'
import { ok, type Result } from '#kernel/result.ts'
import type { TenantCode } from '#kernel/tenant.ts'
import { objects } from './person.ts'

export type Redirects = {
  /** The Patient that a key means now; the derived id where nobody holds the key yet. */
  idOf(patient: { key: string; id: string }): string
  /** Who holds the claim of a key, `Patient/id`; undefined when it is free. */
  holderOf(key: string): string | undefined
  /** `Patient/derived` → `Patient/actual`, only where they differ. */
  readonly references: ReadonlyMap<string, string>
}

/** Where nothing was merged, or nobody asks. */
export const noRedirects: Redirects = { idOf: patient => patient.id, holderOf: () => undefined, references: new Map() }

export function patientClaim(key: string): string {
  return `patient|${key}`
}

export async function redirectsOf(tenant: TenantCode, mapped: Mapped, reader: Reader): Promise<Result<Redirects>> {
  const patients = [
    ...mapped.intents.filter(intent => intent.type === 'Patient'),
    ...mapped.merges.flatMap(merge => [merge.survivor, merge.retired]),
  ]
  const keys = [...new Set(patients.map(patient => patient.key))]
  const claims = keys.length > 0 ? await reader.claims(tenant, keys.map(patientClaim)) : ok([])
  if (!claims.ok) return claims
  const holders = new Map(keys.map((key, i) => [key, claims.value[i]]))
  const references = new Map<string, string>()
  for (const { key, id } of patients) {
    const holder = holders.get(key)
    if (holder && holder !== `Patient/${id}`) references.set(`Patient/${id}`, holder)
  }
  return ok({
    idOf: patient => holders.get(patient.key)?.slice('Patient/'.length) ?? patient.id,
    holderOf: key => holders.get(key),
    references,
  })
}

/** `moved`: the message was about the old number and now speaks of the survivor. */
export type RedirectedIntent = ResourceIntent & { readonly moved: boolean }

export function redirectIntents(intents: readonly ResourceIntent[], redirects: Redirects): readonly RedirectedIntent[] {
  if (redirects.references.size === 0) return intents.map(intent => ({ ...intent, moved: false }))
  return intents.map(intent => {
    const id = intent.type === 'Patient' ? redirects.idOf(intent) : intent.id
    return { ...intent, id, content: redirected(intent.content, redirects.references) as JsonObject, moved: id !== intent.id }
  })
}

/** What a message on an old number states joins the survivor's own numbers; the old one stays with the retired Patient. */
export function withNumbersKept(intent: RedirectedIntent, survivor: JsonObject): ResourceIntent {
  if (!intent.moved || !('identifier' in intent.content)) return intent
  const numberOf = (identifier: JsonObject) => `${identifier['system'] ?? ''}|${identifier['value']}`
  const own = objects(survivor['identifier'])
  const known = new Set([...own.map(numberOf), intent.key])
  const added = objects(intent.content['identifier']).filter(identifier => !known.has(numberOf(identifier)))
  return { ...intent, content: { ...intent.content, identifier: [...own, ...added] } }
}

function redirected(value: JsonValue | undefined, references: ReadonlyMap<string, string>): JsonValue | undefined {
  if (Array.isArray(value)) return value.map(item => redirected(item, references) as JsonValue)
  if (typeof value !== 'object' || value === null || 'toJSON' in value) return value
  const copy: JsonObject = {}
  for (const member in value) {
    const inner = (value as JsonObject)[member]
    copy[member] = member === 'reference' && typeof inner === 'string' ? (references.get(inner) ?? inner) : redirected(inner, references)
  }
  return copy
}
