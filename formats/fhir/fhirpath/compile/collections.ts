// The operators |, in and contains (FHIRPath section Collections).
import { type Collection, collectionOf, type Item, isEmpty, itemsOf } from '../values/collection.ts'
import { type Expr, type Run, systemType } from './expr.ts'
import { isPlainString, single, unified } from './operands.ts'
import type { Operation } from './operators.ts'
import { distinctItems, membership } from './sets.ts'

export function compileUnion({ left, right }: Operation): Expr {
  return unionOf(left, right)
}

/** The items of both sides, each once. A chain of unions is one union; sides that can never have items fall away. */
export function unionOf(left: Expr, right: Expr): Expr {
  const parts = [...(left.union ?? [left]), ...(right.union ?? [right])].filter(part => part.type.kind !== 'none')
  const { type, runs } = unified(parts)
  return {
    type,
    single: parts.length === 0 || (parts.length === 1 && parts[0]!.single),
    ordered: parts.every(part => part.ordered),
    union: parts,
    run: runs.length === 1 ? distinctOf(runs[0]!, type) : mergedRun(runs, type),
  }
}

function distinctOf(run: Run, type: Expr['type']): Run {
  return (focus, evaluation) => {
    const items = run(focus, evaluation)
    return Array.isArray(items) && items.length > 1 ? collectionOf(distinctItems(items, type, evaluation)) : items
  }
}

function mergedRun(runs: readonly Run[], type: Expr['type']): Run {
  const plain = isPlainString(type)
  return (focus, evaluation) => {
    let only: Collection
    let merged: Item[] | undefined
    for (const run of runs) {
      const items = run(focus, evaluation)
      if (items === undefined) continue
      if (only === undefined) only = items
      else {
        merged ??= [...itemsOf(only)]
        if (Array.isArray(items)) for (const item of items) merged.push(item)
        else merged.push(items as Item)
      }
    }
    const all = merged ?? only
    if (!Array.isArray(all) || all.length < 2) return all
    if (plain && all.every(item => typeof item === 'string')) return collectionOf([...new Set(all)])
    return collectionOf(distinctItems(all, type, evaluation))
  }
}

export function compileIn({ left, right, operator, at }: Operation): Expr {
  return memberOf(left, right, operator, at)
}

export function compileContains({ left, right, operator, at }: Operation): Expr {
  return memberOf(right, left, operator, at)
}

function memberOf(element: Expr, collection: Expr, operator: string, at: number): Expr {
  const { type, runs } = unified([element, collection])
  const [a, b] = runs as [Run, Run]
  const base = { type: systemType('Boolean'), single: true, ordered: true }
  const strings = isPlainString(element.type) && isPlainString(collection.type)
  const [plainElement, plainCollection] = [element.value ?? element.run, collection.run]
  const slow: Run = (focus, evaluation) => {
    const item = single(a(focus, evaluation), operator, at)
    if (item === undefined) return undefined
    const items = b(focus, evaluation)
    return !isEmpty(items) && membership(itemsOf(items), type, evaluation)(item)
  }
  if (!strings) return { ...base, run: slow }
  return {
    ...base,
    run: (focus, evaluation) => {
      const item = plainElement(focus, evaluation)
      if (item === undefined) return undefined
      const items: Collection = typeof item === 'string' ? plainCollection(focus, evaluation) : undefined
      if (typeof item !== 'string' || !hasOnlyStrings(items)) return slow(focus, evaluation)
      return Array.isArray(items) ? items.includes(item) : items === item
    },
  }
}

function hasOnlyStrings(items: Collection): boolean {
  if (!Array.isArray(items)) return typeof items !== 'object'
  for (let i = 0; i < items.length; i++) if (typeof items[i] !== 'string') return false
  return true
}
