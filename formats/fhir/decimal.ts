// Decimals exactly as written (datatypes.html#decimal: precision has meaning), and arithmetic on them without binary floating point.

/** Beyond this many digits a result counts as overflow: no calculation of medicine needs them, a hostile exponent does. */
export const decimalDigitsMax = 1000

/** Significant digits of a quotient, root or logarithm that does not come out even. */
export const inexactDigits = 28

const numberGrammar = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/

/** JSON.rawJSON prints a number as its text; the type library does not know it yet. */
const { rawJSON } = JSON as unknown as { rawJSON(text: string): unknown }

/** A number of the value coefficient × 10^-scale: scale 2 for 5.10, -3 for 1E+3. */
export class ExactDecimal {
  #text: string | undefined
  #coefficient: bigint | undefined
  #scale = 0
  #number: number | undefined

  private constructor(text: string | undefined, coefficient: bigint | undefined, scale: number) {
    this.#text = text
    this.#coefficient = coefficient
    this.#scale = scale
  }

  /** Keeps a JSON number as received; undefined when the text is none. */
  static parse(text: string): ExactDecimal | undefined {
    return numberGrammar.test(text) ? new ExactDecimal(text, undefined, 0) : undefined
  }

  /** For text that is known to be a JSON number: read only when it is calculated with. */
  static received(text: string): ExactDecimal {
    return new ExactDecimal(text, undefined, 0)
  }

  static of(coefficient: bigint, scale: number): ExactDecimal {
    return new ExactDecimal(undefined, coefficient, scale)
  }

  /** A finite double as the decimal that it prints. */
  static fromNumber(value: number): ExactDecimal {
    return Number.isSafeInteger(value) ? new ExactDecimal(undefined, BigInt(value), 0) : ExactDecimal.received(String(value))
  }

  get coefficient(): bigint {
    if (this.#coefficient === undefined) this.#read()
    return this.#coefficient!
  }

  get scale(): number {
    if (this.#coefficient === undefined) this.#read()
    return this.#scale
  }

  /** The nearest double. */
  toNumber(): number {
    this.#number ??= Number(this.toString())
    return this.#number
  }

  /** As received, or for a result in plain notation. */
  toString(): string {
    this.#text ??= plain(this.#coefficient!, this.#scale)
    return this.#text
  }

  /** Without an exponent, whatever was received; too large an exponent stays. */
  toPlainString(): string {
    const text = this.toString()
    return /e/i.test(text) && Math.abs(this.scale) <= decimalDigitsMax ? plain(this.coefficient, this.scale) : text
  }

  toJSON(): unknown {
    return rawJSON(this.toString())
  }

  #read(): void {
    const [, sign, whole, fraction = '', exponent = '0'] = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(this.#text!)!
    const digits = BigInt(whole! + fraction)
    this.#scale = Math.max(-1e15, Math.min(1e15, fraction.length - Number(exponent)))
    this.#coefficient = sign ? -digits : digits
  }
}

function plain(coefficient: bigint, scale: number): string {
  if (scale <= 0) return (coefficient * tenTo(-scale)).toString()
  const digits = (coefficient < 0n ? -coefficient : coefficient).toString().padStart(scale + 1, '0')
  const point = digits.length - scale
  return `${coefficient < 0n ? '-' : ''}${digits.slice(0, point)}.${digits.slice(point)}`
}

const powersOfTen: bigint[] = Array.from({ length: 64 }, (_, n) => 10n ** BigInt(n))

export function tenTo(exponent: number): bigint {
  return powersOfTen[exponent] ?? 10n ** BigInt(exponent)
}

/** Number of digits of an integer; 1 for zero. */
export function digitCount(coefficient: bigint): number {
  return (coefficient < 0n ? -coefficient : coefficient).toString().length
}

/** Both coefficients at one scale; undefined when that would take more digits than are allowed. */
function aligned(left: ExactDecimal, right: ExactDecimal): [bigint, bigint, number] | undefined {
  const difference = left.scale - right.scale
  if (difference === 0) return [left.coefficient, right.coefficient, left.scale]
  if (Math.abs(difference) > decimalDigitsMax) return undefined
  if (difference > 0) return [left.coefficient, right.coefficient * tenTo(difference), left.scale]
  return [left.coefficient * tenTo(-difference), right.coefficient, right.scale]
}

/** -1, 0 or 1. */
export function compareDecimals(left: ExactDecimal, right: ExactDecimal): -1 | 0 | 1 {
  const pair = aligned(left, right)
  const [a, b] = pair ?? [BigInt(magnitude(left)), BigInt(magnitude(right))]
  return a < b ? -1 : a > b ? 1 : 0
}

/** Orders numbers whose exponents lie too far apart to align: sign first, then the place of the first digit. */
function magnitude({ coefficient, scale }: ExactDecimal): number {
  if (coefficient === 0n) return 0
  const place = digitCount(coefficient) - scale + 2e15
  return coefficient < 0n ? -place : place
}

/** Undefined means overflow, as in all of the following. */
export function addDecimals(left: ExactDecimal, right: ExactDecimal): ExactDecimal | undefined {
  const pair = aligned(left, right)
  return pair && within(pair[0] + pair[1], pair[2])
}

export function subtractDecimals(left: ExactDecimal, right: ExactDecimal): ExactDecimal | undefined {
  const pair = aligned(left, right)
  return pair && within(pair[0] - pair[1], pair[2])
}

export function multiplyDecimals(left: ExactDecimal, right: ExactDecimal): ExactDecimal | undefined {
  return within(left.coefficient * right.coefficient, left.scale + right.scale)
}

/** Exact where the quotient ends, else rounded half up to `inexactDigits` significant digits. Undefined for a zero divisor too. */
export function divideDecimals(left: ExactDecimal, right: ExactDecimal): ExactDecimal | undefined {
  if (right.coefficient === 0n) return undefined
  if (left.coefficient === 0n) return ExactDecimal.of(0n, 0)
  const extra = Math.max(0, inexactDigits + 2 + digitCount(right.coefficient) - digitCount(left.coefficient))
  if (extra > 2 * decimalDigitsMax) return undefined
  const quotient = quotientHalfUp(left.coefficient * tenTo(extra), right.coefficient)
  return significant(quotient, left.scale - right.scale + extra, inexactDigits)
}

/** The whole part of the quotient, towards zero. */
export function divDecimals(left: ExactDecimal, right: ExactDecimal): ExactDecimal | undefined {
  const pair = aligned(left, right)
  return pair && pair[1] !== 0n ? within(pair[0] / pair[1], 0) : undefined
}

/** The remainder of `divDecimals`, with the sign of the left side. */
export function modDecimals(left: ExactDecimal, right: ExactDecimal): ExactDecimal | undefined {
  const pair = aligned(left, right)
  return pair && pair[1] !== 0n ? within(pair[0] % pair[1], pair[2]) : undefined
}

export function negateDecimal(value: ExactDecimal): ExactDecimal {
  return ExactDecimal.of(-value.coefficient, value.scale)
}

export function absDecimal(value: ExactDecimal): ExactDecimal {
  return value.coefficient < 0n ? negateDecimal(value) : value
}

/** How a number loses digits: `nearest` rounds a half away from zero. */
export type Rounding = 'nearest' | 'floor' | 'ceiling' | 'truncate'

/** The value at a number of fraction digits; more digits than it has are filled with zeros. */
export function roundDecimal(value: ExactDecimal, fractionDigits: number, rounding: Rounding = 'nearest'): ExactDecimal | undefined {
  const cut = value.scale - fractionDigits
  if (cut <= 0) return -cut > decimalDigitsMax ? undefined : within(value.coefficient * tenTo(-cut), fractionDigits)
  if (cut > 2 * decimalDigitsMax && cut > digitCount(value.coefficient)) return roundTiny(value, fractionDigits, rounding)
  const unit = tenTo(cut)
  return within(roundings[rounding](value.coefficient, unit), fractionDigits)
}

/** A number so small that only its sign can matter. */
function roundTiny({ coefficient }: ExactDecimal, fractionDigits: number, rounding: Rounding): ExactDecimal {
  const up = rounding === 'ceiling' && coefficient > 0n
  const down = rounding === 'floor' && coefficient < 0n
  return ExactDecimal.of(up ? 1n : down ? -1n : 0n, fractionDigits)
}

const roundings: Record<Rounding, (coefficient: bigint, unit: bigint) => bigint> = {
  nearest: quotientHalfUp,
  truncate: (coefficient, unit) => coefficient / unit,
  floor: (coefficient, unit) => coefficient / unit - (coefficient < 0n && coefficient % unit !== 0n ? 1n : 0n),
  ceiling: (coefficient, unit) => coefficient / unit + (coefficient > 0n && coefficient % unit !== 0n ? 1n : 0n),
}

/** The quotient of two integers, a half rounded away from zero. */
export function quotientHalfUp(dividend: bigint, divisor: bigint): bigint {
  const quotient = dividend / divisor
  const rest = dividend - quotient * divisor
  const twice = (rest < 0n ? -rest : rest) * 2n
  if (twice < (divisor < 0n ? -divisor : divisor)) return quotient
  return quotient + (dividend < 0n === divisor < 0n ? 1n : -1n)
}

/** Rounds to a number of significant digits and drops the zeros that only the calculation put there. */
export function significant(coefficient: bigint, scale: number, digits: number): ExactDecimal | undefined {
  const excess = digitCount(coefficient) - digits
  const rounded = excess > 0 ? quotientHalfUp(coefficient, tenTo(excess)) : coefficient
  return withoutTrailingZeros(rounded, excess > 0 ? scale - excess : scale)
}

function withoutTrailingZeros(coefficient: bigint, scale: number): ExactDecimal | undefined {
  while (scale > 0 && coefficient % 10n === 0n) {
    coefficient /= 10n
    scale--
  }
  return scale < 0 ? within(coefficient * tenTo(Math.min(-scale, 2 * decimalDigitsMax)), 0) : within(coefficient, scale)
}

/** Fraction digits that carry information: trailing zeros do not count. */
export function fractionDigits(value: ExactDecimal): number {
  let { coefficient, scale } = value
  if (coefficient === 0n) return 0
  while (scale > 0 && coefficient % 10n === 0n) {
    coefficient /= 10n
    scale--
  }
  return Math.max(scale, 0)
}

function within(coefficient: bigint, scale: number): ExactDecimal | undefined {
  if (Math.abs(scale) > decimalDigitsMax || digitCount(coefficient) > decimalDigitsMax) return undefined
  return ExactDecimal.of(coefficient, scale)
}
