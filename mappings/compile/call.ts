// `call`: the named, typed functions of mappings/functions that make whole elements.
import type { JsonObject, JsonValue } from '#kernel/json.ts'
import { elementFunctions } from '../functions/element-functions.ts'
import type { Expression } from '../language/expression.ts'
import type { Text } from '../source/source.ts'
import { compileArguments, textsOf, valuesOf } from './arguments.ts'
import { type CompileContext, type Place, wrong } from './compile-context.ts'
import { frozen } from './memory.ts'
import type { Code } from './rules.ts'
import type { Run } from './run.ts'
import { type Target, within } from './target.ts'
import { leaves } from './write.ts'

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
  const work = (run: Run<N>, node: N, texts: readonly string[]): JsonValue | undefined =>
    spec.apply(texts, valuesOf(args.values, run, node), run.setting)
  const made = context.traced || args.values.length > 0 ? work : remembered(work, context.slots.next++)
  return (run, node, into) => {
    const texts = textsOf(args.texts, run, node)
    const value = made(run, node, texts)
    if (value === undefined) return 0
    if (run.tracer) traceParts(run, target, into, value, at => made(run, node, texts.with(at, '')), args.texts, node)
    else target.write(into, value)
    return 2
  }
}

/** Which argument decides which part of the result shows when it is left out. */
function traceParts<N>(
  run: Run<N>,
  target: Target,
  into: JsonObject,
  value: JsonValue,
  without: (argument: number) => JsonValue | undefined,
  texts: readonly Text<N>[],
  node: N,
): void {
  const tracer = run.tracer!
  const others = texts.map((_, at) => without(at))
  const way = target.steps(into)
  target.write(into, value)
  within(tracer, way, () => {
    for (const path of leaves(value)) {
      tracer.reads = []
      const deciding = texts.filter((_, at) => leafAt(others[at], path) !== leafAt(value, path))
      for (const text of deciding.length > 0 ? deciding : texts) text.read(run, node)
      tracer.wrote(run.current, path)
    }
  })
}

function leafAt(value: JsonValue | undefined, path: string): string | undefined {
  const steps = path.split(/\.|(?=\[)/).map(step => step.replace(/[[\]]/g, ''))
  return JSON.stringify(steps.reduce<unknown>((at, step) => (at as Record<string, unknown> | undefined)?.[step], value))
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
