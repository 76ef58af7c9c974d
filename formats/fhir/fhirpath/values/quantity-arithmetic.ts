// Quantities compared and calculated with (FHIRPath: quantity equality, equivalence, math): UCUM factors, calendar durations apart.
import {
  addDecimals,
  compareDecimals,
  divideDecimals,
  ExactDecimal,
  fractionDigits,
  multiplyDecimals,
  roundDecimal,
} from '../../decimal.ts'
import { combineUnits, convert, parseUnit } from '../../ucum/unit.ts'
import { type CalendarUnit, calendarSystem, calendarUnitOf, definiteUnits, Quantity, ucumSystem } from './quantity.ts'

/** How many of the next unit a calendar duration is; years go to months, months to days only when there is no other way. */
const calendarDays: Readonly<Partial<Record<CalendarUnit, string>>> = { year: '365', month: '30' }

/** -1, 0 or 1; undefined when the two cannot be compared. */
export function compareQuantities(left: Quantity, right: Quantity): -1 | 0 | 1 | undefined {
  if (left.unit === right.unit && left.isCalendar === right.isCalendar) return compareDecimals(left.value, right.value)
  const value = implicitly(right, left)
  return value && compareDecimals(left.value, value)
}

/** The right value in the unit of the left, where the two are exactly related: years and months only among themselves. */
function implicitly(from: Quantity, to: Quantity): ExactDecimal | undefined {
  if (from.isCalendar && to.isCalendar) return calendarConversion(from, to.unit as CalendarUnit)
  const [source, target] = [definite(from), definite(to)]
  return source === undefined || target === undefined ? undefined : convert(from.value, source, target)
}

/** The UCUM code of a quantity; undefined for calendar years and months, which are no definite time, and for other systems. */
function definite({ unit, system, isCalendar }: Quantity): string | undefined {
  if (isCalendar) return unit === 'year' || unit === 'month' ? undefined : definiteUnits[unit as CalendarUnit]
  return system === ucumSystem ? unit : undefined
}

/** Between calendar durations: 12 months or 365 days to the year, 30 days to the month, the rest as UCUM has it. */
function calendarConversion(from: Quantity, to: CalendarUnit): ExactDecimal | undefined {
  const unit = from.unit as CalendarUnit
  if (unit === to) return from.value
  const twelve = ExactDecimal.of(12n, 0)
  if (unit === 'year' && to === 'month') return multiplyDecimals(from.value, twelve)
  if (unit === 'month' && to === 'year') return divideDecimals(from.value, twelve)
  const days = calendarDays[unit]
  const inDays = days === undefined ? undefined : multiplyDecimals(from.value, ExactDecimal.parse(days)!)
  const targetDays = calendarDays[to]
  if (inDays !== undefined) return targetDays ? undefined : convert(inDays, 'd', definiteUnits[to])
  const converted = convert(from.value, definiteUnits[unit], targetDays ? 'd' : definiteUnits[to])
  return targetDays && converted ? divideDecimals(converted, ExactDecimal.parse(targetDays)!) : converted
}

/** Whether equality and comparison of the two have an answer. */
export function areComparable(left: Quantity, right: Quantity): boolean {
  return compareQuantities(left, right) !== undefined
}

/** Converted to the coarser of the two units, then equal when rounded to the less precise of the two values. */
export function equivalentQuantities(left: Quantity, right: Quantity): boolean {
  const [a, b] = isCoarser(right, left) ? [right, left] : [left, right]
  const value = a.unit === b.unit ? b.value : (implicitly(b, a) ?? approximately(b, a))
  if (!value) return false
  const digits = Math.min(fractionDigits(a.value), fractionDigits(value))
  const [x, y] = [roundDecimal(a.value, digits), roundDecimal(value, digits)]
  return x !== undefined && y !== undefined && compareDecimals(x, y) === 0
}

function isCoarser(left: Quantity, right: Quantity): boolean {
  const [a, b] = [parseUnit(approximateCode(left)), parseUnit(approximateCode(right))]
  return a !== undefined && b !== undefined && a.numerator * b.denominator > b.numerator * a.denominator
}

/** A calendar year is about a UCUM year, a month about a UCUM month. */
function approximately(from: Quantity, to: Quantity): ExactDecimal | undefined {
  return convert(from.value, approximateCode(from), approximateCode(to))
}

function approximateCode({ unit, isCalendar }: Quantity): string {
  return isCalendar ? definiteUnits[unit as CalendarUnit] : unit
}

/** In the unit of the left; a plain number takes the other's. Undefined when the units do not go together: years and months are not added across units. */
export function addQuantities(left: Quantity, right: Quantity): Quantity | undefined {
  if (left.unit === '1' && right.unit !== '1') return addQuantities(right.withValue(left.value), right)
  const value = addend(right, left)
  const sum = value && addDecimals(left.value, value)
  return sum && left.withValue(sum)
}

function addend(from: Quantity, to: Quantity): ExactDecimal | undefined {
  if (from.unit === to.unit && from.isCalendar === to.isCalendar) return from.value
  if (from.unit === '1') return from.value
  const [source, target] = [definite(from), definite(to)]
  return source === undefined || target === undefined ? undefined : convert(from.value, source, target)
}

export function multiplyQuantities(left: Quantity, right: Quantity): Quantity | undefined {
  return combined(left, right, 1, multiplyDecimals(left.value, right.value))
}

export function divideQuantities(left: Quantity, right: Quantity): Quantity | undefined {
  return combined(left, right, -1, divideDecimals(left.value, right.value))
}

/** Calendar durations multiply with plain numbers only. */
function combined(left: Quantity, right: Quantity, sign: 1 | -1, value: ExactDecimal | undefined): Quantity | undefined {
  if (value === undefined) return undefined
  if (right.unit === '1') return left.withValue(value)
  if (left.unit === '1' && sign === 1) return right.withValue(value)
  if (left.isCalendar || right.isCalendar) return undefined
  if (left.system !== ucumSystem || right.system !== ucumSystem) return undefined
  const unit = combineUnits(left.unit, right.unit, sign)
  return unit === undefined || parseUnit(unit) === undefined ? undefined : new Quantity(value, unit, ucumSystem)
}

/** toQuantity(unit): between calendar and UCUM units of time the source's own factors count, then the unit changes. */
export function convertQuantity(quantity: Quantity, unit: string): Quantity | undefined {
  const calendar = calendarUnitOf(unit)
  const target = new Quantity(quantity.value, unit)
  if (quantity.unit === '1' && !quantity.isCalendar) return calendar || parseUnit(unit) ? target : undefined
  if (quantity.isCalendar) {
    const to = calendar ?? calendarOf(unit)
    const value = to && calendarConversion(quantity, to)
    return value && new Quantity(value, unit)
  }
  const value =
    quantity.system === ucumSystem ? convert(quantity.value, quantity.unit, calendar ? definiteUnits[calendar] : unit) : undefined
  return value && new Quantity(value, unit, calendar ? calendarSystem : ucumSystem)
}

function calendarOf(code: string): CalendarUnit | undefined {
  return (Object.keys(definiteUnits) as CalendarUnit[]).find(unit => definiteUnits[unit] === code)
}
