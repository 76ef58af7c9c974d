// The syntax tree of a FHIRPath expression; `at` is the offset of the token that names the node.

import type { Item } from '../values/collection.ts'
import type { SystemTypeName } from '../values/system-types.ts'

export type Ast =
  | { readonly kind: 'literal'; readonly at: number; readonly type: SystemTypeName; readonly value: Item }
  | { readonly kind: 'nothing'; readonly at: number }
  | { readonly kind: 'variable'; readonly at: number; readonly name: string }
  | { readonly kind: 'special'; readonly at: number; readonly name: '$this' | '$index' | '$total' }
  | { readonly kind: 'member'; readonly at: number; readonly input: Ast | undefined; readonly name: string }
  | {
      readonly kind: 'call'
      readonly at: number
      readonly input: Ast | undefined
      readonly name: string
      readonly args: readonly Argument[]
    }
  | { readonly kind: 'indexer'; readonly at: number; readonly input: Ast; readonly index: Ast }
  | { readonly kind: 'unary'; readonly at: number; readonly operator: '+' | '-'; readonly operand: Ast }
  | { readonly kind: 'binary'; readonly at: number; readonly operator: BinaryOperator; readonly left: Ast; readonly right: Ast }
  | { readonly kind: 'type'; readonly at: number; readonly operator: 'is' | 'as'; readonly operand: Ast; readonly type: TypeSpecifier }
  | { readonly kind: 'instance'; readonly at: number; readonly type: TypeSpecifier; readonly members: readonly InstanceMember[] }

/** `direction` is what sort() allows after a key. */
export type Argument = Ast & { readonly direction?: 'asc' | 'desc' }

export type InstanceMember = { readonly name: string; readonly at: number; readonly value: Ast }

/** `FHIR.Patient` or `Patient`. */
export type TypeSpecifier = { readonly at: number; readonly namespace: string | undefined; readonly name: string }

export type BinaryOperator = Exclude<(typeof operatorsByStrength)[number][number], 'is' | 'as'>

/** From the loosest to the tightest binding. */
export const operatorsByStrength = [
  ['implies'],
  ['or', 'xor'],
  ['and'],
  ['in', 'contains'],
  ['=', '~', '!=', '!~'],
  ['<=', '<', '>', '>='],
  ['|'],
  ['is', 'as'],
  ['+', '-', '&'],
  ['*', '/', 'div', 'mod'],
] as const

/** A node's children, for walks that do not care about its kind. */
export function childrenOf(ast: Ast): readonly Ast[] {
  switch (ast.kind) {
    case 'member':
      return ast.input ? [ast.input] : []
    case 'call':
      return ast.input ? [ast.input, ...ast.args] : ast.args
    case 'indexer':
      return [ast.input, ast.index]
    case 'unary':
    case 'type':
      return [ast.operand]
    case 'binary':
      return [ast.left, ast.right]
    case 'instance':
      return ast.members.map(member => member.value)
    default:
      return []
  }
}
