// The operators |, in and contains (FHIRPath section Collections).
import { type Collection, collectionOf, isEmpty, itemsOf } from '../values/collection.ts'
import { type Expr, type Run, systemType } from './expr.ts'
import { isPlainString, selfDescribing, single, unified } from './operands.ts'
import type { Operation } from './operators.ts'
import { describer, ItemSet, membership } from './sets.ts'

export function compileUnion({ left, right }: Operation): Expr {
  return unionOf(left, right)
}

/** The items of both sides, each once. A side that can never have items leaves the other as it is, duplicates aside. */
export function unionOf(left: Expr, right: Expr): Expr {
  const { type, runs } = unified([left, right])
  const [a, b] = runs as [Run, Run]
  const describe = describer(type)
  const plain = isPlainString(type)
  return {
    type,
    single: false,
    ordered: left.ordered && right.ordered,
    run: (focus, evaluation) => {
      const x = a(focus, evaluation)
      const y = b(focus, evaluation)
      if (x === undefined && !Array.isArray(y)) return y
      if (y === undefined && !Array.isArray(x)) return x
      const items = [...itemsOf(x), ...itemsOf(y)]
      if (plain && items.every(item => typeof item === 'string')) return collectionOf([...new Set(items)])
      const seen = new ItemSet(evaluation, items.length)
      return collectionOf(items.filter(item => seen.add(describe(item))))
    },
  }
}

export function compileIn({ left, right, operator, at }: Operation): Expr {
  return memberOf(left, right, operator, at)
}

export function compileContains({ left, right, operator, at }: Operation): Expr {
  return memberOf(right, left, operator, at)
}

function memberOf(element: Expr, collection: Expr, operator: string, at: number): Expr {
  const [a, b] = [selfDescribing(element), selfDescribing(collection)]
  const base = { type: systemType('Boolean'), single: true, ordered: true }
  const strings = isPlainString(element.type) && isPlainString(collection.type)
  const [plainElement, plainCollection] = [element.value ?? element.run, collection.run]
  const slow: Run = (focus, evaluation) => {
    const item = single(a(focus, evaluation), operator, at)
    if (item === undefined) return undefined
    const items = b(focus, evaluation)
    return !isEmpty(items) && membership(itemsOf(items), evaluation)(item)
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
