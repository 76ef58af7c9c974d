// Parts of dates and times, and the time between two of them (FHIRPath, trial use).
import { ExactDecimal } from '../../../decimal.ts'
import type { Item } from '../../values/collection.ts'
import { compareTemporal, dayNumber, fromLocalSeconds, type Precision, type Temporal } from '../../values/temporal.ts'
import type { FunctionTable } from '../call.ts'
import { badArgument, type Running, type ScalarFunction, scalar } from '../scalar.ts'
import { dateOf } from './conversion.ts'
import { timeOf } from './utility.ts'

export const dates: FunctionTable = {
  yearOf: part('Integer', value => (value.type === 'Time' ? undefined : value.year)),
  monthOf: part('Integer', value => (value.type === 'Time' || value.precision < 2 ? undefined : value.month)),
  dayOf: part('Integer', value => (value.type === 'Time' || value.precision < 3 ? undefined : value.day)),
  hourOf: part('Integer', value => (value.precision < 4 ? undefined : value.hour)),
  minuteOf: part('Integer', value => (value.precision < 5 ? undefined : value.minute)),
  secondOf: part('Integer', value => (value.precision < 6 ? undefined : value.second)),
  millisecondOf: part('Integer', value => (value.fractionDigits === 0 ? undefined : Math.trunc(value.nanosecond / 1_000_000))),
  timezoneOffsetOf: part('Decimal', value => (value.offsetMinutes === undefined ? undefined : hours(value.offsetMinutes))),
  dateOf: part('Date', value => (value.type === 'Time' ? undefined : dateOf(value))),
  timeOf: part('Time', value => (value.type === 'DateTime' && value.precision > 3 ? timeOf(value) : undefined)),
  duration: between(wholePeriods),
  difference: between(boundaries),
}

function part(result: ScalarFunction['result'], take: (value: Temporal) => Item | undefined) {
  return scalar({ input: 'Temporal', result, tolerant: true, run: input => take(input as Temporal) })
}

/** An offset in hours, e.g. 8.75. */
function hours(minutes: number): ExactDecimal {
  return ExactDecimal.of(BigInt(Math.round((minutes / 60) * 100)), 2)
}

type Unit = 'year' | 'month' | 'week' | 'day' | 'hour' | 'minute' | 'second' | 'millisecond'

const precisions: Readonly<Record<Unit, Precision>> = { year: 1, month: 2, week: 3, day: 3, hour: 4, minute: 5, second: 6, millisecond: 6 }
const unitSeconds: Readonly<Partial<Record<Unit, number>>> = {
  week: 604800,
  day: 86400,
  hour: 3600,
  minute: 60,
  second: 1,
  millisecond: 0.001,
}

function between(count: (from: Temporal, to: Temporal, unit: Unit) => number) {
  return scalar({
    input: 'Temporal',
    args: ['Temporal', 'String'],
    result: 'Integer',
    run: (input, [other, precision], call) => {
      const [from, to] = [input as Temporal, other as Temporal]
      const unit = unitOf(precision as string, from, to, call)
      if (from.precision < precisions[unit] || to.precision < precisions[unit]) return undefined
      const [a, b] = precisions[unit] > 3 ? [normalized(from), normalized(to)] : [from, to]
      return (compareTemporal(a, b) ?? 0) <= 0 ? count(a, b, unit) : 0 - count(b, a, unit)
    },
  })
}

function unitOf(text: string, from: Temporal, to: Temporal, call: Running): Unit {
  const unit = text.replace(/s$/, '') as Unit
  const precision = Object.hasOwn(precisions, unit) ? precisions[unit] : undefined
  const dated = from.type !== 'Time' && to.type !== 'Time'
  const fits = precision !== undefined && (precision > 3 ? from.type !== 'Date' && to.type !== 'Date' : dated)
  if (!fits || dated !== (from.type !== 'Time' || to.type !== 'Time')) throw badArgument(call, text)
  return unit
}

/** In UTC, where an offset is known. */
function normalized(value: Temporal): Temporal {
  if (value.offsetMinutes === undefined || value.offsetMinutes === 0) return value
  return fromLocalSeconds(value, value.localSeconds - value.offsetMinutes * 60).with({ offsetMinutes: 0 })
}

/** Whole periods that have passed; a month has passed when its day and time have come again. */
function wholePeriods(from: Temporal, to: Temporal, unit: Unit): number {
  if (unit !== 'year' && unit !== 'month') return Math.floor(seconds(from, to) / unitSeconds[unit]! + 1e-9)
  const months = (to.year - from.year) * 12 + (to.month - from.month)
  const rest = to.localSeconds - dayNumber(to.year, to.month, 1) * 86400 - (from.localSeconds - dayNumber(from.year, from.month, 1) * 86400)
  const whole = months - (rest < 0 ? 1 : 0)
  return unit === 'year' ? Math.trunc(whole / 12) : whole
}

/** Boundaries of the unit that lie between the two; weeks begin on Sunday. */
function boundaries(from: Temporal, to: Temporal, unit: Unit): number {
  if (unit === 'year') return to.year - from.year
  if (unit === 'month') return (to.year - from.year) * 12 + (to.month - from.month)
  if (unit === 'millisecond') return wholePeriods(from, to, unit)
  const size = unitSeconds[unit]!
  const shift = unit === 'week' ? 4 * 86400 : 0
  return Math.floor((to.localSeconds + shift) / size) - Math.floor((from.localSeconds + shift) / size)
}

function seconds(from: Temporal, to: Temporal): number {
  return to.localSeconds - from.localSeconds + (to.nanosecond - from.nanosecond) / 1e9
}
