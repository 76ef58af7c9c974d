// Instance selectors (`Coding { system: 'x', code: 'y' }`, trial use): new elements out of values.

import type { ElementDefinition } from '../../model/model.ts'
import type { Ast, InstanceMember } from '../syntax/ast.ts'
import { Trouble } from '../trouble.ts'
import { type Item, itemsOf } from '../values/collection.ts'
import { Node, systemTypeOf } from '../values/node.ts'
import { Quantity } from '../values/quantity.ts'
import type { Compiler } from './compiler.ts'
import type { Expr, Run } from './expr.ts'
import { selfDescribing } from './operands.ts'
import type { Scope } from './scope.ts'
import { resolveType } from './types.ts'

export function compileInstance(compiler: Compiler, ast: Ast & { kind: 'instance' }, scope: Scope): Expr {
  const def = resolveType(ast.type, compiler.model)?.def
  if (!def) throw new Trouble('fhirpath.type-unknown', ast.at, { name: ast.type.name })
  const type = { kind: 'fhir', def } as const
  const base = { type, single: true, ordered: true }
  if (def.kind === 'primitive') {
    const value = ast.members.find(member => member.name === 'value')
    const run = value ? selfDescribing(compiler.compile(value.value, scope)) : () => undefined
    return { ...base, run: (focus, evaluation) => itemsOf(run(focus, evaluation)).map(jsonOf)[0] as Item | undefined }
  }
  const members = ast.members.map(member => compileMember(compiler, member, def.name, def.elements.get(member.name), scope))
  return {
    ...base,
    run: (focus, evaluation) => {
      const object: Record<string, unknown> = def.kind === 'resource' ? { resourceType: def.name } : {}
      for (const { element, run } of members) assign(object, element, itemsOf(run(focus, evaluation)))
      return object
    },
  }
}

function compileMember(
  compiler: Compiler,
  { name, at, value }: InstanceMember,
  type: string,
  element: ElementDefinition | undefined,
  scope: Scope,
): { element: ElementDefinition; run: Run } {
  if (!element) throw new Trouble('fhirpath.element-unknown', at, { type, name })
  return { element, run: selfDescribing(compiler.compile(value, scope)) }
}

function assign(object: Record<string, unknown>, element: ElementDefinition, items: readonly Item[]): void {
  if (items.length === 0) return
  const member = element.isChoice ? memberFor(element, items[0]!) : element.name
  const values = items.map(jsonOf)
  object[member] = element.max > 1 ? values : values[0]
}

/** The JSON member of a choice for an item: by its FHIR type, or the first type whose values are of its system type. */
function memberFor(element: ElementDefinition, item: Item): string {
  const name = item instanceof Node ? item.def?.name : systemTypeOf(item)
  const found = element.types.find(type => type.code === name || type.code.toLowerCase() === name?.toLowerCase())
  return (found ?? element.types[0]!).member
}

/** A FHIRPath value as JSON. */
function jsonOf(item: Item): unknown {
  if (item instanceof Node) return item.value
  return item instanceof Quantity || typeof item !== 'object'
    ? item
    : 'toJSON' in item && systemTypeOf(item) !== 'Decimal'
      ? String(item)
      : item
}
