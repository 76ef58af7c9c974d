// Subsetting and combining (FHIRPath sections Subsetting and Combining), and coalesce.
import { Trouble } from '../../trouble.ts'
import { type Collection, collectionOf, firstOf, isEmpty, itemsOf } from '../../values/collection.ts'
import type { Call, FunctionTable } from '../call.ts'
import { unionOf } from '../collections.ts'
import type { Expr, Run } from '../expr.ts'
import { operand, single, unified } from '../operands.ts'
import { distinctItems, membership } from '../sets.ts'

export const subsetting: FunctionTable = {
  single: { args: [0, 0], compile: call => of(call, true, items => single(items, call.name, call.at)) },
  first: { args: [0, 0], compile: compileFirst },
  last: { args: [0, 0], compile: call => ordered(call, true, items => (Array.isArray(items) ? items.at(-1) : items)) },
  tail: { args: [0, 0], compile: call => ordered(call, false, items => (Array.isArray(items) ? collectionOf(items.slice(1)) : undefined)) },
  skip: {
    args: [1, 1],
    compile: call => counted(call, (items, count) => (count <= 0 ? items : collectionOf(itemsOf(items).slice(count)))),
  },
  take: {
    args: [1, 1],
    compile: call => counted(call, (items, count) => (count <= 0 ? undefined : collectionOf(itemsOf(items).slice(0, count)))),
  },
  intersect: { args: [1, 1], compile: call => compared(call, true) },
  exclude: { args: [1, 1], compile: call => compared(call, false) },
  union: { args: [1, 1], compile: call => unionOf(call.input, call.compiler.argument(call.args[0]!, call.scope)) },
  combine: { args: [1, 2], compile: compileCombine },
  coalesce: { args: [1, Number.POSITIVE_INFINITY], compile: compileCoalesce },
}

function of({ input }: Call, isSingle: boolean, pick: (items: Collection) => Collection): Expr {
  const { run } = input
  return {
    type: input.type,
    single: isSingle || input.single,
    ordered: input.ordered,
    run: (focus, evaluation) => pick(run(focus, evaluation)),
  }
}

function ordered(call: Call, isSingle: boolean, pick: (items: Collection) => Collection): Expr {
  call.compiler.requireOrder(call.input, call.name, call.at)
  return of(call, isSingle, pick)
}

/** Of a filter, the first item that passes it. */
function compileFirst(call: Call): Expr {
  const { filter } = call.input
  if (!filter || filter.usesIndex) return ordered(call, true, firstOf)
  call.compiler.requireOrder(call.input, call.name, call.at)
  const { run } = filter.input
  return {
    type: call.input.type,
    single: true,
    ordered: true,
    run: (focus, evaluation) => {
      const items = run(focus, evaluation)
      if (!Array.isArray(items)) return items !== undefined && filter.criteria(firstOf(items)!, evaluation) === true ? items : undefined
      evaluation.spend(items.length)
      return items.find(item => filter.criteria(item, evaluation) === true)
    },
  }
}

function counted(call: Call, pick: (items: Collection, count: number) => Collection): Expr {
  const { compiler, input, args, scope, name, at } = call
  compiler.requireOrder(input, name, at)
  const count = operand(compiler.argument(args[0]!, scope), name, at)
  return {
    type: input.type,
    single: input.single,
    ordered: input.ordered,
    run: (focus, evaluation) => {
      const value = count(focus, evaluation)
      if (value === undefined) return undefined
      if (typeof value !== 'number') throw new Trouble('fhirpath.argument-value', at, { name, value: String(value) })
      return pick(input.run(focus, evaluation), value)
    },
  }
}

/** intersect keeps what the other has, each once; exclude keeps what it has not, duplicates included. */
function compared({ compiler, input, args, scope }: Call, wanted: boolean): Expr {
  const { type, runs } = unified([input, compiler.argument(args[0]!, scope)])
  const [own, other] = runs as [Run, Run]
  return {
    type,
    single: input.single,
    ordered: input.ordered,
    run: (focus, evaluation) => {
      const items = itemsOf(own(focus, evaluation))
      if (items.length === 0) return undefined
      const isMember = membership(itemsOf(other(focus, evaluation)), type, evaluation)
      const kept = items.filter(item => isMember(item) === wanted)
      return collectionOf(wanted && kept.length > 1 ? distinctItems(kept, type, evaluation) : kept)
    },
  }
}

/** Both collections one after the other, which is an order either way of calling it. */
function compileCombine({ compiler, input, args, scope }: Call): Expr {
  const other = compiler.argument(args[0]!, scope)
  const { type, runs } = unified([input, other])
  const [a, b] = runs as [Run, Run]
  return {
    type,
    single: false,
    ordered: input.ordered && other.ordered,
    run: (focus, evaluation) => collectionOf([...itemsOf(a(focus, evaluation)), ...itemsOf(b(focus, evaluation))]),
  }
}

/** The first argument that has items; those after it are not evaluated. */
function compileCoalesce({ compiler, args, scope }: Call): Expr {
  const exprs = args.map(argument => compiler.argument(argument, scope))
  const { type, runs } = unified(exprs)
  return {
    type,
    single: exprs.every(expr => expr.single),
    ordered: exprs.every(expr => expr.ordered),
    run: (focus, evaluation) => {
      for (const run of runs) {
        const items = run(focus, evaluation)
        if (!isEmpty(items)) return items
      }
      return undefined
    },
  }
}
