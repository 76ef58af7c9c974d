// Math functions (FHIRPath section Math, trial use).
import { absDecimal, digitCount, ExactDecimal, type Rounding, roundDecimal } from '../../../decimal.ts'
import { expDecimal, lnDecimal, logDecimal, powerDecimal, sqrtDecimal } from '../../../decimal-functions.ts'
import { Trouble } from '../../trouble.ts'
import type { Item } from '../../values/collection.ts'
import { type NumberValue, toDecimal } from '../../values/numbers.ts'
import { Quantity } from '../../values/quantity.ts'
import type { FunctionTable } from '../call.ts'
import { badArgument, scalar } from '../scalar.ts'

export const math: FunctionTable = {
  abs: scalar({ input: 'Number or Quantity', result: 'Any', run: input => absolute(input) }),
  ceiling: whole('ceiling'),
  floor: whole('floor'),
  truncate: whole('truncate'),
  round: scalar({
    input: 'Number or Quantity',
    args: ['Integer'],
    optional: 1,
    result: 'Any',
    run: (input, [digits], call) => {
      const count = (digits as number | undefined) ?? 0
      if (count < 0) throw badArgument(call, count)
      return rounded(input, count, 'nearest')
    },
  }),
  exp: decimal(expDecimal),
  ln: decimal(lnDecimal),
  sqrt: decimal(sqrtDecimal),
  log: scalar({
    input: 'Decimal',
    args: ['Decimal'],
    result: 'Decimal',
    run: (input, [base], call) => {
      const [value, of] = [toDecimal(input as NumberValue), toDecimal(base as NumberValue)]
      if (of.coefficient <= 0n) throw badArgument(call, of)
      if (value.coefficient <= 0n) throw new Trouble('fhirpath.argument-value', call.at, { name: 'log', value: String(value) })
      return logDecimal(value, of)
    },
  }),
  power: scalar({
    input: 'Decimal',
    args: ['Decimal'],
    result: 'Any',
    run: (input, [exponent]) => power(input as NumberValue, exponent as NumberValue),
  }),
}

function decimal(calculate: (value: ExactDecimal) => ExactDecimal | undefined) {
  return scalar({ input: 'Decimal', result: 'Decimal', run: input => calculate(toDecimal(input as NumberValue)) })
}

function absolute(value: Item): Item {
  if (value instanceof Quantity) return value.withValue(absDecimal(value.value))
  if (value instanceof ExactDecimal) return absDecimal(value)
  return typeof value === 'bigint' ? (value < 0n ? -value : value) : Math.abs(value as number)
}

/** To an Integer; a quantity keeps its unit. */
function whole(rounding: Rounding) {
  return scalar({
    input: 'Number or Quantity',
    result: 'Any',
    run: input => {
      if (typeof input === 'number' || typeof input === 'bigint') return input
      const result = rounded(input, 0, rounding)
      return result instanceof ExactDecimal ? toWhole(result) : result
    },
  })
}

/** An Integer where it fits; a larger number stays a decimal. */
function toWhole(value: ExactDecimal): Item {
  const fits = digitCount(value.coefficient) <= 10 && Math.abs(Number(value.coefficient)) <= 2147483647
  return fits ? Number(value.coefficient) : value
}

function rounded(value: Item, digits: number, rounding: Rounding): Item | undefined {
  if (value instanceof Quantity) {
    const result = roundDecimal(value.value, digits, rounding)
    return result && value.withValue(result)
  }
  return roundDecimal(toDecimal(value as NumberValue), digits, rounding)
}

/** Whole powers of Integers stay Integers while they fit. */
function power(base: NumberValue, exponent: NumberValue): Item | undefined {
  const result = powerDecimal(toDecimal(base), toDecimal(exponent))
  const integers = typeof base === 'number' && typeof exponent === 'number' && exponent >= 0
  return result && integers && result.scale === 0 ? toWhole(result) : result
}
