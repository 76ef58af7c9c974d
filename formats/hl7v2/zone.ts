// Offsets of wall-clock times in an IANA zone, never the machine's: China by its own table, every other zone through Intl.

const minuteMs = 60_000
const dayMs = 24 * 60 * minuteMs

/**
 * Offset from UTC, in minutes, of a wall-clock time in a zone. `localMs` is the wall clock counted as if it were UTC.
 * A time that occurs twice (clocks set back) is the first; one that does not exist (clocks set forward) keeps the offset before the change.
 * @throws RangeError for a zone that does not exist: `isZone` tells
 */
export function offsetMinutes(localMs: number, zone: string): number {
  if (zone === 'Asia/Shanghai' && localMs >= chinaSince) return chinaOffset(localMs)
  const before = zoneOffset(localMs - dayMs, zone)
  const after = zoneOffset(localMs + dayMs, zone)
  if (before === after) return before
  const isValid = (offset: number): boolean => zoneOffset(localMs - offset * minuteMs, zone) === offset
  return !isValid(before) && isValid(after) ? after : before
}

/** Offset from UTC, in minutes, at an instant. */
export function offsetMinutesAt(epochMs: number, zone: string): number {
  return zoneOffset(epochMs, zone)
}

export function isZone(name: string): boolean {
  try {
    formatterOf(name)
    return true
  } catch {
    return false
  }
}

/** Before 1950 the rules of Shanghai are the IANA database's business (summer times of 1919 and 1940 to 1949, local mean time before 1901). */
const chinaSince = Date.UTC(1950, 0, 1)
const chinaMinutes = 480

/** Summer time in China, 1986 to 1991: from 2:00 on the first day to 2:00 (summer time) on the second. */
const chinaSummers: readonly (readonly [from: number, to: number])[] = [
  [Date.UTC(1986, 4, 4, 2), Date.UTC(1986, 8, 14, 2)],
  [Date.UTC(1987, 3, 12, 2), Date.UTC(1987, 8, 13, 2)],
  [Date.UTC(1988, 3, 17, 2), Date.UTC(1988, 8, 11, 2)],
  [Date.UTC(1989, 3, 16, 2), Date.UTC(1989, 8, 17, 2)],
  [Date.UTC(1990, 3, 15, 2), Date.UTC(1990, 8, 16, 2)],
  [Date.UTC(1991, 3, 14, 2), Date.UTC(1991, 8, 15, 2)],
]
const firstSummer = chinaSummers[0]![0]
const lastSummer = chinaSummers.at(-1)![1]
const hourMs = 60 * minuteMs

function chinaOffset(localMs: number): number {
  if (localMs < firstSummer || localMs >= lastSummer) return chinaMinutes
  // The hour from 2:00 on the first day does not exist and keeps the offset before.
  return chinaSummers.some(([from, to]) => localMs >= from + hourMs && localMs < to) ? chinaMinutes + 60 : chinaMinutes
}

const formatters = new Map<string, Intl.DateTimeFormat>()

/** Offsets by zone and quarter of an hour: no rule changes within one. Emptied when full. */
const offsets = new Map<string, Map<number, number>>()
const offsetsPerZoneMax = 4096
const quarterMs = 15 * minuteMs

function zoneOffset(epochMs: number, zone: string): number {
  const quarter = Math.floor(epochMs / quarterMs)
  let known = offsets.get(zone)
  const found = known?.get(quarter)
  if (found !== undefined) return found
  const offset = computeOffset(quarter * quarterMs, zone)
  if (!known) offsets.set(zone, (known = new Map()))
  if (known.size >= offsetsPerZoneMax) known.clear()
  known.set(quarter, offset)
  return offset
}

/** Offsets of local mean time have seconds; they are rounded, as no format that carries an offset can hold them. */
function computeOffset(epochMs: number, zone: string): number {
  const part: Record<string, number> = {}
  for (const { type, value } of formatterOf(zone).formatToParts(epochMs)) part[type] = Number(value)
  const wallClock = new Date(0)
  wallClock.setUTCFullYear(part['year']!, part['month']! - 1, part['day'])
  wallClock.setUTCHours(part['hour']!, part['minute'], part['second'])
  return Math.round((wallClock.getTime() - epochMs) / minuteMs)
}

function formatterOf(zone: string): Intl.DateTimeFormat {
  let formatter = formatters.get(zone)
  if (!formatter) {
    formatter = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      calendar: 'iso8601',
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    })
    formatters.set(zone, formatter)
  }
  return formatter
}
