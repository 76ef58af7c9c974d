// Existence functions: empty, exists, all, count, distinct and their kin (FHIRPath section Existence).

import type { Evaluation } from '../../evaluation.ts'
import { Trouble } from '../../trouble.ts'
import { type Collection, collectionOf, countOf, type Item, itemsOf } from '../../values/collection.ts'
import { typeNameOf } from '../../values/node.ts'
import { systemItem } from '../../values/system.ts'
import type { Call, FunctionTable } from '../call.ts'
import { type Expr, type Run, systemType, type Truth } from '../expr.ts'
import { isPlainString, selfDescribing, truth, unified } from '../operands.ts'
import { itemScope } from '../scope.ts'
import { distinctItems, membership } from '../sets.ts'
import { usesIndex } from '../uses.ts'

export const existence: FunctionTable = {
  empty: { args: [0, 0], compile: call => boolean(notRun(existsRun(call.input))) },
  exists: { args: [0, 1], compile: call => boolean(existsRun(call.args.length === 0 ? call.input : filterExpr(call))) },
  all: { args: [1, 1], compile: compileAll },
  allTrue: { args: [0, 0], compile: call => booleans(call, items => items.every(item => item === true)) },
  anyTrue: { args: [0, 0], compile: call => booleans(call, items => items.includes(true)) },
  allFalse: { args: [0, 0], compile: call => booleans(call, items => items.every(item => item === false)) },
  anyFalse: { args: [0, 0], compile: call => booleans(call, items => items.includes(false)) },
  subsetOf: { args: [1, 1], compile: call => subset(call.input, call.compiler.argument(call.args[0]!, call.scope)) },
  supersetOf: { args: [1, 1], compile: call => subset(call.compiler.argument(call.args[0]!, call.scope), call.input) },
  count: { args: [0, 0], compile: compileCount },
  distinct: { args: [0, 0], compile: compileDistinct },
  isDistinct: { args: [0, 0], compile: compileIsDistinct },
}

function boolean(run: Run): Expr {
  return { type: systemType('Boolean'), single: true, ordered: true, run }
}

function notRun(run: Run): Run {
  return (focus, evaluation) => !run(focus, evaluation)
}

/** Whether there is any item; of a filter, whether any item passes it, without looking further. */
function existsRun({ filter, run }: Expr): Run {
  if (!filter) {
    return (focus, evaluation) => {
      const items = run(focus, evaluation)
      return items !== undefined && (!Array.isArray(items) || items.length > 0)
    }
  }
  const { input, criteria } = filter
  const inputRun = input.run
  return (focus, evaluation) => {
    const items = inputRun(focus, evaluation)
    if (items === undefined) return false
    if (filter.usesIndex) return someIndexed(itemsOf(items), criteria, evaluation)
    if (!Array.isArray(items)) return criteria(items as Item, evaluation) === true
    evaluation.spend(items.length)
    for (let i = 0; i < items.length; i++) if (criteria(items[i]!, evaluation) === true) return true
    return false
  }
}

function someIndexed(items: readonly Item[], criteria: Truth, evaluation: Evaluation): boolean {
  const outer = evaluation.index
  evaluation.spend(items.length)
  const found = items.some((item, index) => {
    evaluation.index = index
    return criteria(item, evaluation) === true
  })
  evaluation.index = outer
  return found
}

/** where(criteria) as an expression that exists(), first() and the like may run in their own way. */
export function filterExpr(call: Call): Expr {
  const { compiler, input, args, scope, at, name } = call
  const criteria = truth(compiler.argument(args[0]!, itemScope(scope, input.type)), name, at)
  const filter = { input, criteria, usesIndex: usesIndex(args[0]!) }
  return {
    type: input.type,
    single: input.single,
    ordered: input.ordered,
    filter,
    run: filter.usesIndex ? indexedFilter(input.run, criteria) : plainFilter(input.run, criteria),
  }
}

function plainFilter(run: Run, criteria: Truth): Run {
  return (focus, evaluation) => {
    const items = run(focus, evaluation)
    if (items === undefined) return undefined
    if (!Array.isArray(items)) return criteria(items as Item, evaluation) === true ? items : undefined
    evaluation.spend(items.length)
    let kept: Item[] | undefined
    for (let i = 0; i < items.length; i++) {
      if (criteria(items[i]!, evaluation) !== true) continue
      kept ??= []
      kept.push(items[i]!)
    }
    return kept
  }
}

function indexedFilter(run: Run, criteria: Truth): Run {
  return (focus, evaluation) => {
    const items = itemsOf(run(focus, evaluation))
    const outer = evaluation.index
    evaluation.spend(items.length)
    const kept = items.filter((item, index) => {
      evaluation.index = index
      return criteria(item, evaluation) === true
    })
    evaluation.index = outer
    return collectionOf(kept)
  }
}

function compileAll(call: Call): Expr {
  const { compiler, input, args, scope, at, name } = call
  const criteria = truth(compiler.argument(args[0]!, itemScope(scope, input.type)), name, at)
  const { run } = input
  return boolean((focus, evaluation) => {
    const items = run(focus, evaluation)
    if (items === undefined) return true
    if (!Array.isArray(items)) {
      const outer = evaluation.index
      evaluation.index = 0
      const holds = criteria(items as Item, evaluation) === true
      evaluation.index = outer
      return holds
    }
    return allItems(items, criteria, evaluation)
  })
}

function allItems(items: readonly Item[], criteria: Truth, evaluation: Evaluation): boolean {
  const outer = evaluation.index
  evaluation.spend(items.length)
  let holds = true
  for (let i = 0; i < items.length && holds; i++) {
    evaluation.index = i
    holds = criteria(items[i]!, evaluation) === true
  }
  evaluation.index = outer
  return holds
}

/** Over a collection of Booleans; anything else in it is a fault. */
function booleans(call: Call, test: (items: readonly unknown[]) => boolean): Expr {
  const run = selfDescribing(call.input)
  return boolean((focus, evaluation) => {
    const values = itemsOf(run(focus, evaluation)).map(item => {
      const value = systemItem(item)
      if (typeof value !== 'boolean') throw new Trouble('fhirpath.input-type', call.at, { name: call.name, type: typeNameOf(item) })
      return value
    })
    return test(values)
  })
}

function subset(inner: Expr, outer: Expr): Expr {
  const { type, runs } = unified([inner, outer])
  const [innerRun, outerRun] = runs as [Run, Run]
  return boolean((focus, evaluation) => {
    const members = membership(itemsOf(outerRun(focus, evaluation)), type, evaluation)
    return itemsOf(innerRun(focus, evaluation)).every(members)
  })
}

function compileCount({ input }: Call): Expr {
  const { run } = input
  return { type: systemType('Integer'), single: true, ordered: true, run: (focus, evaluation) => countOf(run(focus, evaluation)) }
}

function compileDistinct({ input }: Call): Expr {
  return { type: input.type, single: input.single, ordered: input.ordered, run: distinctRun(input) }
}

/** The items without those that equal an earlier one. */
function distinctRun(input: Expr): Run {
  const { run, type } = input
  if (isPlainString(type)) return (focus, evaluation) => distinctStrings(run(focus, evaluation), type, evaluation)
  return (focus, evaluation) => {
    const items = run(focus, evaluation)
    return Array.isArray(items) ? collectionOf(distinctItems(items, type, evaluation)) : items
  }
}

function distinctStrings(items: Collection, type: Expr['type'], evaluation: Evaluation): Collection {
  if (!Array.isArray(items)) return items
  if (items.some(item => typeof item !== 'string')) return collectionOf(distinctItems(items, type, evaluation))
  return collectionOf([...new Set(items)])
}

function compileIsDistinct({ input }: Call): Expr {
  const distinct = distinctRun(input)
  const { run } = input
  return boolean((focus, evaluation) => {
    const items = run(focus, evaluation)
    return !Array.isArray(items) || items.length < 2 || countOf(distinct(focus, evaluation)) === items.length
  })
}
