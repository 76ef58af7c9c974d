// The operators =, !=, ~ and !~: strings by identity where the types allow it, everything else by the rules of values/equality.ts.
import type { Item } from '../values/collection.ts'
import { type Expr, type Run, type StaticType, systemType, systemTypeName } from './expr.ts'
import { isPlainString, selfDescribing } from './operands.ts'
import type { Operation } from './operators.ts'

export function compileEquality({ operator, left, right }: Operation): Expr {
  const equal = equalRun(left, right)
  const run: Run = operator === '=' ? equal : negated(equal)
  return { type: systemType('Boolean'), single: true, ordered: true, run }
}

function negated(run: Run): Run {
  return (focus, evaluation) => {
    const result = run(focus, evaluation)
    return result === undefined ? undefined : !result
  }
}

function equalRun(left: Expr, right: Expr): Run {
  const slow = generalEqual(left, right)
  if (!isPlain(left.type) || !isPlain(right.type) || systemTypeName(left.type) !== systemTypeName(right.type)) return slow
  if (right.constant !== undefined && left.single) return equalsConstant(left, right.constant, slow)
  const [a, b] = [left.value ?? left.run, right.value ?? right.run]
  return (focus, evaluation) => {
    const x = a(focus, evaluation)
    if (x === undefined) return undefined
    const y = b(focus, evaluation)
    if (y === undefined) return undefined
    return typeof x !== 'object' && typeof y !== 'object' ? x === y : slow(focus, evaluation)
  }
}

/** Values that are equal exactly when === says so: strings, Booleans and integers. */
function isPlain(type: StaticType): boolean {
  const name = systemTypeName(type)
  return isPlainString(type) || name === 'Boolean' || name === 'Integer'
}

function equalsConstant(left: Expr, constant: Item, slow: Run): Run {
  const run = left.value ?? left.run
  return (focus, evaluation) => {
    const value = run(focus, evaluation)
    if (value === undefined) return undefined
    return typeof value !== 'object' ? value === constant : slow(focus, evaluation)
  }
}

function generalEqual(left: Expr, right: Expr): Run {
  const [a, b] = [selfDescribing(left), selfDescribing(right)]
  return (focus, evaluation) => {
    const x = a(focus, evaluation)
    if (x === undefined) return undefined
    return evaluation.equality.equal(x, b(focus, evaluation))
  }
}

export function compileEquivalence({ operator, left, right }: Operation): Expr {
  const [a, b] = [selfDescribing(left), selfDescribing(right)]
  const wanted = operator === '~'
  const run: Run = (focus, evaluation) => evaluation.equality.equivalent(a(focus, evaluation), b(focus, evaluation)) === wanted
  return { type: systemType('Boolean'), single: true, ordered: true, run }
}
