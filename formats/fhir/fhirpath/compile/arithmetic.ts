// The operators + - * / div mod & and the signs (FHIRPath section Math; date and time arithmetic).
import {
  addDecimals,
  divDecimals,
  divideDecimals,
  type ExactDecimal,
  modDecimals,
  multiplyDecimals,
  negateDecimal,
  subtractDecimals,
} from '../../decimal.ts'
import type { Ast } from '../syntax/ast.ts'
import { Trouble } from '../trouble.ts'
import type { Item } from '../values/collection.ts'
import { typeNameOf } from '../values/node.ts'
import { isNumber, type NumberValue, toDecimal } from '../values/numbers.ts'
import { asQuantity } from '../values/order.ts'
import { Quantity } from '../values/quantity.ts'
import { addQuantities, divideQuantities, multiplyQuantities } from '../values/quantity-arithmetic.ts'
import { Temporal } from '../values/temporal.ts'
import { addDuration } from '../values/temporal-arithmetic.ts'
import { mismatch } from './comparison.ts'
import { anyType, type Expr, type StaticType, systemType, systemTypeName, typeName } from './expr.ts'
import { operand } from './operands.ts'
import type { Operation } from './operators.ts'
import { checkedText } from './scalar.ts'

type Arithmetic = {
  readonly integers?: (left: number, right: number) => number | undefined
  readonly longs?: (left: bigint, right: bigint) => bigint | undefined
  readonly decimals: (left: ExactDecimal, right: ExactDecimal) => ExactDecimal | undefined
  readonly quantities?: (left: Quantity, right: Quantity) => Quantity | undefined
}

const subtractQuantities = (left: Quantity, right: Quantity) => addQuantities(left, right.withValue(negateDecimal(right.value)))

const arithmetics: Readonly<Record<string, Arithmetic>> = {
  '+': { integers: (a, b) => a + b, longs: (a, b) => a + b, decimals: addDecimals, quantities: addQuantities },
  '-': { integers: (a, b) => a - b, longs: (a, b) => a - b, decimals: subtractDecimals, quantities: subtractQuantities },
  '*': { integers: (a, b) => a * b, longs: (a, b) => a * b, decimals: multiplyDecimals, quantities: multiplyQuantities },
  '/': { decimals: divideDecimals, quantities: divideQuantities },
  div: {
    integers: (a, b) => (b === 0 ? undefined : Math.trunc(a / b)),
    longs: (a, b) => (b === 0n ? undefined : a / b),
    decimals: divDecimals,
  },
  mod: { integers: (a, b) => (b === 0 ? undefined : a % b), longs: (a, b) => (b === 0n ? undefined : a % b), decimals: modDecimals },
}

export function compileArithmetic(operation: Operation): Expr {
  const { left, right, operator, at } = operation
  const type = resultType(operation)
  const [a, b] = [operand(left, operator, at), operand(right, operator, at)]
  const arithmetic = arithmetics[operator]!
  return {
    type,
    single: true,
    ordered: true,
    run: (focus, evaluation) => {
      const x = a(focus, evaluation)
      if (x === undefined) return undefined
      const y = b(focus, evaluation)
      return y === undefined ? undefined : calculate(operator, arithmetic, x, y, at)
    },
  }
}

/** The result of an operator on two system values; undefined when it overflows or has none. Throws Trouble when the types do not fit. */
export function calculateValues(operator: string, left: Item, right: Item, at: number): Item | undefined {
  return calculate(operator, arithmetics[operator]!, left, right, at)
}

function calculate(operator: string, arithmetic: Arithmetic, left: Item, right: Item, at: number): Item | undefined {
  if (isNumber(left) && isNumber(right)) return calculateNumbers(arithmetic, left, right)
  if (typeof left === 'string' && typeof right === 'string' && operator === '+') return checkedText(left + right, at)
  if (left instanceof Temporal && (operator === '+' || operator === '-')) {
    if (!(right instanceof Quantity)) throw mismatch(operator, left, right, at)
    return moved(left, right, operator, at)
  }
  const [x, y] = [asQuantity(left), asQuantity(right)]
  if (!x || !y || !arithmetic.quantities) throw mismatch(operator, left, right, at)
  return arithmetic.quantities(x, y)
}

function calculateNumbers({ integers, longs, decimals }: Arithmetic, left: NumberValue, right: NumberValue): Item | undefined {
  if (typeof left === 'number' && typeof right === 'number' && integers) return inRange(integers(left, right))
  const whole = (typeof left === 'bigint' || typeof left === 'number') && (typeof right === 'bigint' || typeof right === 'number')
  if (whole && longs) return inLongRange(longs(BigInt(left), BigInt(right)))
  return decimals(toDecimal(left), toDecimal(right))
}

/** An Integer that overflows is empty. */
function inRange(value: number | undefined): number | undefined {
  return value !== undefined && value >= -2147483648 && value <= 2147483647 ? value + 0 : undefined
}

function inLongRange(value: bigint | undefined): bigint | undefined {
  return value !== undefined && value >= -(2n ** 63n) && value < 2n ** 63n ? value : undefined
}

function moved(left: Temporal, right: Quantity, operator: '+' | '-', at: number): Temporal {
  const result = addDuration(left, operator === '+' ? right : right.withValue(negateDecimal(right.value)))
  if (result === 'unit') throw mismatch(operator, left, right, at)
  if (result === 'range') throw new Trouble('fhirpath.result-range', at, { name: operator })
  return result
}

/** The type of the result where those of the sides are known; throws where they do not go together. */
function resultType({ compiler, operator, left, right, at }: Operation): StaticType {
  const [a, b] = [systemTypeName(left.type), systemTypeName(right.type)]
  if (left.type.kind === 'none' || right.type.kind === 'none') return anyType
  if (left.type.kind === 'any' || right.type.kind === 'any') return anyType
  const result = a !== undefined && b !== undefined ? combined(operator, a, b) : undefined
  if (result !== undefined) return systemType(result)
  if (compiler.isLenient) return anyType
  throw new Trouble('fhirpath.operand-type', at, { name: operator, left: typeName(left.type), right: typeName(right.type) })
}

const ranks = ['Integer', 'Long', 'Decimal', 'Quantity'] as const

function combined(
  operator: string,
  left: string,
  right: string,
): (typeof ranks)[number] | 'String' | 'Date' | 'DateTime' | 'Time' | undefined {
  const [a, b] = [ranks.indexOf(left as 'Integer'), ranks.indexOf(right as 'Integer')]
  if (a >= 0 && b >= 0) {
    const wider = ranks[Math.max(a, b)]!
    if (wider === 'Quantity') return operator === 'div' || operator === 'mod' ? undefined : wider
    return operator === '/' ? 'Decimal' : wider
  }
  if (left === 'String' && right === 'String') return operator === '+' ? 'String' : undefined
  const isTime = left === 'Date' || left === 'DateTime' || left === 'Time'
  return isTime && right === 'Quantity' && (operator === '+' || operator === '-') ? left : undefined
}

/** `&` joins strings and takes empty for an empty one. */
export function compileConcatenation({ compiler, left, right, at }: Operation): Expr {
  for (const side of [left, right]) {
    const known = side.type.kind === 'fhir' || side.type.kind === 'system'
    if (known && systemTypeName(side.type) !== 'String' && !compiler.isLenient) {
      throw new Trouble('fhirpath.operand-type', at, { name: '&', left: typeName(left.type), right: typeName(right.type) })
    }
  }
  const [a, b] = [operand(left, '&', at), operand(right, '&', at)]
  return {
    type: systemType('String'),
    single: true,
    ordered: true,
    run: (focus, evaluation) => {
      const x = a(focus, evaluation) ?? ''
      const y = b(focus, evaluation) ?? ''
      if (typeof x !== 'string' || typeof y !== 'string') throw mismatch('&', x, y, at)
      return checkedText(x + y, at)
    },
  }
}

export function compileSign(ast: Ast & { kind: 'unary' }, expr: Expr): Expr {
  const { operator, at } = ast
  const name = systemTypeName(expr.type)
  if (name !== undefined && !(ranks as readonly string[]).includes(name)) {
    throw new Trouble('fhirpath.input-type', at, { name: operator, type: typeName(expr.type) })
  }
  const value = operand(expr, operator, at)
  const type = name === undefined ? anyType : systemType(name)
  if (expr.constant !== undefined) {
    const constant = signed(operator, expr.constant, at)
    return { type, single: true, ordered: true, constant, run: () => constant }
  }
  return {
    type,
    single: true,
    ordered: true,
    run: (focus, evaluation) => {
      const item = value(focus, evaluation)
      return item === undefined ? undefined : signed(operator, item, at)
    },
  }
}

function signed(operator: '+' | '-', item: Item, at: number): Item {
  if (!isNumber(item) && !(item instanceof Quantity))
    throw new Trouble('fhirpath.input-type', at, { name: operator, type: typeNameOf(item) })
  if (operator === '+') return item
  if (item instanceof Quantity) return item.withValue(negateDecimal(item.value))
  if (typeof item === 'bigint') return -item
  return typeof item === 'number' ? 0 - item : negateDecimal(item)
}
