// Operators by name (FHIRPath section Operations); the work is in the files of each kind.
import type { Ast, BinaryOperator } from '../syntax/ast.ts'
import { compileArithmetic, compileConcatenation, compileSign } from './arithmetic.ts'
import { compileContains, compileIn, compileUnion } from './collections.ts'
import { compileComparison } from './comparison.ts'
import type { Compiler } from './compiler.ts'
import { compileEquality, compileEquivalence } from './equality.ts'
import type { Expr } from './expr.ts'
import { compileAnd, compileImplies, compileOr, compileXor } from './logic.ts'
import type { Scope } from './scope.ts'

/** A binary operator applied to its compiled sides. */
export type Operation = {
  readonly compiler: Compiler
  readonly operator: BinaryOperator
  readonly at: number
  readonly left: Expr
  readonly right: Expr
}

const operators: Readonly<Record<BinaryOperator, (operation: Operation) => Expr>> = {
  implies: compileImplies,
  or: compileOr,
  xor: compileXor,
  and: compileAnd,
  in: compileIn,
  contains: compileContains,
  '=': compileEquality,
  '!=': compileEquality,
  '~': compileEquivalence,
  '!~': compileEquivalence,
  '<': compileComparison,
  '<=': compileComparison,
  '>': compileComparison,
  '>=': compileComparison,
  '|': compileUnion,
  '+': compileArithmetic,
  '-': compileArithmetic,
  '*': compileArithmetic,
  '/': compileArithmetic,
  div: compileArithmetic,
  mod: compileArithmetic,
  '&': compileConcatenation,
}

export function compileBinary(compiler: Compiler, ast: Ast & { kind: 'binary' }, scope: Scope): Expr {
  const { operator, at } = ast
  return operators[operator]({ compiler, operator, at, left: compiler.compile(ast.left, scope), right: compiler.compile(ast.right, scope) })
}

export function compileUnary(compiler: Compiler, ast: Ast & { kind: 'unary' }, scope: Scope): Expr {
  return compileSign(ast, compiler.compile(ast.operand, scope))
}
