// iif (FHIRPath section Conversion): the branch not taken is not evaluated.
import { Trouble } from '../../trouble.ts'
import type { Call, FunctionTable } from '../call.ts'
import { type Expr, nothing, type Run, systemTypeName, typeName } from '../expr.ts'
import { single, truth, unified } from '../operands.ts'
import { itemScope } from '../scope.ts'

export const conditional: FunctionTable = {
  iif: { args: [2, 3], compile: compileIif },
}

/** The arguments see the input as $this, even when it is empty. */
function compileIif(call: Call): Expr {
  const { compiler, name, at, input, args, scope } = call
  const inner = itemScope(scope, input.type)
  const criterion = compiler.argument(args[0]!, inner)
  if (!compiler.isLenient) checkCriterion(criterion, name, at)
  const holds = truth(criterion, name, at)
  const branches = [compiler.argument(args[1]!, inner), args[2] ? compiler.argument(args[2], inner) : nothing]
  const { type, runs } = unified(branches)
  const [yes, no] = runs as [Run, Run]
  return {
    type,
    single: branches.every(branch => branch.single),
    ordered: branches.every(branch => branch.ordered),
    run: (focus, evaluation) => {
      const item = single(input.run(focus, evaluation), name, at)
      return (holds(item, evaluation) === true ? yes : no)(item, evaluation)
    },
  }
}

/** A criterion must be a Boolean: a literal or a result of another type is a mistake, not a truth. */
function checkCriterion(criterion: Expr, name: string, at: number): void {
  const type = systemTypeName(criterion.type)
  if (criterion.type.kind !== 'system' || type === 'Boolean') return
  throw new Trouble('fhirpath.argument-type', at, { name, type: typeName(criterion.type) })
}
