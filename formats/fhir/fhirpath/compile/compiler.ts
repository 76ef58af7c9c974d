// Turns a syntax tree into closures: paths and literals here, operators and functions in their own files.
import type { Model } from '../../model/model.ts'
import type { Argument, Ast } from '../syntax/ast.ts'
import { Trouble } from '../trouble.ts'
import { Node } from '../values/node.ts'
import { compileCall } from './call.ts'
import { type Expr, nothing, type StaticType, systemType } from './expr.ts'
import { compileInstance } from './instance.ts'
import { single } from './operands.ts'
import { compileBinary, compileUnary } from './operators.ts'
import { navigate, rootMember } from './path.ts'
import { type Scope, withVariables } from './scope.ts'
import { compileTypeOperator } from './types.ts'
import { compileVariable } from './variables.ts'

/**
 * `strict` refuses what the model does not know and order where there is none; `lenient` is for HL7's own R4 expressions, which
 * use `as` to filter and name choices as JSON does; `standard` is the specification.
 */
export type Mode = 'strict' | 'standard' | 'lenient'

export class Compiler {
  readonly model: Model
  readonly mode: Mode
  /** Type of %resource, where it is known. */
  readonly resource: StaticType
  readonly root: StaticType
  /** The expression asks for the places of nodes (pathname): everything runs on nodes that know theirs. */
  readonly isPlaced: boolean
  #slots = 0

  constructor(model: Model, mode: Mode, root: StaticType, resource: StaticType, isPlaced = false) {
    this.model = model
    this.mode = mode
    this.root = root
    this.resource = resource
    this.isPlaced = isPlaced
  }

  get isLenient(): boolean {
    return this.mode === 'lenient'
  }

  newSlot(): number {
    return this.#slots++
  }

  compile(ast: Ast, scope: Scope): Expr {
    switch (ast.kind) {
      case 'literal':
        return { type: systemType(ast.type), single: true, ordered: true, constant: ast.value, run: () => ast.value }
      case 'nothing':
        return nothing
      case 'variable':
        return compileVariable(this, ast, scope)
      case 'special':
        return this.#special(ast, scope)
      case 'member':
        return this.#member(ast, scope)
      case 'call':
        return compileCall(this, ast, scope)
      case 'indexer':
        return this.#indexer(ast, scope)
      case 'unary':
        return compileUnary(this, ast, scope)
      case 'binary':
        return compileBinary(this, ast, scope)
      case 'type':
        return compileTypeOperator(this, ast, scope)
      case 'instance':
        return compileInstance(this, ast, scope)
    }
  }

  /** The input of a function or step, and the scope of what stands to its right: variables defined on the way are known there. */
  input(ast: Ast | undefined, scope: Scope): { input: Expr; scope: Scope } {
    const input = ast === undefined ? thisExpr(scope) : this.compile(ast, scope)
    return { input, scope: withVariables(scope, input.defines) }
  }

  argument(argument: Argument, scope: Scope): Expr {
    return this.compile(argument, scope)
  }

  /** In strict mode an order must mean something before anyone asks for the first item. */
  requireOrder(expr: Expr, name: string, at: number): void {
    if (this.mode === 'strict' && !expr.ordered) throw new Trouble('fhirpath.order-undefined', at, { name })
  }

  #special(ast: Ast & { kind: 'special' }, scope: Scope): Expr {
    if (ast.name === '$this') return thisExpr(scope)
    if (ast.name === '$index') {
      return { type: systemType('Integer'), single: true, ordered: true, run: (_, evaluation) => evaluation.index }
    }
    if (!scope.total) throw new Trouble('fhirpath.total-outside', ast.at)
    return { type: scope.total, single: false, ordered: true, run: (_, evaluation) => evaluation.total }
  }

  #member(ast: Ast & { kind: 'member' }, scope: Scope): Expr {
    if (ast.input === undefined) return rootMember(this, thisExpr(scope), ast.name, ast.at)
    const { input } = this.input(ast.input, scope)
    const expr = navigate(this, input, ast.name, ast.at)
    return input.defines ? { ...expr, defines: input.defines } : expr
  }

  #indexer(ast: Ast & { kind: 'indexer' }, scope: Scope): Expr {
    const { input } = this.input(ast.input, scope)
    this.requireOrder(input, '[]', ast.at)
    const { run } = input
    const index = this.compile(ast.index, scope)
    const { constant } = index
    const base = { type: input.type, single: true, ordered: true, ...(input.defines ? { defines: input.defines } : {}) }
    if (typeof constant === 'number') return { ...base, run: (focus, evaluation) => itemAt(run(focus, evaluation), constant) }
    const indexRun = index.run
    return {
      ...base,
      run: (focus, evaluation) => {
        const found = single(indexRun(focus, evaluation), '[]', ast.at)
        const position = found instanceof Node ? found.value : found
        if (position === undefined) return undefined
        if (typeof position !== 'number') throw new Trouble('fhirpath.argument-value', ast.at, { name: '[]', value: String(position) })
        return itemAt(run(focus, evaluation), position)
      },
    }
  }
}

function itemAt(collection: ReturnType<Expr['run']>, index: number): ReturnType<Expr['run']> {
  return Array.isArray(collection) ? collection[index] : index === 0 ? collection : undefined
}

/** $this, which every path without an input starts from. */
export function thisExpr(scope: Scope): Expr {
  return { type: scope.focus, single: true, ordered: true, run: focus => focus }
}
