// From a source text to a FHIR primitive: one table by target type, each row saying which source types it reads (FHIR R4 datatypes.html#primitive).
import { ExactDecimal } from '#formats/fhir/decimal.ts'
import { parseTime, parseTimeOfDay } from '#formats/hl7v2/parse-time.ts'
import type { Hl7Time } from '#formats/hl7v2/time.ts'
import type { JsonValue } from '#kernel/json.ts'

/** Undefined when the text is no value of the type. */
export type Convert = (text: string, zone: string) => JsonValue | undefined

type Row = { readonly reads: ReadonlySet<string>; readonly convert: Convert }

const texts = ['text', 'ST', 'TX', 'FT', 'IS', 'ID', 'GTS', 'SNM', 'varies', 'json:string']
const numbers = ['NM', 'SI', 'SEQ', 'json:number', 'json:integer']
const times = ['DT', 'DTM', 'TS', 'TM']
const row = (reads: readonly string[], convert: Convert): Row => ({ reads: new Set(reads), convert })

const text: Convert = value => value
const word: Convert = value => value.trim() || undefined
const uri: Convert = value => (/\s/.test(value.trim()) ? undefined : value.trim())

const rows: Readonly<Record<string, Row>> = {
  string: row([...texts, ...numbers, ...times], text),
  markdown: row([...texts, ...numbers], text),
  code: row([...texts, ...numbers], value => value.trim().replace(/\s+/g, ' ') || undefined),
  id: row(texts, word),
  uri: row(texts, uri),
  url: row(texts, uri),
  canonical: row(texts, uri),
  oid: row(texts, uri),
  base64Binary: row(texts, value => value.replace(/\s/g, '')),
  date: row([...texts, 'DT', 'DTM', 'TS'], (value, zone) => time(value, zone)?.date),
  dateTime: row([...texts, 'DT', 'DTM', 'TS'], (value, zone) => time(value, zone)?.dateTime),
  instant: row([...texts, 'DTM', 'TS'], (value, zone) => time(value, zone)?.instant),
  time: row([...texts, 'TM'], value => parseTimeOfDay(value.replaceAll(':', ''))),
  decimal: row([...texts, ...numbers], decimal),
  integer: row([...texts, ...numbers], value => integer(value, -2_147_483_648)),
  unsignedInt: row([...texts, ...numbers], value => integer(value, 0)),
  positiveInt: row([...texts, ...numbers], value => integer(value, 1)),
  boolean: row(['text', 'json:boolean'], value => (value === 'true' ? true : value === 'false' ? false : undefined)),
}

/** The conversion, or undefined where a source type cannot become the target type (a check, before any message). */
export function conversion(target: string, leaf: string): Convert | undefined {
  const found = rows[target]
  return found?.reads.has(leaf) ? found.convert : undefined
}

/** Times as HL7 writes them, and as JSON feeds do: `2026-01-01 08:30:00`, `2026-01-01T08:30:00+08:00`, `2026/1/1` is none. */
function time(value: string, zone: string): Hl7Time | undefined {
  const trimmed = value.trim()
  if (trimmed.charAt(4) !== '-') return parseTime(trimmed, zone)
  const iso = /^(\d{4})-(\d\d)(?:-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(\.\d{1,4})?\d*)?(Z|[+-]\d\d:?\d\d)?)?)?$/.exec(trimmed)
  if (!iso) return parseTime(trimmed, zone)
  const [, year, month, day = '', hour = '', minute = '', second = '', fraction = '', offset = ''] = iso
  const plainOffset = offset === 'Z' ? '+0000' : offset.replace(':', '')
  return parseTime(year! + month + day + hour + minute + second + fraction + plainOffset, zone)
}

/** HL7 allows a sign, leading zeros and an open end; what is left is the number as it was received, 5.10 with its zero. */
function decimal(value: string): JsonValue | undefined {
  const plain = Number(value)
  if (String(plain) === value) return plain
  const parts = /^\s*([+-]?)0*(\d*)(?:\.(\d*))?\s*$/.exec(value)
  if (!parts) return ExactDecimal.parse(value.trim().replace(/^\+/, ''))
  const [, sign, whole, fraction = ''] = parts
  if (whole === '' && fraction === '' && !/\d/.test(value)) return undefined
  return number(`${sign === '-' ? '-' : ''}${whole || '0'}${fraction === '' ? '' : `.${fraction}`}`)
}

/** A plain number where a double prints back the same text. */
function number(written: string): JsonValue {
  const value = Number(written)
  return String(value) === written ? value : ExactDecimal.received(written)
}

function integer(value: string, min: number): JsonValue | undefined {
  const written = value.trim()
  if (!/^[+-]?\d{1,10}$/.test(written)) return undefined
  const parsed = Number(written)
  return parsed >= min && parsed <= 2_147_483_647 ? parsed : undefined
}
