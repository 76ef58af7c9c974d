// Reads elements of stored resources for people: what a code says, numbers as written, whom a reference names (datatypes.html of FHIR R4).
import type { JsonObject, JsonValue } from '#kernel/json.ts'

export function objects(value: JsonValue | undefined): JsonObject[] {
  return Array.isArray(value) ? (value.filter(isObject) as JsonObject[]) : isObject(value) ? [value as JsonObject] : []
}

export function object(value: JsonValue | undefined): JsonObject {
  return isObject(value) ? (value as JsonObject) : {}
}

/** A string, or a number as it was written; `''` for everything else. */
export function text(value: JsonValue | undefined): string {
  if (typeof value === 'string') return value
  return typeof value === 'number' || isDecimal(value) ? String(value) : ''
}

export function texts(value: JsonValue | undefined): string[] {
  return Array.isArray(value) ? value.map(text).filter(Boolean) : []
}

export function number(value: JsonValue | undefined): number | undefined {
  const written = text(value)
  const read = Number(written)
  return written === '' || !Number.isFinite(read) ? undefined : read
}

/** What a CodeableConcept (or the first of several) says: its text, a display, at worst its code. */
export function conceptText(value: JsonValue | undefined): string {
  const concept = objects(value)[0] ?? {}
  const codings = objects(concept['coding'])
  const shown = codings.find(coding => text(coding['display']) !== '')
  return text(concept['text']) || text(shown?.['display']) || text(codings[0]?.['code'])
}

export type Code = { readonly system: string; readonly code: string }

/** The coding that came first: the sender's own, where it sent one. */
export function firstCode(value: JsonValue | undefined): Code | undefined {
  return codesOf(value)[0]
}

export function codesOf(value: JsonValue | undefined): Code[] {
  return objects(value).flatMap(concept =>
    objects(concept['coding']).flatMap(coding => {
      const code = text(coding['code'])
      return code === '' ? [] : [{ system: text(coding['system']), code }]
    }),
  )
}

/** `Encounter/abc` → `abc`; undefined when the reference does not name that type. */
export function referenceId(value: JsonValue | undefined, type: string): string | undefined {
  const named = text(object(value)['reference'])
  return named.startsWith(`${type}/`) ? named.slice(type.length + 1).split('/')[0] : undefined
}

/** The display of a reference; the name behind it is another resource's to tell. */
export function referenceText(value: JsonValue | undefined): string {
  return text(object(value)['display'])
}

/** The whole name, as written; else its parts, Chinese ones without a space. */
export function nameText(name: JsonObject | undefined): string {
  if (!name) return ''
  const family = text(name['family'])
  const given = texts(name['given'])
  const parts = /\p{Script=Han}/u.test(family + given.join('')) ? family + given.join('') : [...given, family].filter(Boolean).join(' ')
  return text(name['text']) || parts
}

/** The first of the alternatives of a choice element that is there: `first(observation, 'effectiveDateTime', 'effectiveInstant')`. */
export function firstText(resource: JsonObject, ...members: readonly string[]): string {
  for (const member of members) {
    const value = text(resource[member])
    if (value !== '') return value
  }
  return ''
}

function isObject(value: JsonValue | undefined): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !isDecimal(value)
}

/** Decimals that a double cannot print are objects that print themselves. */
function isDecimal(value: JsonValue | undefined): boolean {
  return typeof value === 'object' && value !== null && 'toJSON' in value && typeof value.toJSON === 'function'
}
