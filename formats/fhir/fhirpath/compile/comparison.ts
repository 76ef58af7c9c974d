// The operators <, <=, > and >= (FHIRPath section Comparison).
import { Trouble } from '../trouble.ts'
import type { Item } from '../values/collection.ts'
import { typeNameOf } from '../values/node.ts'
import { compareValues, incomparable } from '../values/order.ts'
import { type Expr, systemType, systemTypeName, typeName } from './expr.ts'
import { operand } from './operands.ts'
import type { Operation } from './operators.ts'

type Decision = (order: -1 | 0 | 1) => boolean

const decisions: Readonly<Record<string, Decision>> = {
  '<': order => order < 0,
  '<=': order => order <= 0,
  '>': order => order > 0,
  '>=': order => order >= 0,
}

/** Types that have an order among themselves. */
const families: Readonly<Record<string, string>> = {
  Integer: 'number',
  Long: 'number',
  Decimal: 'number',
  Quantity: 'number',
  String: 'string',
  Date: 'date',
  DateTime: 'date',
  Time: 'time',
}

export function compileComparison(operation: Operation): Expr {
  const { left, right, operator, at } = operation
  checkTypes(operation)
  const [a, b] = [operand(left, operator, at), operand(right, operator, at)]
  const decide = decisions[operator]!
  return {
    type: systemType('Boolean'),
    single: true,
    ordered: true,
    run: (focus, evaluation) => {
      const x = a(focus, evaluation)
      if (x === undefined) return undefined
      const y = b(focus, evaluation)
      if (y === undefined) return undefined
      if (typeof x === 'number' && typeof y === 'number') return decide(x < y ? -1 : x > y ? 1 : 0)
      const order = compareValues(x, y)
      if (order === incomparable) throw mismatch(operator, x, y, at)
      return order === undefined ? undefined : decide(order)
    },
  }
}

export function mismatch(operator: string, left: Item, right: Item, at: number): Trouble {
  return new Trouble('fhirpath.operand-type', at, { name: operator, left: typeNameOf(left), right: typeNameOf(right) })
}

/** Types that are known and have no common order are refused before anything runs. */
function checkTypes({ compiler, left, right, operator, at }: Operation): void {
  if (
    compiler.isLenient ||
    left.type.kind === 'any' ||
    right.type.kind === 'any' ||
    left.type.kind === 'none' ||
    right.type.kind === 'none'
  )
    return
  const [a, b] = [families[systemTypeName(left.type) ?? ''], families[systemTypeName(right.type) ?? '']]
  if (a === undefined || a !== b) {
    throw new Trouble('fhirpath.operand-type', at, { name: operator, left: typeName(left.type), right: typeName(right.type) })
  }
}
