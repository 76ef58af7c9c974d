// Reference ranges as laboratories print them (OBX-7): limits where the text is surely a range of numbers, the text in any case.

import type { JsonObject, JsonValue } from '#kernel/json.ts'
import { conversion } from '../compile/convert.ts'

export type RangeUnit = { readonly unit: string; readonly code: string; readonly system: string }

const numberForm = '[+-]?\\d+(?:\\.\\d+)?'
/** `3.5-9.5`, `3.5--9.5`, `3.5~9.5`, `3.5～9.5`, `3.5 - 9.5`, `-2.0-3.0`, brackets around it. */
const between = new RegExp(`^[(\\[（]?\\s*(${numberForm})\\s*(?:-{1,3}|–|—|~|～|至|to)\\s*(${numberForm})\\s*[)\\]）]?$`)
const below = new RegExp(`^(?:<|≤|<=|＜|≦|小于|不大于)\\s*(${numberForm})$`)
const above = new RegExp(`^(?:>|≥|>=|＞|≧|大于|不小于)\\s*(${numberForm})$`)

/** An Observation.referenceRange; undefined for an empty text. A range whose limits are the wrong way round is kept as text alone. */
export function referenceRange(printed: string, unit: RangeUnit): JsonObject | undefined {
  const text = printed.trim()
  if (text === '') return undefined
  const bare = plainForm(withoutUnit(text, unit.unit))
  const range = between.exec(bare)
  if (range && Number(range[1]) <= Number(range[2])) return { low: quantity(range[1]!, unit), high: quantity(range[2]!, unit), text }
  const upper = below.exec(bare)
  if (upper) return { high: quantity(upper[1]!, unit), text }
  const lower = above.exec(bare)
  return lower ? { low: quantity(lower[1]!, unit), text } : { text }
}

const ascii = /^[\x20-\x7e]*$/

/** Full-width digits and signs as the usual ones. */
function plainForm(text: string): string {
  return ascii.test(text) ? text : text.normalize('NFKC').trim()
}

function withoutUnit(text: string, unit: string): string {
  return unit !== '' && text.endsWith(unit) ? text.slice(0, -unit.length).trim() : text
}

const decimal = conversion('decimal', 'NM')!

function quantity(value: string, { unit, code, system }: RangeUnit): JsonObject {
  return {
    value: decimal(value, 'UTC') as JsonValue,
    ...(unit === '' ? {} : { unit }),
    ...(system === '' || code === '' ? {} : { system, code }),
  }
}
