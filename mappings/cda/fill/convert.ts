// FHIR values as the data types of CDA want them: words, times, exact numbers, reference ranges.

import type { CdaBound, CdaRange } from '#formats/cda/model.ts'
import { cdaTime, shownTime } from '#formats/cda/time.ts'
import { xmlSafe } from '#formats/cda/write.ts'
import { ExactDecimal } from '#formats/fhir/decimal.ts'
import type { JsonObject } from '#kernel/json.ts'
import type { Found } from './path-runner.ts'

/** The words for a value: of a concept its text, else the display of its first coding. Undefined when there are none. */
export function textOf({ value, type }: Found): string | undefined {
  const text = typeof value === 'object' && !(value instanceof ExactDecimal) ? wordsOf(value as JsonObject, type) : plainText(value, type)
  const said = text?.trim()
  return said === undefined || said === '' ? undefined : xmlSafe(said)
}

function plainText(value: unknown, type: string): string {
  if (type === 'boolean' || type === 'System.Boolean') return value === true ? '是' : '否'
  if (temporal.has(type)) return shownTime(cdaTime(String(value)) ?? String(value))
  return numberOf(value) ?? String(value)
}

const temporal: ReadonlySet<string> = new Set(['date', 'dateTime', 'instant'])

function wordsOf(value: JsonObject, type: string): string | undefined {
  switch (type) {
    case 'CodeableConcept':
      return string(value['text']) ?? wordsOfCoding(objects(value['coding'])[0])
    case 'Coding':
      return wordsOfCoding(value)
    case 'Period':
      return span(timeText(value['start']), timeText(value['end']), '～')
    case 'Range':
      return span(quantityText(value['low']), quantityText(value['high']), '-')
    case 'Ratio':
      return span(quantityText(value['numerator']), quantityText(value['denominator']), ':')
    case 'Observation.referenceRange':
      return string(value['text']) ?? span(quantityText(value['low']), quantityText(value['high']), '-')
    case 'HumanName':
      return string(value['text']) ?? [value['family'], ...list(value['given'])].map(part => string(part) ?? '').join('')
    case 'Annotation':
      return string(value['text'])
    case 'Reference':
      return string(value['display'])
    case 'Identifier':
      return string(value['value'])
    case 'ContactPoint':
      return string(value['value'])
    default:
      return 'value' in value ? quantityText(value) : string(value['text'])
  }
}

function wordsOfCoding(coding: JsonObject | undefined): string | undefined {
  return string(coding?.['display']) ?? string(coding?.['code'])
}

/** `<0.01 mmol/L`, number as received. */
function quantityText(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  const { value: magnitude, unit, code, comparator } = value as JsonObject
  const number = numberOf(magnitude)
  if (number === undefined) return undefined
  const name = string(unit) ?? string(code)
  return `${string(comparator) ?? ''}${number}${name === undefined ? '' : ` ${name}`}`
}

function timeText(value: unknown): string | undefined {
  return typeof value === 'string' ? shownTime(cdaTime(value) ?? value) : undefined
}

function span(from: string | undefined, to: string | undefined, between: string): string | undefined {
  return from === undefined && to === undefined ? undefined : `${from ?? ''}${between}${to ?? ''}`
}

/** A number digit for digit, without an exponent; undefined for anything else. */
export function numberOf(value: unknown): string | undefined {
  if (value instanceof ExactDecimal) return value.toPlainString()
  return typeof value === 'number' ? ExactDecimal.fromNumber(value).toPlainString() : undefined
}

/** A moment, or the ends of a Period, as TS. */
export function timeOf(found: Found | undefined): { readonly value?: string; readonly low?: string; readonly high?: string } | undefined {
  if (!found) return undefined
  if (typeof found.value === 'string') {
    const value = cdaTime(found.value)
    return value === undefined ? undefined : { value }
  }
  const { start, end } = found.value as JsonObject
  const low = typeof start === 'string' ? cdaTime(start) : undefined
  const high = typeof end === 'string' ? cdaTime(end) : undefined
  return low === undefined && high === undefined ? undefined : { ...(low && { low }), ...(high && { high }) }
}

/** An Observation.referenceRange: its printed form, and its limits. */
export function rangeOf({ value }: Found): CdaRange | undefined {
  const { text, low, high } = value as JsonObject
  const printed = string(text)
  const bounds = { low: boundOf(low), high: boundOf(high) }
  if (printed === undefined && !bounds.low && !bounds.high) return undefined
  return {
    ...(printed !== undefined && { text: xmlSafe(printed) }),
    ...(bounds.low && { low: bounds.low }),
    ...(bounds.high && { high: bounds.high }),
  }
}

function boundOf(value: unknown): CdaBound | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  const { value: magnitude, unit } = value as JsonObject
  const number = numberOf(magnitude)
  const name = unitOf(unit)
  return number === undefined ? undefined : { value: number, ...(name !== undefined && { unit: name }) }
}

/** A unit is one word in CDA. */
export function unitOf(unit: unknown): string | undefined {
  const text = string(unit)?.replace(/\s+/g, '')
  return text === undefined || text === '' ? undefined : xmlSafe(text)
}

export function string(value: unknown): string | undefined {
  return typeof value === 'string' && value.trim() !== '' ? value : undefined
}

export function objects(value: unknown): JsonObject[] {
  return list(value).filter((item): item is JsonObject => typeof item === 'object' && item !== null)
}

function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : []
}
