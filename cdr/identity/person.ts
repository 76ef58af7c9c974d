// What identity looks at in a Patient: numbers, name, birth date, sex.
import { type IdCard, readIdCard } from '#kernel/id-card.ts'
import type { JsonObject, JsonValue } from '#kernel/json.ts'
import { idRoots, urnOid } from '#kernel/oid.ts'

export const idCardSystem = urnOid(idRoots.idCard)

export type Person = {
  /** `system|value` of record numbers (identifier type MR). */
  readonly recordNumbers: readonly string[]
  /** The valid identity number it carries, if any. */
  readonly card: IdCard | undefined
  readonly name: string
  readonly birthDate: string | undefined
  readonly sex: string | undefined
}

export function personOf(patient: JsonObject): Person {
  const identifiers = objects(patient['identifier'])
  const cardText = identifiers.find(i => i['system'] === idCardSystem)?.['value']
  return {
    recordNumbers: identifiers.filter(isRecordNumber).map(i => `${i['system'] ?? ''}|${i['value']}`),
    card: typeof cardText === 'string' ? readIdCard(cardText) : undefined,
    name: nameKey(objects(patient['name'])[0]),
    birthDate: text(patient['birthDate']),
    sex: text(patient['gender']),
  }
}

/** Names are equal when their letters are: width, case, spaces and the several middle dots of minority names do not count. */
function nameKey(name: JsonObject | undefined): string {
  if (!name) return ''
  const whole = text(name['text']) ?? `${text(name['family']) ?? ''}${strings(name['given']).join('')}`
  return whole
    .normalize('NFKC')
    .replace(/[\s·•‧・.．﹒]/g, '')
    .toLowerCase()
}

function isRecordNumber(identifier: JsonObject): boolean {
  if (typeof identifier['value'] !== 'string') return false
  const type = identifier['type'] as JsonObject | undefined
  return objects(type?.['coding']).some(coding => coding['code'] === 'MR')
}

export function objects(value: JsonValue | undefined): JsonObject[] {
  return Array.isArray(value) ? (value.filter(item => typeof item === 'object' && item !== null) as JsonObject[]) : []
}

function strings(value: JsonValue | undefined): string[] {
  return Array.isArray(value) ? value.filter(item => typeof item === 'string') : []
}

function text(value: JsonValue | undefined): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}
