// A time of HL7 v2 (chapter 2A, DTM) as FHIR date, dateTime, instant and time, with exactly the precision the sender gave.
import { offsetMinutes, offsetMinutesAt } from './zone.ts'

/** In rising order; `fraction` is a second with decimals. */
export const precisions = ['year', 'month', 'day', 'hour', 'minute', 'second', 'fraction'] as const
export type Precision = (typeof precisions)[number]

/** A point in time as it was written: wall clock, offset and precision. Formats are made when asked for. */
export class Hl7Time {
  readonly precision: Precision
  readonly year: number
  readonly month: number
  readonly day: number
  readonly hour: number
  readonly minute: number
  readonly second: number
  /** Decimals of the second as written, without the point; `''` when there are none. */
  readonly fraction: string
  /** Minutes east of UTC: as written, else the zone's at that wall clock. */
  readonly offsetMinutes: number
  /** Where the offset was not written: the zone it came from. */
  readonly #zone: string | undefined

  constructor(parts: TimeParts, zone: string) {
    this.precision = parts.precision
    this.year = parts.year
    this.month = parts.month
    this.day = parts.day
    this.hour = parts.hour
    this.minute = parts.minute
    this.second = parts.second
    this.fraction = parts.fraction
    this.#zone = parts.offsetMinutes === undefined ? zone : undefined
    this.offsetMinutes = parts.offsetMinutes ?? offsetMinutes(wallClockMs(parts), zone)
  }

  /** FHIR date: `YYYY`, `YYYY-MM` or `YYYY-MM-DD`; a time of day is left out, the day stays the sender's. */
  get date(): string {
    if (this.precision === 'year') return four(this.year)
    if (this.precision === 'month') return `${four(this.year)}-${two(this.month)}`
    return `${four(this.year)}-${two(this.month)}-${two(this.day)}`
  }

  /**
   * FHIR dateTime. FHIR knows no hour without minutes: a time given to the hour is told to the day, rather than with invented minutes.
   * FHIR demands seconds, which it says may be zero-filled: a time given to the minute gets `:00`. Decimals stay as written.
   */
  get dateTime(): string {
    return precisions.indexOf(this.precision) < minuteRank
      ? this.date
      : `${this.date}T${this.#clock()}${offsetText(this.offsetMinutes, ':')}`
  }

  /** FHIR instant: known to the second at least; undefined for coarser times, as an instant may not be guessed. */
  get instant(): string | undefined {
    return precisions.indexOf(this.precision) < secondRank ? undefined : this.dateTime
  }

  /** FHIR time, undefined for times coarser than a minute; seconds zero-filled as in `dateTime`. */
  get time(): string | undefined {
    return precisions.indexOf(this.precision) < minuteRank ? undefined : this.#clock()
  }

  /** First millisecond of the stretch of time this is known to lie in. */
  get fromMs(): number {
    return wallClockMs(this) + Number(this.fraction.slice(0, 3).padEnd(3, '0')) - this.offsetMinutes * 60_000
  }

  /** First millisecond after it: a day is 23 hours long when clocks are set forward on it. */
  get toMs(): number {
    switch (this.precision) {
      case 'year':
        return this.#midnightMs(this.year + 1, 1, 1)
      case 'month':
        return this.#midnightMs(this.year, this.month + 1, 1)
      case 'day':
        return this.#midnightMs(this.year, this.month, this.day + 1)
      case 'fraction':
        return this.fromMs + Math.max(1, 10 ** (3 - this.fraction.length))
      default:
        return this.fromMs + lengthsMs[this.precision]
    }
  }

  #midnightMs(year: number, month: number, day: number): number {
    const wallClock = utcMs(year, month, day, 0, 0, 0)
    return wallClock - (this.#zone === undefined ? this.offsetMinutes : offsetMinutes(wallClock, this.#zone)) * 60_000
  }

  #clock(): string {
    const clock = `${two(this.hour)}:${two(this.minute)}:${two(this.second)}`
    return this.fraction === '' ? clock : `${clock}.${this.fraction}`
  }
}

export type TimeParts = {
  precision: Precision
  year: number
  month: number
  day: number
  hour: number
  minute: number
  second: number
  fraction: string
  offsetMinutes: number | undefined
}

const minuteRank = precisions.indexOf('minute')
const secondRank = precisions.indexOf('second')
const lengthsMs = { hour: 3_600_000, minute: 60_000, second: 1000 }

/** An instant as DTM to the second in a zone, with its offset: `20260105083015+0800`. */
export function formatTime(epochMs: number, zone: string): string {
  const offset = offsetMinutesAt(epochMs, zone)
  const wallClock = new Date(epochMs + offset * 60_000).toISOString()
  return wallClock.slice(0, 19).replace(/[-:T]/g, '') + offsetText(offset, '')
}

function wallClockMs(of: { year: number; month: number; day: number; hour: number; minute: number; second: number }): number {
  return utcMs(of.year, of.month, of.day, of.hour, of.minute, of.second)
}

function utcMs(year: number, month: number, day: number, hour: number, minute: number, second: number): number {
  // Date.UTC takes years below 100 for 19xx: no sender means those, yet they must not be moved.
  const ms = Date.UTC(year < 100 ? year + 400 : year, month - 1, day, hour, minute, second)
  return year < 100 ? ms - fourCenturiesMs : ms
}

const fourCenturiesMs = 146_097 * 86_400_000

function offsetText(minutes: number, separator: string): string {
  const size = Math.abs(minutes)
  return `${minutes < 0 ? '-' : '+'}${two(Math.floor(size / 60))}${separator}${two(size % 60)}`
}

const pairs = Array.from({ length: 100 }, (_, value) => String(value).padStart(2, '0'))

function two(value: number): string {
  return pairs[value]!
}

function four(value: number): string {
  return two(Math.floor(value / 100)) + two(value % 100)
}
