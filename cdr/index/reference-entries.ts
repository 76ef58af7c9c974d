// References as index rows (references.html): literal ones by type and id, foreign and canonical ones as URIs, logical ones by their identifier.
import type { IndexEntry } from '#kernel/index-entry.ts'
import type { JsonObject, JsonValue } from '#kernel/json.ts'
import { type Digest, identifierEntry } from './token-entries.ts'

const relative = /^([A-Z][A-Za-z]+)\/([A-Za-z0-9\-.]{1,64})(?:\/_history\/[A-Za-z0-9\-.]{1,64})?$/

/** Rows of `subject:identifier` hold the identifier of a subject that is only named by it. */
export function identifierParameter(param: string): string {
  return `${param}:identifier`
}

/** `target`: only references to that type. `contained`: the resource's own contained list, where a `#id` may point. */
export function referenceEntries(
  param: string,
  value: JsonObject,
  target: string | undefined,
  contained: JsonValue | undefined,
  digest: Digest,
): IndexEntry[] {
  const text = value['reference']
  const entries: IndexEntry[] = []
  const literal = typeof text === 'string' ? relative.exec(text) : null
  const type = literal?.[1] ?? value['type']
  if (target !== undefined && type !== target) return entries
  if (literal) entries.push({ kind: 'reference', param, type: literal[1]!, id: literal[2]! })
  else if (typeof text === 'string' && text !== '' && !text.startsWith('#')) entries.push({ kind: 'uri', param, uri: text })
  for (const identifier of [value['identifier'], ...containedIdentifiers(text, contained)]) {
    const entry = identifierEntry(identifierParameter(param), identifier, digest)
    if (entry) entries.push(entry)
  }
  return entries
}

/** A canonical (`url|version`) is found with and without its version. */
export function canonicalEntries(param: string, value: string): IndexEntry[] {
  const bar = value.indexOf('|')
  const whole: IndexEntry = { kind: 'uri', param, uri: value }
  return bar < 0 ? [whole] : [whole, { kind: 'uri', param, uri: value.slice(0, bar) }]
}

function containedIdentifiers(text: JsonValue | undefined, contained: JsonValue | undefined): JsonValue[] {
  if (typeof text !== 'string' || !text.startsWith('#') || !Array.isArray(contained)) return []
  const held = contained.find(resource => (resource as JsonObject)['id'] === text.slice(1)) as JsonObject | undefined
  const identifier = held?.['identifier']
  return Array.isArray(identifier) ? identifier : identifier === undefined ? [] : [identifier]
}
