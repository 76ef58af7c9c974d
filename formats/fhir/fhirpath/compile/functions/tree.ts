// Tree navigation: children and descendants (FHIRPath section Tree navigation).

import type { Model } from '../../../model/model.ts'
import type { Evaluation } from '../../evaluation.ts'
import { type Collection, type Item, itemsOf } from '../../values/collection.ts'
import type { Call, FunctionTable } from '../call.ts'
import { childrenOf } from '../dynamic.ts'
import { anyType, type Expr } from '../expr.ts'
import { selfDescribing } from '../operands.ts'

export const tree: FunctionTable = {
  children: { args: [0, 0], compile: call => walk(call, childItems) },
  descendants: { args: [0, 0], compile: call => walk(call, descendantItems) },
}

/** The order of the JSON is kept, but means nothing. */
function walk({ compiler, input }: Call, find: (items: readonly Item[], model: Model, evaluation: Evaluation) => Item[]): Expr {
  const run = selfDescribing(input)
  const { model } = compiler
  return {
    type: anyType,
    single: false,
    ordered: false,
    run: (focus, evaluation): Collection => {
      const found = find(itemsOf(run(focus, evaluation)), model, evaluation)
      return found.length === 0 ? undefined : found
    },
  }
}

function childItems(items: readonly Item[], model: Model, evaluation: Evaluation): Item[] {
  const children: Item[] = []
  for (const item of items) {
    const found = childrenOf(item, model)
    evaluation.spend(found.length)
    for (const child of found) children.push(child)
  }
  return children
}

/** Level by level, without recursion: as deep as the data may be. */
function descendantItems(items: readonly Item[], model: Model, evaluation: Evaluation): Item[] {
  const all = childItems(items, model, evaluation)
  for (let i = 0; i < all.length; i++) {
    const found = childrenOf(all[i]!, model)
    evaluation.spend(found.length)
    for (const child of found) all.push(child)
  }
  return all
}
