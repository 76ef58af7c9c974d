// References between the entries of a transaction (http.html#trules): temporary names and conditional references become the ids that are stored.
import type { JsonObject, JsonValue } from '#kernel/json.ts'

/** What a name becomes; undefined when it stays as it is. `literal`: it stands in a Reference, not in a mere URI. */
export type Rename = (name: string, literal: boolean) => string | undefined

/** Members of type uri or url that may hold the temporary name of another entry; `url` of a resource itself is its canonical name. */
const uriMembers: ReadonlySet<string> = new Set(['url', 'uri', 'valueUri', 'valueUrl', 'valueUuid', 'valueOid'])

/** A copy with every renamed reference; the same object where nothing is renamed. */
export function renameReferences(resource: JsonObject, rename: Rename): JsonObject {
  return renamed(resource, rename, true)
}

function renamed(object: JsonObject, rename: Rename, top: boolean): JsonObject {
  let copy: JsonObject | undefined
  for (const member in object) {
    const value = object[member]
    const next = typeof value === 'string' ? renamedText(member, value, rename, top) : renamedValue(value, rename)
    if (next === value) continue
    copy ??= { ...object }
    copy[member] = next
  }
  return copy ?? object
}

function renamedValue(value: JsonValue | undefined, rename: Rename): JsonValue | undefined {
  if (typeof value !== 'object' || value === null) return value
  if (!Array.isArray(value)) return 'toJSON' in value ? value : renamed(value as JsonObject, rename, false)
  let copy: JsonValue[] | undefined
  for (let i = 0; i < value.length; i++) {
    const next = renamedValue(value[i], rename)
    if (next === value[i]) continue
    copy ??= [...value]
    copy[i] = next as JsonValue
  }
  return copy ?? value
}

function renamedText(member: string, value: string, rename: Rename, top: boolean): string {
  if (member === 'reference') return rename(value, true) ?? value
  if (!value.startsWith('urn:') && member !== 'div') return value
  if (member === 'div') return value.replace(/(?<=\s(?:href|src)=")urn:[^"]+/g, name => rename(name, false) ?? name)
  return uriMembers.has(member) && !(top && member === 'url') ? (rename(value, false) ?? value) : value
}

/** FHIRPath of the first place that holds a reference, `Observation.subject`; the type alone when it is not found. */
export function placeOfReference(resource: JsonObject, reference: string): string {
  const find = (value: JsonValue | undefined, path: string): string | undefined => {
    if (typeof value !== 'object' || value === null || 'toJSON' in value) return undefined
    if (Array.isArray(value)) return value.map((item, i) => find(item, `${path}[${i}]`)).find(found => found !== undefined)
    if ((value as JsonObject)['reference'] === reference) return path
    for (const member in value) {
      const found = find((value as JsonObject)[member], `${path}.${member}`)
      if (found) return found
    }
    return undefined
  }
  return find(resource, String(resource['resourceType'])) ?? String(resource['resourceType'])
}
