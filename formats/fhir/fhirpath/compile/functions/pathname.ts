// pathname(): where in the input a node stands (FHIRPath, trial use). Expressions that use it run on nodes that know their place.
import { type Ast, childrenOf } from '../../syntax/ast.ts'
import { collectionOf, itemsOf } from '../../values/collection.ts'
import { Node } from '../../values/node.ts'
import type { Call } from '../call.ts'
import { type Expr, systemType } from '../expr.ts'
import { operand } from '../operands.ts'

/** Whether an expression asks for places, so that it must be compiled to keep them. */
export function usesPathname(ast: Ast): boolean {
  return (ast.kind === 'call' && ast.name === 'pathname') || childrenOf(ast).some(usesPathname)
}

export function compilePathname({ compiler, input, args, scope, name, at }: Call): Expr {
  const short = args[0] ? operand(compiler.argument(args[0], scope), name, at) : () => false
  return {
    type: systemType('String'),
    single: input.single,
    ordered: input.ordered,
    run: (focus, evaluation) => {
      const isShort = short(focus, evaluation) === true
      const places = itemsOf(input.run(focus, evaluation)).map(item => (item instanceof Node ? item.place : undefined))
      return collectionOf(places.filter(place => place !== undefined).map(place => place.toPath(isShort)))
    },
  }
}
