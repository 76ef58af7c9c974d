// Filtering and projection: where, select, repeat, ofType (FHIRPath section Filtering and projection).
import type { Evaluation } from '../../evaluation.ts'
import { type Collection, type Item, itemsOf } from '../../values/collection.ts'
import type { Call, FunctionTable } from '../call.ts'
import { anyType, type Expr, type Run } from '../expr.ts'
import { sameType, selfDescribing } from '../operands.ts'
import { flatMap } from '../path.ts'
import { itemScope } from '../scope.ts'
import { ItemSet } from '../sets.ts'
import { compileAs, compileIs, compileOfType, typeArgument } from '../types.ts'
import { usesIndex } from '../uses.ts'
import { filterExpr } from './existence.ts'

export const filtering: FunctionTable = {
  where: { args: [1, 1], compile: filterExpr },
  select: { args: [1, 1], compile: compileSelect },
  repeat: { args: [1, 1], compile: call => compileRepeat(call, true) },
  repeatAll: { args: [1, 1], compile: call => compileRepeat(call, false) },
  ofType: { args: [1, 1], compile: call => compileOfType(call.compiler, call.input, typeArgument(call.args[0]!, call.name)) },
  is: { args: [1, 1], compile: call => compileIs(call.compiler, call.input, typeArgument(call.args[0]!, call.name), call.at) },
  as: { args: [1, 1], compile: call => compileAs(call.compiler, call.input, typeArgument(call.args[0]!, call.name), call.at) },
}

function compileSelect({ compiler, input, args, scope }: Call): Expr {
  const projection = compiler.argument(args[0]!, itemScope(scope, input.type))
  const indexed = usesIndex(args[0]!)
  const [inputRun, run] = [input.run, projection.run]
  return {
    type: projection.type,
    single: input.single && projection.single,
    ordered: input.ordered && projection.ordered,
    run: (focus, evaluation) => {
      const items = inputRun(focus, evaluation)
      if (items === undefined) return undefined
      if (!Array.isArray(items) && !indexed) return run(items as Item, evaluation)
      return project(itemsOf(items), run, evaluation)
    },
  }
}

function project(items: readonly Item[], run: Run, evaluation: Evaluation): Collection {
  const outer = evaluation.index
  evaluation.spend(items.length)
  let index = 0
  const result = flatMap(items, item => {
    evaluation.index = index++
    return run(item, evaluation)
  })
  evaluation.index = outer
  return result
}

/** A repetition that does not end by itself should not take long to be stopped. */
const stepsPerRepetition = 10

/** Applied to its own results until nothing new comes; repeatAll keeps what is equal, and so relies on the data to end. */
function compileRepeat({ compiler, input, args, scope }: Call, unique: boolean): Expr {
  let projection = compiler.argument(args[0]!, itemScope(scope, input.type))
  const same =
    sameType(projection.type, input.type) || sameType(compiler.argument(args[0]!, itemScope(scope, projection.type)).type, projection.type)
  let type = projection.type
  let first = projection.run
  if (!same) {
    type = anyType
    first = selfDescribing(projection)
    projection = compiler.argument(args[0]!, itemScope(scope, anyType))
  } else if (!sameType(projection.type, input.type)) projection = compiler.argument(args[0]!, itemScope(scope, projection.type))
  const next = same ? projection.run : selfDescribing(projection)
  const inputRun = input.run
  return {
    type,
    single: false,
    ordered: false,
    run: (focus, evaluation) => {
      const seen = unique ? new ItemSet(type, evaluation, Number.POSITIVE_INFINITY) : undefined
      const results: Item[] = []
      const take = (found: Collection) => {
        for (const item of itemsOf(found)) if (!seen || seen.add(item)) results.push(item)
      }
      for (const item of itemsOf(inputRun(focus, evaluation))) take(first(item, evaluation))
      for (let i = 0; i < results.length; i++) {
        evaluation.spend(stepsPerRepetition)
        take(next(results[i]!, evaluation))
      }
      return results.length === 0 ? undefined : results
    },
  }
}
