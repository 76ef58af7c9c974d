// Powers, roots, exponentials and logarithms of exact decimals (FHIRPath math functions), in fixed-point integers with guard digits.
import {
  decimalDigitsMax,
  digitCount,
  divideDecimals,
  ExactDecimal,
  inexactDigits,
  multiplyDecimals,
  quotientHalfUp,
  roundDecimal,
  significant,
  tenTo,
} from './decimal.ts'

/** Digits of the fixed-point fraction while calculating: enough that the rounded result is right in its last digit. */
const guardDigits = inexactDigits + 24
const one = tenTo(guardDigits)

/** Undefined for a negative number. */
export function sqrtDecimal(value: ExactDecimal): ExactDecimal | undefined {
  const { coefficient, scale } = value
  if (coefficient < 0n || Math.abs(scale) > decimalDigitsMax) return undefined
  if (coefficient === 0n) return ExactDecimal.of(0n, 0)
  const widen = 2 * guardDigits + (scale % 2 === 0 ? 0 : 1)
  return significant(integerRoot(coefficient * tenTo(widen)), (scale + widen) / 2, inexactDigits)
}

/** The whole square root, by Newton's method from above. */
function integerRoot(value: bigint): bigint {
  let root = tenTo(Math.ceil(digitCount(value) / 2))
  for (;;) {
    const next = (root + value / root) / 2n
    if (next >= root) return root
    root = next
  }
}

/** e raised to the value. Undefined when the result would overflow. */
export function expDecimal(value: ExactDecimal): ExactDecimal | undefined {
  const number = value.toNumber()
  if (Math.abs(number) > 2 * decimalDigitsMax) return number < 0 ? ExactDecimal.of(0n, 0) : undefined
  return significant(expFixed(fixed(value)), guardDigits, inexactDigits)
}

/** Undefined for zero and negative numbers. */
export function lnDecimal(value: ExactDecimal): ExactDecimal | undefined {
  const result = lnFixed(value)
  return result === undefined ? undefined : significant(result, guardDigits, inexactDigits)
}

/** Undefined for zero and negative numbers, and for base 1. */
export function logDecimal(value: ExactDecimal, base: ExactDecimal): ExactDecimal | undefined {
  const numerator = lnFixed(value)
  const denominator = lnFixed(base)
  if (numerator === undefined || denominator === undefined || denominator === 0n) return undefined
  return significant(quotientHalfUp(numerator * one, denominator), guardDigits, inexactDigits)
}

/** Exact for whole exponents. Undefined when there is no real result, or when it overflows. */
export function powerDecimal(base: ExactDecimal, exponent: ExactDecimal): ExactDecimal | undefined {
  const whole = roundDecimal(exponent, 0, 'truncate')
  if (whole && Number(whole.coefficient) === exponent.toNumber()) return wholePower(base, Number(whole.coefficient))
  if (base.coefficient === 0n) return exponent.coefficient > 0n ? ExactDecimal.of(0n, 0) : undefined
  const logarithm = lnFixed(base)
  if (logarithm === undefined) return undefined
  const product = multiplyDecimals(ExactDecimal.of(logarithm, guardDigits), exponent)
  return product && expDecimal(product)
}

function wholePower(base: ExactDecimal, exponent: number): ExactDecimal | undefined {
  if (exponent < 0) {
    const inverse = wholePower(base, -exponent)
    return inverse && divideDecimals(ExactDecimal.of(1n, 0), inverse)
  }
  const trivial = base.coefficient === 0n || base.coefficient === 1n || base.coefficient === -1n
  if (digitCount(base.coefficient) * exponent > decimalDigitsMax * (trivial ? Number.POSITIVE_INFINITY : 1.1)) return undefined
  if (trivial && base.scale === 0)
    return ExactDecimal.of(exponent % 2 === 0 && base.coefficient !== 0n ? 1n : exponent === 0 ? 1n : base.coefficient, 0)
  if (base.scale * exponent > decimalDigitsMax) return undefined
  return multiplyDecimals(ExactDecimal.of(base.coefficient ** BigInt(exponent), base.scale * exponent), ExactDecimal.of(1n, 0))
}

function fixed(value: ExactDecimal): bigint {
  return roundDecimal(value, guardDigits)?.coefficient ?? 0n
}

/** Taylor series on an argument halved until it is small, then squared back. */
function expFixed(argument: bigint): bigint {
  const halvings = Math.max(0, (argument < 0n ? -argument : argument).toString(2).length - one.toString(2).length + 8)
  const precision = guardDigits + halvings
  const unit = tenTo(precision)
  const small = (argument * tenTo(halvings)) >> BigInt(halvings)
  let sum = unit
  let term = unit
  for (let n = 1n; term !== 0n && n < 500n; n++) {
    term = (term * small) / (unit * n)
    sum += term
  }
  for (let i = 0; i < halvings; i++) sum = (sum * sum) / unit
  return quotientHalfUp(sum, tenTo(halvings))
}

/** Newton's method on the exponential, from the double's logarithm. */
function lnFixed(value: ExactDecimal): bigint | undefined {
  if (value.coefficient <= 0n || Math.abs(value.scale) > decimalDigitsMax) return undefined
  const places = digitCount(value.coefficient) - value.scale - 1
  const mantissa = fixed(ExactDecimal.of(value.coefficient, value.scale + places))
  let result = BigInt(Math.round(Math.log(Number(mantissa) / Number(one)) * 1e15)) * tenTo(guardDigits - 15)
  for (let i = 0; i < 3; i++) {
    const power = expFixed(result)
    result += (2n * (mantissa - power) * one) / (mantissa + power)
  }
  return places === 0 ? result : result + BigInt(places) * lnOfTen()
}

let knownLnOfTen: bigint | undefined
function lnOfTen(): bigint {
  knownLnOfTen ??= 2n * lnFixed(ExactDecimal.of(2n, 0))! + lnFixed(ExactDecimal.of(25n, 1))!
  return knownLnOfTen
}
