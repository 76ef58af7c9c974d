// Equality of JSON values, whatever the order of members; exact decimals are equal when their text is (5.10 is not 5.1).
import type { JsonValue } from '#kernel/json.ts'

export function sameJson(a: JsonValue | undefined, b: JsonValue | undefined): boolean {
  if (a === b) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  if (Array.isArray(a)) return Array.isArray(b) && a.length === b.length && a.every((item, i) => sameJson(item, b[i]))
  if (Array.isArray(b)) return false
  if ('toJSON' in a || 'toJSON' in b) return String(a) === String(b)
  return sameMembers(a as Record<string, JsonValue | undefined>, b as Record<string, JsonValue | undefined>)
}

function sameMembers(a: Record<string, JsonValue | undefined>, b: Record<string, JsonValue | undefined>): boolean {
  let members = 0
  for (const name in a) {
    if (a[name] === undefined) continue
    members++
    if (!sameJson(a[name], b[name])) return false
  }
  for (const name in b) if (b[name] !== undefined) members--
  return members === 0
}
