// Values of primitive types (datatypes.html#primitive): the JSON type they must have, and the format of their text.
import { ExactDecimal } from '#formats/fhir/decimal.ts'
import type { TypeDefinition } from '#formats/fhir/model/model.ts'
import type { JsonValue } from '#kernel/json.ts'
import { dateInterval } from '../index/date-interval.ts'

export type Judged = 'ok' | 'empty' | 'type' | 'value'

const textLengthMax = 1024 * 1024
const checks = new Map<TypeDefinition, (value: JsonValue) => Judged>()

export function isPrimitiveValue(value: JsonValue, type: TypeDefinition): Judged {
  let check = checks.get(type)
  if (!check) checks.set(type, (check = checkOf(type)))
  return check(value)
}

function checkOf(type: TypeDefinition): (value: JsonValue) => Judged {
  if (type.name === 'boolean') return value => (typeof value === 'boolean' ? 'ok' : 'type')
  if (type.name === 'decimal') return value => (typeof value === 'number' || value instanceof ExactDecimal ? 'ok' : 'type')
  if (/^(?:integer|unsignedInt|positiveInt)$/.test(type.name)) return wholeNumber(type)
  const format = formatOf(type)
  return value => {
    if (typeof value !== 'string') return 'type'
    return value === '' ? 'empty' : value.length > (type.format.maxLength ?? Number.POSITIVE_INFINITY) || !format(value) ? 'value' : 'ok'
  }
}

function wholeNumber(type: TypeDefinition): (value: JsonValue) => Judged {
  const { minimum = Number.MIN_SAFE_INTEGER, maximum = Number.MAX_SAFE_INTEGER } = type.format
  return value => {
    if (typeof value !== 'number') return value instanceof ExactDecimal ? 'value' : 'type'
    return Number.isInteger(value) && value >= minimum && value <= maximum ? 'ok' : 'value'
  }
}

/** Formats whose published expression is slow on long text, or says nothing, are written by hand. */
const ownFormats: Readonly<Record<string, (text: string) => boolean>> = {
  base64Binary: text => (text.length % 4 === 0 || /\s/.test(text) ? /^[0-9A-Za-z+/=\s]+$/.test(text) : false),
  string: text => text.length <= textLengthMax && /\S/.test(text),
  markdown: text => text.length <= textLengthMax && /\S/.test(text),
  xhtml: text => /^\s*<div[\s>]/.test(text),
  uri: isUri,
  url: isUri,
  canonical: isUri,
  date: text => !text.includes('T') && dateInterval(text) !== undefined,
}

function isUri(text: string): boolean {
  return !/\s/.test(text)
}

function formatOf(type: TypeDefinition): (text: string) => boolean {
  const own = ownFormats[type.name]
  if (own) return own
  const pattern = new RegExp(`^(?:${type.format.regex ?? '[^]*'})$`)
  const dated = type.name === 'dateTime' || type.name === 'instant'
  return text => pattern.test(text) && (!dated || dateInterval(text) !== undefined)
}
