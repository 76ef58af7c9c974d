// Calls of the pure functions; those that read nothing of the message, or only what encloses the present place, are not worked out anew each time.
import type { Setting } from '../functions/setting.ts'
import { type TextFunction, textFunctions } from '../functions/text-functions.ts'
import type { Expression } from '../language/expression.ts'
import type { Text } from '../source/source.ts'
import { type Arguments, compileArguments, textsOf, valuesOf } from './arguments.ts'
import { type CompileContext, type Place, wrong } from './compile-context.ts'
import { constantText } from './expression.ts'
import type { Run } from './run.ts'

/** A call of a pure function of the expression language. */
export function compileTextCall<N>(call: Expression & { kind: 'call' }, place: Place, context: CompileContext<N>): Text<N> | undefined {
  const spec = Object.hasOwn(textFunctions, call.name) ? textFunctions[call.name] : undefined
  if (!spec) return wrong(context, place, `there is no function ${call.name}`)
  const args = compileArguments(call, spec, place, context)
  if (!args) return undefined
  const { texts, values } = args
  const constant = values.length === 0 && call.args.every(argument => constantText(argument, context) !== undefined)
  const apply: Text<N>['read'] = (run, node) => spec.apply(textsOf(texts, run, node), valuesOf(values, run, node), run.setting)
  const frame = context.traced ? undefined : frameOf(call, place, context)
  const peek = constant ? oncePerSetting(apply) : frame === undefined || frame < 0 ? apply : oncePerFrame(apply, frame)
  const first = texts[0] ?? values[0]
  const where: Text<N>['where'] = (run, node) => first?.where(run, node) ?? ''
  return { leaf: 'text', read: context.traced ? tracedCall(spec, args) : peek, peek, where }
}

/** An argument, or a part of one, is a source of the result if it would be another without it, or with another text; where none alone decides, all do. */
function tracedCall<N>(spec: TextFunction, { texts, values }: Arguments<N>): Text<N>['read'] {
  return (run, node) => {
    const said = textsOf(texts, run, node)
    const wholes = valuesOf(values, run, node)
    const result = spec.apply(said, wholes, run.setting)
    const parts = wholes.flatMap((whole, at) => [...(whole?.asked ?? [])].map(part => ({ at, part })))
    const textDecides = (at: number) =>
      said[at] !== '' && probes.some(probe => spec.apply(said.with(at, probe(said[at]!)), wholes, run.setting) !== result)
    const partDecides = ({ at, part }: (typeof parts)[number]) =>
      probes.some(probe => spec.apply(said, wholes.with(at, wholes[at]!.otherwise(part, probe)), run.setting) !== result)
    const [decidingTexts, decidingParts] = [texts.filter((_, at) => textDecides(at)), parts.filter(partDecides)]
    const isNone = decidingTexts.length + decidingParts.length === 0
    for (const text of isNone ? texts : decidingTexts) text.read(run, node)
    for (const { at, part } of isNone ? parts : decidingParts) wholes[at]!.note(part)
    return result
  }
}

const probes: readonly ((text: string) => string)[] = [() => '', text => `${text}?`]

/** A call that reads nothing of the message says the same for all messages of a channel. */
function oncePerSetting<N>(read: Text<N>['read']): Text<N>['read'] {
  let setting: Setting | undefined
  let text = ''
  return (run, node) => {
    if (run.setting !== setting) {
      setting = run.setting
      text = read(run, node)
    }
    return text
  }
}

/** Number of the innermost frame an expression reads; undefined when it reads the value at hand, -1 when it reads nothing of the message. */
function frameOf<N>(expression: Expression, place: Place, context: CompileContext<N>): number | undefined {
  if (constantText(expression, context) !== undefined) return -1
  if (expression.kind === 'path') return expression.where ? undefined : context.source.frameOf(expression.text, place.scope)
  if (expression.kind !== 'alternatives' && expression.kind !== 'call') return undefined
  const frames = (expression.kind === 'call' ? expression.args : expression.items).map(item => frameOf(item, place, context))
  return frames.every(frame => frame !== undefined) ? Math.max(...frames) : undefined
}

/** The order number of a report is the same for all its results: worked out once for each report. */
function oncePerFrame<N>(read: Text<N>['read'], frame: number): Text<N>['read'] {
  let of: Run<N> | undefined
  let at: unknown
  let text = ''
  return (run, node) => {
    if (run !== of || run.frames[frame] !== at) {
      of = run
      at = run.frames[frame]
      text = read(run, node)
    }
    return text
  }
}
