// Tree navigation: children and descendants (FHIRPath section Tree navigation).

import type { Evaluation } from '../../evaluation.ts'
import { type Collection, type Item, itemsOf } from '../../values/collection.ts'
import { Node } from '../../values/node.ts'
import type { Call, FunctionTable } from '../call.ts'
import { type ChildrenReader, childrenReader } from '../dynamic.ts'
import { anyType, type Expr } from '../expr.ts'
import { selfDescribing } from '../operands.ts'

export const tree: FunctionTable = {
  children: { args: [0, 0], compile: call => walk(call, childItems) },
  descendants: { args: [0, 0], compile: call => walk(call, descendantItems) },
}

/** The order of the JSON is kept, but means nothing. */
function walk({ compiler, input }: Call, find: (items: readonly Item[], read: ChildrenReader, evaluation: Evaluation) => Item[]): Expr {
  const run = selfDescribing(input)
  const read = childrenReader(compiler.model)
  return {
    type: anyType,
    single: false,
    ordered: false,
    run: (focus, evaluation): Collection => {
      const found = find(itemsOf(run(focus, evaluation)), read, evaluation)
      return found.length === 0 ? undefined : found
    },
  }
}

function childItems(items: readonly Item[], read: ChildrenReader, evaluation: Evaluation): Item[] {
  const children: Item[] = []
  for (const item of items) read(item, children)
  evaluation.spend(children.length)
  return children
}

/** Level by level, without recursion: as deep as the data may be. */
function descendantItems(items: readonly Item[], read: ChildrenReader, evaluation: Evaluation): Item[] {
  const all = childItems(items, read, evaluation)
  for (let i = 0; i < all.length; i++) {
    const item = all[i]!
    if (item instanceof Node && typeof item.value !== 'object' && item.sibling === undefined) continue
    const before = all.length
    read(item, all)
    evaluation.spend(all.length - before)
  }
  return all
}
