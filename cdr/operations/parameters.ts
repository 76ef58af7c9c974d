// Parameters (parameters.html) as operations read them: one part of a name, whatever the type of its value.
import type { JsonObject } from '#kernel/json.ts'

/** The parts of a Parameters resource, or of one of its parts; what is no part is passed over. */
export function partsIn(whole: JsonObject, member: 'parameter' | 'part' = 'parameter'): readonly JsonObject[] {
  const list = whole[member]
  return Array.isArray(list) ? list.filter((part): part is JsonObject => typeof part === 'object' && part !== null && 'name' in part) : []
}

export function partNamed(parts: readonly JsonObject[], name: string): JsonObject | undefined {
  return parts.find(part => part['name'] === name)
}

/** `value[x]` of whatever type; undefined where there is none. */
export function valueIn(part: JsonObject | undefined): unknown {
  for (const member in part) if (member.startsWith('value')) return part[member]
  return undefined
}

export function textOf(part: JsonObject | undefined): string | undefined {
  const value = valueIn(part)
  return typeof value === 'string' ? value : undefined
}

/** Value of an extension of a part. */
export function extensionText(part: JsonObject, url: string): string | undefined {
  const extensions = part['extension']
  if (!Array.isArray(extensions)) return undefined
  return textOf(extensions.find(extension => (extension as JsonObject | null)?.['url'] === url) as JsonObject | undefined)
}
