// Adding durations to dates and times (FHIRPath section Date/Time arithmetic): calendar semantics, partial values, cyclic times.
import { ExactDecimal, multiplyDecimals, roundDecimal } from '../../decimal.ts'
import { type CalendarUnit, definiteUnits, type Quantity, ucumSystem } from './quantity.ts'
import { dayNumber, dayOfNumber, daysInMonth, fromLocalSeconds, type Temporal } from './temporal.ts'

/** UCUM units that stand for calendar units; a year or month of UCUM is no calendar one and cannot be added. */
const calendarOf: ReadonlyMap<string, CalendarUnit> = new Map(
  (Object.entries(definiteUnits) as [CalendarUnit, string][])
    .filter(([unit]) => unit !== 'year' && unit !== 'month')
    .map(([unit, code]) => [code, unit]),
)

/** Seconds in a unit below the day, as numerator over thousand. */
const milliseconds: Readonly<Partial<Record<CalendarUnit, bigint>>> = { hour: 3_600_000n, minute: 60_000n, second: 1000n, millisecond: 1n }

/** `unit`: the value has no such unit; `range`: the result lies before year 1 or after 9999. */
export function addDuration(value: Temporal, quantity: Quantity): Temporal | 'unit' | 'range' {
  const unit = quantity.isCalendar
    ? (quantity.unit as CalendarUnit)
    : quantity.system === ucumSystem
      ? calendarOf.get(quantity.unit)
      : undefined
  if (unit === undefined) return 'unit'
  const ms = milliseconds[unit]
  if (value.type === 'Time') return ms === undefined ? 'unit' : addTime(value, quantity.value, unit, ms)
  if (ms !== undefined) return value.type === 'Date' ? 'unit' : addTime(value, quantity.value, unit, ms)
  const amount = whole(quantity.value)
  if (unit === 'year') return addMonths(value, amount * 12)
  if (unit === 'month') return addMonths(value, value.precision === 1 ? Math.trunc(amount / 12) * 12 : amount)
  return addDays(value, unit === 'week' ? amount * 7 : amount)
}

/** Units above the second count whole. */
function whole(value: ExactDecimal): number {
  return Number(roundDecimal(value, 0, 'truncate')?.coefficient ?? Number.NaN)
}

function addMonths(value: Temporal, months: number): Temporal | 'range' {
  const total = value.year * 12 + (value.month - 1) + months
  const year = Math.floor(total / 12)
  if (!(year >= 1 && year <= 9999)) return 'range'
  const month = total - year * 12 + 1
  return value.with({ year, month, day: Math.min(value.day, daysInMonth(year, month)) })
}

/** A value that goes to the month takes 30 days for one, a value that goes to the year 365. */
function addDays(value: Temporal, days: number): Temporal | 'range' {
  if (value.precision === 1) return addMonths(value, Math.trunc(days / 365) * 12)
  if (value.precision === 2) return addMonths(value, Math.trunc(days / 30))
  const { year, month, day } = dayOfNumber(dayNumber(value.year, value.month, value.day) + days)
  return year >= 1 && year <= 9999 ? value.with({ year, month, day }) : 'range'
}

/** Seconds may have a fraction; what is finer than the value itself is cut off. */
function addTime(value: Temporal, amount: ExactDecimal, unit: CalendarUnit, ms: bigint): Temporal | 'range' {
  const fractional = unit === 'second' || unit === 'millisecond'
  const scaled = fractional
    ? multiplyDecimals(amount, ExactDecimal.of(ms * 1_000_000n, 0))
    : ExactDecimal.of(BigInt(whole(amount)) * ms * 1_000_000n, 0)
  const nanoseconds = scaled && roundDecimal(scaled, 0, 'truncate')?.coefficient
  if (nanoseconds === undefined || nanoseconds > 10n ** 21n || nanoseconds < -(10n ** 21n)) return 'range'
  if (value.precision < 4) return addDays(value, Number(nanoseconds / (86_400n * 1_000_000_000n)))
  const step = value.precision === 4 ? 3600n : value.precision === 5 ? 60n : 0n
  const cut = step === 0n ? nanoseconds : (nanoseconds / (step * 1_000_000_000n)) * step * 1_000_000_000n
  return moveBy(value, cut)
}

function moveBy(value: Temporal, nanoseconds: bigint): Temporal | 'range' {
  const total = BigInt(value.localSeconds) * 1_000_000_000n + BigInt(value.nanosecond) + nanoseconds
  let seconds = total / 1_000_000_000n
  let rest = total % 1_000_000_000n
  if (rest < 0n) {
    rest += 1_000_000_000n
    seconds -= 1n
  }
  const nanosecond = Number(rest)
  const digits = nanosecond === 0 ? value.fractionDigits : Math.max(value.fractionDigits, nanosecond % 1_000_000 === 0 ? 3 : 9)
  const moved = fromLocalSeconds(value, Number(seconds)).with({ nanosecond, fractionDigits: digits })
  return moved.year >= 1 && moved.year <= 9999 ? moved : 'range'
}
