// aggregate, sum, min, max and avg (FHIRPath section Aggregates, trial use).
import type { BinaryOperator } from '../../syntax/ast.ts'
import { Trouble } from '../../trouble.ts'
import { type Item, itemsOf } from '../../values/collection.ts'
import { systemTypeOf, typeNameOf } from '../../values/node.ts'
import { compareValues, incomparable } from '../../values/order.ts'
import { systemItem } from '../../values/system.ts'
import { calculateValues } from '../arithmetic.ts'
import type { Call, FunctionTable } from '../call.ts'
import { anyType, type Expr, nothing, type StaticType } from '../expr.ts'
import { sameType, selfDescribing } from '../operands.ts'
import { itemScope } from '../scope.ts'

export const aggregates: FunctionTable = {
  aggregate: { args: [1, 2], compile: compileAggregate },
  sum: { args: [0, 0], compile: call => reduced(call, items => total(items, call.at)) },
  avg: { args: [0, 0], compile: call => reduced(call, items => calculate('/', total(items, call.at), items.length, call.at)) },
  min: { args: [0, 0], compile: call => reduced(call, items => extreme(items, -1, call)) },
  max: { args: [0, 0], compile: call => reduced(call, items => extreme(items, 1, call)) },
}

/** $total starts as init, which is evaluated outside, and is in the end the result. */
function compileAggregate({ compiler, input, args, scope }: Call): Expr {
  const init = args[1] ? compiler.argument(args[1], scope) : nothing
  const body = (total: StaticType) => compiler.argument(args[0]!, { ...itemScope(scope, input.type), total })
  const typed = init.type.kind === 'none' ? undefined : body(init.type)
  const steady = typed !== undefined && sameType(typed.type, init.type)
  const type = steady ? init.type : anyType
  const step = steady ? typed.run : selfDescribing(body(anyType))
  const start = steady ? init.run : selfDescribing(init)
  return {
    type,
    single: false,
    ordered: true,
    run: (focus, evaluation) => {
      const items = itemsOf(input.run(focus, evaluation))
      const outer = { total: evaluation.total, index: evaluation.index }
      let total = start(focus, evaluation)
      evaluation.spend(items.length)
      for (let i = 0; i < items.length; i++) {
        evaluation.total = total
        evaluation.index = i
        total = step(items[i]!, evaluation)
      }
      evaluation.total = outer.total
      evaluation.index = outer.index
      return total
    },
  }
}

function reduced({ input, name, at }: Call, reduce: (values: readonly Item[]) => Item | undefined): Expr {
  const run = selfDescribing(input)
  return {
    type: anyType,
    single: true,
    ordered: true,
    run: (focus, evaluation) => {
      const items = itemsOf(run(focus, evaluation))
      if (items.length === 0) return undefined
      evaluation.spend(items.length)
      const values = items.map(item => systemItem(item) ?? item)
      const type = systemTypeOf(values[0]!)
      const other = values.find(value => systemTypeOf(value) !== type)
      if (other !== undefined)
        throw new Trouble('fhirpath.operand-type', at, { name, left: typeNameOf(values[0]!), right: typeNameOf(other) })
      return reduce(values)
    },
  }
}

function calculate(operator: BinaryOperator, left: Item | undefined, right: Item, at: number): Item | undefined {
  return left === undefined ? undefined : calculateValues(operator, left, right, at)
}

function total(values: readonly Item[], at: number): Item | undefined {
  return values.slice(1).reduce<Item | undefined>((sum, value) => calculate('+', sum, value, at), values[0]!)
}

function extreme(values: readonly Item[], wanted: -1 | 1, { name, at }: Call): Item {
  let best = values[0]!
  for (const value of values) {
    const order = compareValues(value, best)
    if (order === incomparable) throw new Trouble('fhirpath.operand-type', at, { name, left: typeNameOf(value), right: typeNameOf(best) })
    if (order === wanted) best = value
  }
  return best
}
