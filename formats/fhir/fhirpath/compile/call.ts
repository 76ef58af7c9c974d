// Function calls: the table of all functions, by the chapters of the specification.
import type { Argument, Ast } from '../syntax/ast.ts'
import { Trouble } from '../trouble.ts'
import type { Compiler } from './compiler.ts'
import type { Expr } from './expr.ts'
import { aggregates } from './functions/aggregates.ts'
import { boundaries } from './functions/boundaries.ts'
import { conditional } from './functions/conditional.ts'
import { conversion } from './functions/conversion.ts'
import { dates } from './functions/dates.ts'
import { existence } from './functions/existence.ts'
import { fhirFunctions } from './functions/fhir.ts'
import { filtering } from './functions/filtering.ts'
import { math } from './functions/math.ts'
import { sorting } from './functions/sorting.ts'
import { stringFunctions } from './functions/strings.ts'
import { subsetting } from './functions/subsetting.ts'
import { tree } from './functions/tree.ts'
import { utility } from './functions/utility.ts'
import type { Scope } from './scope.ts'

/** A function call with its input compiled; `scope` is that of the arguments. */
export type Call = {
  readonly compiler: Compiler
  readonly name: string
  readonly at: number
  readonly input: Expr
  readonly args: readonly Argument[]
  readonly scope: Scope
}

export type FunctionSpec = {
  /** Fewest and most arguments. */
  readonly args: readonly [number, number]
  readonly compile: (call: Call) => Expr
}

export type FunctionTable = Readonly<Record<string, FunctionSpec>>

const tables: readonly FunctionTable[] = [
  existence,
  filtering,
  subsetting,
  sorting,
  conditional,
  conversion,
  stringFunctions,
  math,
  tree,
  utility,
  boundaries,
  dates,
  aggregates,
  fhirFunctions,
]

const functions: ReadonlyMap<string, FunctionSpec> = new Map(tables.flatMap(table => Object.entries(table)))

export function compileCall(compiler: Compiler, ast: Ast & { kind: 'call' }, scope: Scope): Expr {
  const { name, at, args } = ast
  const spec = functions.get(name)
  if (!spec) throw new Trouble('fhirpath.function-unknown', at, { name })
  if (args.length < spec.args[0] || args.length > spec.args[1])
    throw new Trouble('fhirpath.argument-count', at, { name, count: args.length })
  const { input, scope: inner } = compiler.input(ast.input, scope)
  const expr = spec.compile({ compiler, name, at, input, args, scope: inner })
  return input.defines && !expr.defines ? { ...expr, defines: input.defines } : expr
}
