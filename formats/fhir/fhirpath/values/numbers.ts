// Integers, longs and decimals side by side: comparison and arithmetic with FHIRPath's implicit conversions.
import { compareDecimals, ExactDecimal } from '../../decimal.ts'

export type NumberValue = number | bigint | ExactDecimal

export function isNumber(value: unknown): value is NumberValue {
  return typeof value === 'number' || typeof value === 'bigint' || value instanceof ExactDecimal
}

export function toDecimal(value: NumberValue): ExactDecimal {
  if (value instanceof ExactDecimal) return value
  return typeof value === 'bigint' ? ExactDecimal.of(value, 0) : ExactDecimal.fromNumber(value)
}

/** -1, 0 or 1. Two doubles that print back as received order like the decimals they print. */
export function compareNumbers(left: NumberValue, right: NumberValue): -1 | 0 | 1 {
  if (typeof left === 'number' && typeof right === 'number') return left < right ? -1 : left > right ? 1 : 0
  return compareDecimals(toDecimal(left), toDecimal(right))
}
