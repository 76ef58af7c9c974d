// Dates as intervals of time (search.html#date): what a date of some precision covers, [from, to) in milliseconds.
import type { JsonObject, JsonValue } from '#kernel/json.ts'

export type Interval = { readonly from: number; readonly to: number }

/** A date without offset is a day (month, year) in China: stored dates and dates asked for are read alike. */
const localOffsetMs = 8 * 3_600_000
const dayMs = 86_400_000

const grammar = /^(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T(\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,12}))?)?(Z|[+-]\d\d:\d\d)?)?)?)?$/

/** The interval of a date, dateTime or instant of any precision, seconds optional; undefined when it is not a real date. */
export function dateInterval(text: string): Interval | undefined {
  const match = grammar.exec(text)
  if (!match) return undefined
  const [, year, month, day, hour, minute, second, fraction, zone] = match
  const y = Number(year)
  if (month === undefined) return local(utc(y, 0, 1), utc(y + 1, 0, 1))
  const m = Number(month) - 1
  if (m < 0 || m > 11) return undefined
  if (day === undefined) return local(utc(y, m, 1), utc(y, m + 1, 1))
  const d = Number(day)
  const start = utc(y, m, d)
  if (d < 1 || new Date(start).getUTCMonth() !== m) return undefined
  if (hour === undefined) return local(start, start + dayMs)
  const offset = zoneOffsetMs(zone)
  if (offset === undefined || Number(hour) > 23 || Number(minute) > 59 || Number(second ?? 0) > 60) return undefined
  const minuteStart = start + Number(hour) * 3_600_000 + Number(minute) * 60_000 - offset
  if (second === undefined) return { from: minuteStart, to: minuteStart + 60_000 }
  const secondStart = minuteStart + Number(second) * 1000
  if (fraction === undefined) return { from: secondStart, to: secondStart + 1000 }
  const width = 10 ** Math.max(0, 3 - fraction.length)
  const from = secondStart + Number(fraction.slice(0, 3).padEnd(3, '0'))
  return { from, to: from + width }
}

/** What a Period covers; a missing end is open. */
export function periodInterval(period: JsonObject): Interval | undefined {
  const start = bound(period['start'])
  const end = bound(period['end'])
  if (start === null || end === null || (!start && !end)) return undefined
  return { from: start?.from ?? Number.NEGATIVE_INFINITY, to: end?.to ?? Number.POSITIVE_INFINITY }
}

/** The outer bounds of a Timing: its events, and the period that bounds its repetition. */
export function timingInterval(timing: JsonObject): Interval | undefined {
  const events = Array.isArray(timing['event']) ? timing['event'].map(bound) : []
  const repeat = timing['repeat'] as JsonObject | undefined
  const bounds = repeat?.['boundsPeriod'] ? periodInterval(repeat['boundsPeriod'] as JsonObject) : undefined
  const all = [...events, bounds].filter(interval => interval !== undefined && interval !== null)
  if (all.length === 0) return undefined
  return { from: Math.min(...all.map(i => i.from)), to: Math.max(...all.map(i => i.to)) }
}

/** Undefined when absent, null when there is something that is no date. */
function bound(value: JsonValue | undefined): Interval | undefined | null {
  if (value === undefined) return undefined
  return typeof value === 'string' ? (dateInterval(value) ?? null) : null
}

function local(from: number, to: number): Interval {
  return { from: from - localOffsetMs, to: to - localOffsetMs }
}

function utc(year: number, month: number, day: number): number {
  if (year >= 100) return Date.UTC(year, month, day)
  const date = new Date(0)
  return date.setUTCFullYear(year, month, day)
}

function zoneOffsetMs(zone: string | undefined): number | undefined {
  if (zone === undefined) return localOffsetMs
  if (zone === 'Z') return 0
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(4, 6))
  if (minutes > 14 * 60 || Number(zone.slice(4, 6)) > 59) return undefined
  return (zone[0] === '-' ? -minutes : minutes) * 60_000
}
