// Reading times of HL7 v2 (DTM, DT, TS, TM; chapter 2A) in every precision, with an offset or a zone, and no time that does not exist.
import { fault } from '#kernel/fault.ts'
import { failed, ok, type Result } from '#kernel/result.ts'
import type { Segment } from './segment.ts'
import { Hl7Time, type Precision, precisions, type TimeParts } from './time.ts'

/** Degrees of precision of TS.2, table 0529. */
const degrees: Readonly<Record<string, Precision>> = { Y: 'year', L: 'month', D: 'day', H: 'hour', M: 'minute', S: 'second' }

/**
 * Reads DTM, DT or TS.1: `YYYY[MM[DD[HH[MM[SS[.S[S[S[S]]]]]]]]][+/-ZZZZ]`.
 * @param zone IANA zone of times without offset
 * @param degree TS.2 of older versions: a coarser precision than the digits show
 * @returns undefined for anything that is no time (also impossible dates, hour 24, second 60)
 */
export function parseTime(text: string, zone: string, degree = ''): Hl7Time | undefined {
  const clockEnd = endOfDigits(text, 0)
  const precision = dateLengths[clockEnd]
  if (precision === undefined) return undefined
  const fractionEnd = text.charCodeAt(clockEnd) === point ? endOfDigits(text, clockEnd + 1) : clockEnd
  const parts: TimeParts = {
    precision: fractionEnd > clockEnd ? 'fraction' : precision,
    year: number(text, 0, 4),
    month: clockEnd > 4 ? number(text, 4, 6) : 1,
    day: clockEnd > 6 ? number(text, 6, 8) : 1,
    hour: clockEnd > 8 ? number(text, 8, 10) : 0,
    minute: clockEnd > 10 ? number(text, 10, 12) : 0,
    second: clockEnd > 12 ? number(text, 12, 14) : 0,
    fraction: text.slice(clockEnd + 1, fractionEnd),
    offsetMinutes: undefined,
  }
  if (fractionEnd > clockEnd && (precision !== 'second' || !isFraction(parts.fraction))) return undefined
  if (!isDate(parts) || parts.hour > 23 || parts.minute > 59 || parts.second > 59) return undefined
  if (fractionEnd < text.length) {
    parts.offsetMinutes = parseOffset(text, fractionEnd)
    if (parts.offsetMinutes === undefined) return undefined
  }
  return new Hl7Time(coarsened(parts, degree), zone)
}

/** Reads TM, `HH[MM[SS[.S…]]][+/-ZZZZ]`, as FHIR time; an offset is left out, as FHIR times have none. Undefined when it is no time or coarser than a minute. */
export function parseTimeOfDay(text: string): string | undefined {
  return /^\d{2}/.test(text) ? parseTime(`20000101${text}`, 'UTC')?.time : undefined
}

/**
 * The time at a place of a segment, with TS.2 where the version has it; undefined when the place is empty.
 * @returns fault `hl7.bad-time` with the position
 */
export function readTime(segment: Segment, zone: string, field: number, repetition = 1, component = 1): Result<Hl7Time | undefined> {
  const text = component === 1 ? segment.value(field, repetition, 1, 1) : segment.value(field, repetition, component)
  if (text === '') return ok(undefined)
  const time = parseTime(text, zone, component === 1 ? segment.value(field, repetition, 2, 1) : '')
  if (time) return ok(time)
  const at = segment.position(field, repetition, component === 1 ? 0 : component)
  return failed(fault('hl7.bad-time', { at, args: { field: `${segment.name}-${field}` } }))
}

/** Precision by number of digits before the fraction. */
const dateLengths: readonly (Precision | undefined)[] = (() => {
  const lengths: (Precision | undefined)[] = []
  for (const [length, precision] of [
    [4, 'year'],
    [6, 'month'],
    [8, 'day'],
    [10, 'hour'],
    [12, 'minute'],
    [14, 'second'],
  ] as const)
    lengths[length] = precision
  return lengths
})()

const point = 0x2e

function endOfDigits(text: string, from: number): number {
  let at = from
  while (text.charCodeAt(at) >= 0x30 && text.charCodeAt(at) <= 0x39) at++
  return at
}

function number(text: string, from: number, to: number): number {
  let value = 0
  for (let at = from; at < to; at++) value = value * 10 + text.charCodeAt(at) - 0x30
  return value
}

function isFraction(fraction: string): boolean {
  return fraction.length >= 1 && fraction.length <= 4
}

const monthDays = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

function isDate({ year, month, day }: TimeParts): boolean {
  if (year < 1 || month < 1 || month > 12 || day < 1) return false
  const leap = month === 2 && year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
  return day <= monthDays[month - 1]! + (leap ? 1 : 0)
}

/** `+HHMM` or `-HHMM` up to 14 hours, as FHIR allows. */
function parseOffset(text: string, at: number): number | undefined {
  const sign = text.charAt(at) === '+' ? 1 : text.charAt(at) === '-' ? -1 : 0
  if (sign === 0 || text.length !== at + 5 || endOfDigits(text, at + 1) !== at + 5) return undefined
  const minutes = number(text, at + 1, at + 3) * 60 + number(text, at + 3, at + 5)
  return number(text, at + 3, at + 5) > 59 || minutes > 840 ? undefined : sign * minutes
}

function coarsened(parts: TimeParts, degree: string): TimeParts {
  const limit = degrees[degree]
  if (limit === undefined || precisions.indexOf(limit) >= precisions.indexOf(parts.precision)) return parts
  const rank = precisions.indexOf(limit)
  return {
    ...parts,
    precision: limit,
    month: rank < 1 ? 1 : parts.month,
    day: rank < 2 ? 1 : parts.day,
    hour: rank < 3 ? 0 : parts.hour,
    minute: rank < 4 ? 0 : parts.minute,
    second: rank < 5 ? 0 : parts.second,
    fraction: '',
  }
}
