// Whether an argument uses $index of the function it stands in: if not, nobody need count.
import { type Ast, childrenOf } from '../syntax/ast.ts'

/** Arguments of inner functions that set their own $index still count: they may use it before they set it. */
export function usesIndex(ast: Ast): boolean {
  return (ast.kind === 'special' && ast.name === '$index') || childrenOf(ast).some(usesIndex)
}
