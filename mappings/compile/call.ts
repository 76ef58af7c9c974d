// `call`: the named, typed functions of mappings/functions that make whole elements.
import type { JsonValue } from '#kernel/json.ts'
import { elementFunctions } from '../functions/element-functions.ts'
import type { Expression } from '../language/expression.ts'
import { compileArguments, textsOf, valuesOf } from './arguments.ts'
import { type CompileContext, type Place, wrong } from './compile-context.ts'
import { frozen } from './memory.ts'
import type { Code } from './rules.ts'
import type { Run } from './run.ts'
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
  const kind = context.traced ? 'read' : 'peek'
  const work = (run: Run<N>, node: N, texts: readonly string[]): JsonValue | undefined =>
    spec.apply(texts, valuesOf(args.values, kind, run, node), run.setting)
  const made = context.traced || args.values.length > 0 ? work : remembered(work, context.slots.next++)
  return (run, node, into) => {
    const value = made(run, node, textsOf(args.texts, kind, run, node))
    if (value === undefined) return 0
    write(into, value, run)
    return 2
  }
}

type Work<N> = (run: Run<N>, node: N, texts: readonly string[]) => JsonValue | undefined

/** Functions are pure, and the same reference ranges come with every message. */
function remembered<N>(work: Work<N>, slot: number): Work<N> {
  return (run, node, texts) => {
    const text = texts.length === 1 ? texts[0]! : texts.join('\u0000')
    const known = run.memory.recall(slot, text) as { readonly value: JsonValue | undefined } | undefined
    if (known) return known.value
    const value = work(run, node, texts)
    run.memory.keep(slot, text, { value: value === undefined ? undefined : frozen(value) })
    return value
  }
}
