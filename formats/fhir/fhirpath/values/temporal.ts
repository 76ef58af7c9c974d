// Date, DateTime and Time with the precision and offset they were written with (FHIRPath literals and comparison rules).

export type TemporalType = 'Date' | 'DateTime' | 'Time'

/** How far a value is given: 1 year, 2 month, 3 day, 4 hour, 5 minute, 6 second with or without a fraction. */
export type Precision = 1 | 2 | 3 | 4 | 5 | 6

export type TemporalFields = {
  readonly type: TemporalType
  readonly precision: Precision
  readonly year: number
  readonly month: number
  readonly day: number
  readonly hour: number
  readonly minute: number
  readonly second: number
  /** Fraction of the second; more digits than nine are cut off. */
  readonly nanosecond: number
  /** Digits of the fraction as written, at most nine. */
  readonly fractionDigits: number
  /** Minutes east of UTC; undefined when none was given. */
  readonly offsetMinutes: number | undefined
}

const datePattern = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$/
const timePattern = /^T?(\d{2})(?::(\d{2})(?::(\d{2})(?:\.(\d+))?)?)?$/
const dateTimePattern = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?(?:T(?:(\d{2})(?::(\d{2})(?::(\d{2})(?:\.(\d+))?)?)?(Z|[+-]\d{2}:\d{2})?)?)?$/

/** Reads `2015`, `2015-02-04T14:34:28.123+08:00`, `2015T`, or for Time `14:34`; undefined when it is no such value. */
export function parseTemporal(type: TemporalType, text: string): Temporal | undefined {
  if (text.length === 10 && type !== 'Time' && text.charCodeAt(4) === 45 && text.charCodeAt(7) === 45) return parseDay(type, text)
  if (type === 'Time') {
    const match = timePattern.exec(text)
    return match ? read(type, [undefined, undefined, undefined, ...match.slice(1)]) : undefined
  }
  const match = (type === 'Date' ? datePattern : dateTimePattern).exec(text)
  return match ? read(type, match.slice(1)) : undefined
}

/** From the matched parts: year, month, day, hour, minute, second, fraction, offset. */
function read(type: TemporalType, parts: readonly (string | undefined)[]): Temporal | undefined {
  const [year, month, day, hour, minute, second, fraction, offset] = parts
  if (type !== 'Time' && (hour ?? offset) !== undefined && day === undefined) return undefined
  if (offset !== undefined && hour === undefined) return undefined
  return checked({
    type,
    precision: second ? 6 : minute ? 5 : hour ? 4 : day ? 3 : month ? 2 : 1,
    year: Number(year ?? 1),
    month: Number(month ?? 1),
    day: Number(day ?? 1),
    hour: Number(hour ?? 0),
    minute: Number(minute ?? 0),
    second: Number(second ?? 0),
    nanosecond: Number((fraction ?? '').slice(0, 9).padEnd(9, '0')),
    fractionDigits: Math.min(fraction?.length ?? 0, 9),
    offsetMinutes: offset === undefined ? undefined : offsetOf(offset),
  })
}

/** The commonest form, `2015-02-04`, without a regular expression. */
function parseDay(type: TemporalType, text: string): Temporal | undefined {
  const year = digits(text, 0, 4)
  const month = digits(text, 5, 7)
  const day = digits(text, 8, 10)
  return checked({ ...midnight, type, precision: 3, year, month, day })
}

const midnight = { hour: 0, minute: 0, second: 0, nanosecond: 0, fractionDigits: 0, offsetMinutes: undefined }

function digits(text: string, from: number, to: number): number {
  let value = 0
  for (let i = from; i < to; i++) {
    const digit = text.charCodeAt(i) - 48
    if (digit < 0 || digit > 9) return Number.NaN
    value = value * 10 + digit
  }
  return value
}

function checked(fields: TemporalFields): Temporal | undefined {
  const { year, month, day, hour, minute, second, offsetMinutes } = fields
  const valid =
    year >= 1 &&
    year <= 9999 &&
    month >= 1 &&
    month <= 12 &&
    day >= 1 &&
    (day <= 28 || day <= daysInMonth(year, month)) &&
    hour <= 23 &&
    minute <= 59 &&
    second <= 60 &&
    (offsetMinutes === undefined || Math.abs(offsetMinutes) <= 14 * 60)
  return valid ? new Temporal(fields) : undefined
}

function offsetOf(text: string): number {
  if (text === 'Z') return 0
  const minutes = Number(text.slice(1, 3)) * 60 + Number(text.slice(4, 6))
  return text.startsWith('-') ? -minutes : minutes
}

export function daysInMonth(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31
}

/** Days since 1970-01-01 of a day of the proleptic Gregorian calendar. */
export function dayNumber(year: number, month: number, day: number): number {
  const y = month <= 2 ? year - 1 : year
  const era = Math.floor(y / 400)
  const yearOfEra = y - era * 400
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1
  return era * 146097 + yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear - 719468
}

export function dayOfNumber(number: number): { year: number; month: number; day: number } {
  const shifted = number + 719468
  const era = Math.floor(shifted / 146097)
  const dayOfEra = shifted - era * 146097
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36524) - Math.floor(dayOfEra / 146096)) / 365,
  )
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const shiftedMonth = Math.floor((5 * dayOfYear + 2) / 153)
  const month = shiftedMonth + (shiftedMonth < 10 ? 3 : -9)
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
  return { year, month, day: dayOfYear - Math.floor((153 * shiftedMonth + 2) / 5) + 1 }
}

export class Temporal {
  readonly type: TemporalType
  readonly precision: Precision
  readonly year: number
  readonly month: number
  readonly day: number
  readonly hour: number
  readonly minute: number
  readonly second: number
  readonly nanosecond: number
  readonly fractionDigits: number
  readonly offsetMinutes: number | undefined

  constructor(fields: TemporalFields) {
    this.type = fields.type
    this.precision = fields.precision
    this.year = fields.year
    this.month = fields.month
    this.day = fields.day
    this.hour = fields.hour
    this.minute = fields.minute
    this.second = fields.second
    this.nanosecond = fields.nanosecond
    this.fractionDigits = fields.fractionDigits
    this.offsetMinutes = fields.offsetMinutes
  }

  with(changes: Partial<TemporalFields>): Temporal {
    return new Temporal({ ...this, ...changes })
  }

  /** Seconds since 1970-01-01 of the fields as written, the offset not applied; missing fields count as the first moment. */
  get localSeconds(): number {
    return dayNumber(this.year, this.month, this.day) * 86400 + this.hour * 3600 + this.minute * 60 + this.second
  }

  toString(): string {
    return this.type === 'Time'
      ? this.#timeText()
      : this.#dateText() + (this.precision > 3 ? `T${this.#timeText()}${this.#offsetText()}` : '')
  }

  toJSON(): string {
    return this.toString()
  }

  #dateText(): string {
    const parts = [pad(this.year, 4), pad(this.month, 2), pad(this.day, 2)]
    return parts.slice(0, Math.min(this.precision, 3)).join('-')
  }

  #timeText(): string {
    const parts = [pad(this.hour, 2), pad(this.minute, 2), pad(this.second, 2)].slice(0, this.precision - 3)
    const fraction = this.fractionDigits > 0 ? `.${pad(this.nanosecond, 9).slice(0, this.fractionDigits)}` : ''
    return parts.join(':') + fraction
  }

  #offsetText(): string {
    if (this.offsetMinutes === undefined) return ''
    if (this.offsetMinutes === 0) return 'Z'
    const minutes = Math.abs(this.offsetMinutes)
    return `${this.offsetMinutes < 0 ? '-' : '+'}${pad(Math.floor(minutes / 60), 2)}:${pad(minutes % 60, 2)}`
  }
}

function pad(value: number, width: number): string {
  return String(value).padStart(width, '0')
}

/** Beyond this distance two times compare the same in whatever zone the one without an offset lies: UTC-12 to UTC+14. */
const zoneSpanSeconds = { west: 12 * 3600, east: 14 * 3600 }

/**
 * -1, 0 or 1 by precision, from the year down; undefined when one value goes further than the other, or when the answer hangs on
 * an offset that only one of them has.
 */
export function compareTemporal(left: Temporal, right: Temporal): -1 | 0 | 1 | undefined {
  const timed = left.precision > 3 && right.precision > 3 && left.type !== 'Time'
  if (timed && left.offsetMinutes !== right.offsetMinutes) return compareZoned(left, right)
  const shared = Math.min(left.precision, right.precision)
  const difference =
    left.year - right.year ||
    (shared > 1 && left.month - right.month) ||
    (shared > 2 && left.day - right.day) ||
    (shared > 3 && left.hour - right.hour) ||
    (shared > 4 && left.minute - right.minute) ||
    (shared > 5 && (left.second - right.second || left.nanosecond - right.nanosecond))
  if (difference) return difference < 0 ? -1 : 1
  return left.precision === right.precision ? 0 : undefined
}

function compareZoned(left: Temporal, right: Temporal): -1 | 0 | 1 | undefined {
  if (left.offsetMinutes === undefined) return opposite(compareUnzoned(right, left))
  if (right.offsetMinutes === undefined) return compareUnzoned(left, right)
  return compareTemporal(toUtc(left), toUtc(right))
}

/** The zoned value against one that may lie in any zone, and may be given no closer than to the hour. */
function compareUnzoned(zoned: Temporal, local: Temporal): -1 | 0 | 1 | undefined {
  const seconds = zoned.localSeconds - zoned.offsetMinutes! * 60
  if (seconds < local.localSeconds - zoneSpanSeconds.east) return -1
  return seconds > local.localSeconds + zoneSpanSeconds.west + 3600 ? 1 : undefined
}

function opposite(order: -1 | 0 | 1 | undefined): -1 | 0 | 1 | undefined {
  return order === undefined ? undefined : ((0 - order) as -1 | 0 | 1)
}

function toUtc(value: Temporal): Temporal {
  return fromLocalSeconds(value, value.localSeconds - value.offsetMinutes! * 60).with({ offsetMinutes: 0 })
}

/** The value moved to another count of local seconds, its precision kept. */
export function fromLocalSeconds(value: Temporal, seconds: number): Temporal {
  const days = Math.floor(seconds / 86400)
  const ofDay = seconds - days * 86400
  const time = { hour: Math.floor(ofDay / 3600), minute: Math.floor(ofDay / 60) % 60, second: ofDay % 60 }
  return value.with(value.type === 'Time' ? time : { ...dayOfNumber(days), ...time })
}
