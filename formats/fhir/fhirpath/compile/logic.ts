// Boolean operators with three values: true, false and empty (FHIRPath section Boolean logic).
import { type Expr, type Run, systemType } from './expr.ts'
import { truth } from './operands.ts'
import type { Operation } from './operators.ts'

function logical(run: Run): Expr {
  return { type: systemType('Boolean'), single: true, ordered: true, run }
}

function sides({ left, right, operator, at }: Operation) {
  return [truth(left, operator, at), truth(right, operator, at)] as const
}

export function compileAnd(operation: Operation): Expr {
  const [left, right] = sides(operation)
  return logical((focus, evaluation) => {
    const a = left(focus, evaluation)
    if (a === false) return false
    const b = right(focus, evaluation)
    return b === false ? false : a === true ? b : undefined
  })
}

export function compileOr(operation: Operation): Expr {
  const [left, right] = sides(operation)
  return logical((focus, evaluation) => {
    const a = left(focus, evaluation)
    if (a === true) return true
    const b = right(focus, evaluation)
    return b === true ? true : a === false ? b : undefined
  })
}

export function compileXor(operation: Operation): Expr {
  const [left, right] = sides(operation)
  return logical((focus, evaluation) => {
    const a = left(focus, evaluation)
    const b = right(focus, evaluation)
    return a === undefined || b === undefined ? undefined : a !== b
  })
}

export function compileImplies(operation: Operation): Expr {
  const [left, right] = sides(operation)
  return logical((focus, evaluation) => {
    const a = left(focus, evaluation)
    if (a === false) return true
    const b = right(focus, evaluation)
    return a === true ? b : b === true ? true : undefined
  })
}
