// Tokens as index rows (search.html#token): codes, codings, identifiers and contacts; what must not be readable becomes its keyed hash.
import type { IndexEntry } from '#kernel/index-entry.ts'
import type { JsonObject, JsonValue } from '#kernel/json.ts'
import { contactKey, idCardKey, idCardSystem } from './sensitive.ts'

/** Keyed hash of a sensitive value. */
export type Digest = (value: string) => string

export type TokenIndexer = (param: string, value: JsonValue, digest: Digest) => readonly IndexEntry[]

/** By the FHIR type of the value; primitives (`code`, `boolean`, `string`, `uri` …) are the rest. */
export const tokenIndexers: Readonly<Record<string, TokenIndexer>> = {
  Coding: (param, value) => list(coding(param, value as JsonObject)),
  CodeableConcept: (param, value) => {
    const codings = (value as JsonObject)['coding']
    return Array.isArray(codings) ? codings.flatMap(item => list(coding(param, item as JsonObject))) : []
  },
  Identifier: (param, value, digest) => list(identifierEntry(param, value, digest)),
  ContactPoint: (param, value, digest) => {
    const contact = (value as JsonObject)['value']
    return typeof contact === 'string' ? [{ kind: 'hashed', param, system: '', digest: digest(contactKey(contact)) }] : []
  },
}

export const primitiveToken: TokenIndexer = (param, value) =>
  typeof value === 'object' ? [] : [{ kind: 'token', param, system: '', code: String(value) }]

/** Undefined for an identifier without a value. */
export function identifierEntry(param: string, value: JsonValue | undefined, digest: Digest): IndexEntry | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  const { system, value: number } = value as JsonObject
  if (typeof number !== 'string' || number === '') return undefined
  if (system === idCardSystem) return { kind: 'hashed', param, system, digest: digest(idCardKey(number)) }
  return { kind: 'token', param, system: typeof system === 'string' ? system : '', code: number }
}

function coding(param: string, value: JsonObject): IndexEntry | undefined {
  const { system, code } = value
  if (typeof code !== 'string') return undefined
  return { kind: 'token', param, system: typeof system === 'string' ? system : '', code }
}

function list(entry: IndexEntry | undefined): readonly IndexEntry[] {
  return entry ? [entry] : []
}
