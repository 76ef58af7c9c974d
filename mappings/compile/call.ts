// `call`: the named, typed functions of mappings/functions that make whole elements.
import type { JsonValue } from '#kernel/json.ts'
import { elementFunctions } from '../functions/element-functions.ts'
import type { Expression } from '../language/expression.ts'
import { compileArguments, textsOf, valuesOf } from './arguments.ts'
import { type CompileContext, type Place, wrong } from './compile-context.ts'
import type { Code } from './rules.ts'
import type { Target } from './target.ts'
import { put } from './write.ts'

export function compileCall<N>(
  call: Expression & { kind: 'call' },
  target: Target,
  place: Place,
  context: CompileContext<N>,
): Code<N> | undefined {
  const spec = Object.hasOwn(elementFunctions, call.name) ? elementFunctions[call.name] : undefined
  if (!spec) return wrong(context, place, `there is no function ${call.name} to call`)
  if (!context.model.isA(target.type, spec.gives)) return wrong(context, place, `${call.name} gives ${spec.gives}, not ${target.type}`)
  const args = compileArguments(call, spec, place, context)
  if (!args) return undefined
  const write = put<N>(target, context)
  return (run, node, into) => {
    const kind = context.traced ? 'read' : 'peek'
    const made: JsonValue | undefined = spec.apply(
      textsOf(args.texts, kind, run, node),
      valuesOf(args.values, kind, run, node),
      run.setting,
    )
    if (made === undefined) return 0
    write(into, made, run)
    return 2
  }
}
