// Comparison of two values (FHIRPath operations: <, >, <=, >= and sort).
import type { Item } from './collection.ts'
import { compareNumbers, isNumber, toDecimal } from './numbers.ts'
import { Quantity } from './quantity.ts'
import { compareQuantities } from './quantity-arithmetic.ts'
import { compareTemporal, Temporal } from './temporal.ts'

/** No order is defined between values of such types. */
export const incomparable = Symbol('incomparable')

/**
 * -1, 0 or 1 for two system values; undefined when the answer is unknown (precision, units); `incomparable` when their types
 * have no common order.
 */
export function compareValues(left: Item, right: Item): -1 | 0 | 1 | undefined | typeof incomparable {
  if (isNumber(left) && isNumber(right)) return compareNumbers(left, right)
  if (typeof left === 'string' && typeof right === 'string') return compareStrings(left, right)
  if (left instanceof Temporal && right instanceof Temporal) {
    return (left.type === 'Time') === (right.type === 'Time') ? compareTemporal(left, right) : incomparable
  }
  if (left instanceof Quantity || right instanceof Quantity) {
    const [a, b] = [asQuantity(left), asQuantity(right)]
    return a && b ? compareQuantities(a, b) : incomparable
  }
  return incomparable
}

/** By Unicode scalar value: UTF-16 code units order surrogates before U+E000 to U+FFFF. */
function compareStrings(left: string, right: string): -1 | 0 | 1 {
  const length = Math.min(left.length, right.length)
  for (let i = 0; i < length; i++) {
    const a = left.charCodeAt(i)
    const b = right.charCodeAt(i)
    if (a !== b) return scalarRank(a) < scalarRank(b) ? -1 : 1
  }
  return left.length === right.length ? 0 : left.length < right.length ? -1 : 1
}

function scalarRank(codeUnit: number): number {
  return codeUnit >= 0xd800 && codeUnit <= 0xdfff ? codeUnit + 0x10000 : codeUnit
}

/** Numbers convert to quantities of unit 1. */
export function asQuantity(value: Item): Quantity | undefined {
  if (value instanceof Quantity) return value
  return isNumber(value) ? new Quantity(toDecimal(value), '1') : undefined
}
