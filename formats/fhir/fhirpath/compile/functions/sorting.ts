// sort (FHIRPath section Filtering and projection, trial use): by keys, each ascending or descending.
import type { Argument, Ast } from '../../syntax/ast.ts'
import { Trouble } from '../../trouble.ts'
import { collectionOf, type Item, itemsOf } from '../../values/collection.ts'
import { typeNameOf } from '../../values/node.ts'
import { compareValues, incomparable } from '../../values/order.ts'
import type { Call, FunctionTable } from '../call.ts'
import { thisExpr } from '../compiler.ts'
import type { Expr, Scalar } from '../expr.ts'
import { operand } from '../operands.ts'
import { itemScope } from '../scope.ts'

export const sorting: FunctionTable = {
  sort: { args: [0, Number.POSITIVE_INFINITY], compile: compileSort },
}

/** `emptyFirst` as `desc` turns everything round, but a minus only the values: what is empty stays empty, and lowest. */
type Key = { readonly value: Scalar; readonly direction: 1 | -1; readonly emptyFirst: boolean }

/** Keys are computed once per item; an empty key comes before all others. */
function compileSort(call: Call): Expr {
  const { compiler, input, args, scope, name, at } = call
  const inner = itemScope(scope, input.type)
  const keys: Key[] = args.map(argument => {
    const { ast, ...order } = orderOf(argument)
    return { value: operand(compiler.compile(ast, inner), name, at), ...order }
  })
  if (keys.length === 0) keys.push({ value: operand(thisExpr(inner), name, at), direction: 1, emptyFirst: true })
  return {
    type: input.type,
    single: input.single,
    ordered: true,
    run: (focus, evaluation) => {
      const items = itemsOf(input.run(focus, evaluation))
      evaluation.spend(items.length * keys.length)
      const rows = items.map(item => ({ item, keys: keys.map(key => key.value(item, evaluation)) }))
      rows.sort((a, b) => {
        evaluation.spend(1)
        for (let i = 0; i < keys.length; i++) {
          const order = compareKeys(a.keys[i], b.keys[i], keys[i]!, at)
          if (order !== 0) return order
        }
        return 0
      })
      return collectionOf(rows.map(row => row.item))
    },
  }
}

/** `key desc`, or a minus before the key as the first drafts had it: before text it can mean nothing else. */
function orderOf(argument: Argument): { ast: Ast } & Omit<Key, 'value'> {
  if (argument.direction)
    return { ast: argument, direction: argument.direction === 'desc' ? -1 : 1, emptyFirst: argument.direction === 'asc' }
  const negated = argument.kind === 'unary' && argument.operator === '-'
  return negated ? { ast: argument.operand, direction: -1, emptyFirst: true } : { ast: argument, direction: 1, emptyFirst: true }
}

function compareKeys(left: Item | undefined, right: Item | undefined, { direction, emptyFirst }: Key, at: number): number {
  if (left === right) return 0
  if (left === undefined || right === undefined) return (left === undefined) === emptyFirst ? -1 : 1
  const order = compareValues(left, right)
  if (order !== incomparable) return (order ?? 0) * direction
  throw new Trouble('fhirpath.operand-type', at, { name: 'sort', left: typeNameOf(left), right: typeNameOf(right) })
}
