// lowBoundary, highBoundary and precision (FHIRPath section Utility functions, trial use).
import { absDecimal, ExactDecimal, negateDecimal, roundDecimal } from '../../../decimal.ts'
import type { Item } from '../../values/collection.ts'
import { isNumber, toDecimal } from '../../values/numbers.ts'
import { Quantity } from '../../values/quantity.ts'
import { daysInMonth, type Precision, Temporal } from '../../values/temporal.ts'
import type { FunctionTable } from '../call.ts'
import { scalar } from '../scalar.ts'

export const boundaries: FunctionTable = {
  lowBoundary: scalar({
    input: 'Any',
    args: ['Integer'],
    optional: 1,
    result: 'Any',
    run: (input, [digits]) => boundary(input, digits as number | undefined, 'low'),
  }),
  highBoundary: scalar({
    input: 'Any',
    args: ['Integer'],
    optional: 1,
    result: 'Any',
    run: (input, [digits]) => boundary(input, digits as number | undefined, 'high'),
  }),
  precision: scalar({ input: 'Any', result: 'Integer', run: precisionOf }),
}

type Side = 'low' | 'high'

const decimalDigitsDefault = 8
const decimalDigitsMax = 28

/** The earliest and latest zones that a time without an offset may lie in. */
const openOffsetMinutes = { low: 14 * 60, high: -12 * 60 }

function boundary(value: Item, digits: number | undefined, side: Side): Item | undefined {
  if (isNumber(value)) return decimalBoundary(toDecimal(value), digits ?? decimalDigitsDefault, side)
  if (value instanceof Quantity) {
    const bound = decimalBoundary(value.value, digits ?? decimalDigitsDefault, side)
    return bound && value.withValue(bound)
  }
  return value instanceof Temporal ? temporalBoundary(value, digits, side) : undefined
}

/** Half a unit of the last digit below or above: cut off towards zero for the lesser magnitude, rounded for the greater. */
function decimalBoundary(value: ExactDecimal, digits: number, side: Side): ExactDecimal | undefined {
  if (digits < 0 || digits > decimalDigitsMax) return undefined
  if (value.coefficient < 0n) {
    const mirrored = decimalBoundary(absDecimal(value), digits, side === 'low' ? 'high' : 'low')
    return mirrored && negateDecimal(mirrored)
  }
  const scale = Math.max(value.scale, 0)
  const doubled = (roundDecimal(value, scale)?.coefficient ?? 0n) * 10n
  const bound = ExactDecimal.of(side === 'low' ? doubled - 5n : doubled + 5n, scale + 1)
  return roundDecimal(bound, digits, side === 'low' ? 'truncate' : 'nearest')
}

/** Digits of each precision: year 4, month 6, day 8, hour 10, minute 12, second 14, millisecond 17; of a time from hour 2. */
const dateDigits: ReadonlyMap<number, { precision: Precision; fraction: number }> = new Map([
  [4, { precision: 1, fraction: 0 }],
  [6, { precision: 2, fraction: 0 }],
  [8, { precision: 3, fraction: 0 }],
  [10, { precision: 4, fraction: 0 }],
  [12, { precision: 5, fraction: 0 }],
  [14, { precision: 6, fraction: 0 }],
  [17, { precision: 6, fraction: 3 }],
])

const digitsDefault = { Date: 8, DateTime: 17, Time: 9 }

function temporalBoundary(value: Temporal, digits: number | undefined, side: Side): Temporal | undefined {
  const wanted = (digits ?? digitsDefault[value.type]) + (value.type === 'Time' ? 8 : 0)
  const target = dateDigits.get(wanted)
  if (!target || (value.type === 'Date' && target.precision > 3)) return undefined
  const filled = fill(value, side)
  const offset = value.type === 'DateTime' && target.precision > 3 ? (value.offsetMinutes ?? openOffsetMinutes[side]) : undefined
  return filled.with({ precision: target.precision, fractionDigits: target.fraction, offsetMinutes: offset })
}

/**
 * The first or last moment that the value may mean. FHIR has no times given to the hour alone: an hour stands for its first minute,
 * as the R4 test suite wants it.
 */
function fill(value: Temporal, side: Side): Temporal {
  const { precision } = value
  if (side === 'low') return value
  const month = precision < 2 ? 12 : value.month
  const day = precision < 3 ? daysInMonth(value.year, month) : value.day
  const hour = precision < 4 ? 23 : value.hour
  const minute = precision < 4 ? 59 : value.minute
  const second = precision < 6 ? 59 : value.second
  const known = 10 ** (9 - value.fractionDigits)
  const nanosecond = precision < 6 ? 999_999_999 : value.nanosecond + known - 1
  return value.with({ month, day, hour, minute, second, nanosecond })
}

function precisionOf(value: Item): number | undefined {
  if (isNumber(value)) return Math.max(toDecimal(value).scale, 0)
  if (!(value instanceof Temporal)) return undefined
  const digits = [4, 6, 8, 10, 12, 14][value.precision - 1]! + (value.fractionDigits > 0 ? 3 : 0)
  return value.type === 'Time' ? digits - 8 : digits
}
