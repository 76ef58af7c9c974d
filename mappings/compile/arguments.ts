// Arguments of functions: texts, whole values whose parts a function reads, and all values of a path as lines.
import type { Argument, TextFunction, Value } from '../functions/text-functions.ts'
import type { Expression } from '../language/expression.ts'
import type { Reach, Text } from '../source/source.ts'
import { type CompileContext, type Place, wrong } from './compile-context.ts'
import { compileReach, compileText } from './expression.ts'
import type { Run } from './run.ts'

export function textsOf<N>(texts: readonly Text<N>[], run: Run<N>, node: N): string[] {
  const found: string[] = []
  for (let at = 0; at < texts.length; at++) found.push(texts[at]!.peek(run, node))
  return found
}

const noValues: readonly undefined[] = []

export function valuesOf<N>(values: readonly ValueReach<N>[], run: Run<N>, node: N): readonly (ReadValue<N> | undefined)[] {
  if (values.length === 0) return noValues
  const found: (ReadValue<N> | undefined)[] = []
  for (let at = 0; at < values.length; at++) {
    const reach = values[at]!
    const value = reach.node(run, node)
    found.push(value === undefined ? undefined : new ReadValue(reach, run, value))
  }
  return found
}

export type Arguments<N> = { readonly texts: readonly Text<N>[]; readonly values: readonly ValueReach<N>[] }
type ValueReach<N> = Reach<N> & { readonly part: NonNullable<ReturnType<typeof partReader<N>>> }

/** Compiles arguments against a function's signature; undefined with a finding when they do not fit. */
export function compileArguments<N>(
  call: Expression & { kind: 'call' },
  spec: Pick<TextFunction, 'takes' | 'more' | 'optional'>,
  place: Place,
  context: CompileContext<N>,
): Arguments<N> | undefined {
  const min = spec.takes.length - (spec.optional ?? 0)
  if (call.args.length < min || (call.args.length > spec.takes.length && !spec.more))
    return wrong(context, place, `${call.name} takes ${min}${spec.more ? ' or more' : ''} argument(s), not ${call.args.length}`)
  const texts: Text<N>[] = []
  const values: ValueReach<N>[] = []
  for (const [index, argument] of call.args.entries()) {
    const kind: Argument = spec.takes[Math.min(index, spec.takes.length - 1)]!
    if (kind === 'text') {
      const text = compileText(argument, place, context)
      if (!text) return undefined
      texts.push(text)
    } else if (kind === 'lines') {
      const reach = compileReach(argument, place, context)
      if (!reach) return undefined
      texts.push(linesOf(reach))
    } else {
      const reach = compileReach(argument, place, context)
      if (!reach) return undefined
      values.push({ ...reach, part: partReader(reach, context) })
    }
  }
  return { texts, values }
}

/** All values of a path, one per line. */
function linesOf<N>(reach: Reach<N>): Text<N> {
  const of = (kind: 'read' | 'peek') => (run: Run<N>, node: N) =>
    reach
      .nodes(run, node)
      .map(value => reach.inner[kind](run, value))
      .join('\n')
  return { leaf: 'text', read: of('read'), peek: of('peek'), where: reach.where }
}

/** Reads `part(component, subcomponent)` of a value: paths are compiled once per part asked for. */
function partReader<N>(reach: Reach<N>, context: CompileContext<N>) {
  const scope = context.source.inside(reach.type)
  const parts = new Map<number, Text<N> | undefined>()
  return (component: number, subcomponent: number | undefined): Text<N> | undefined => {
    const key = component * 1000 + (subcomponent ?? 0)
    if (!parts.has(key)) parts.set(key, partPath(component, subcomponent))
    return parts.get(key)
  }
  function partPath(component: number, subcomponent: number | undefined): Text<N> | undefined {
    if (!scope) return undefined
    const found = context.source.reach(`${scope.name}.${component}${subcomponent === undefined ? '' : `.${subcomponent}`}`, scope)
    return found.ok ? found.value : undefined
  }
}

type Probe = { readonly part: number; readonly other: (text: string) => string }

/** A value as functions see it; in a traced run it knows which of its parts were asked for. */
export class ReadValue<N> implements Value {
  readonly #reach: ValueReach<N>
  readonly #run: Run<N>
  readonly #value: N
  readonly #probe: Probe | undefined
  /** Parts as component × 1000 + subcomponent. */
  readonly asked: Set<number> | undefined

  constructor(reach: ValueReach<N>, run: Run<N>, value: N, probe?: Probe) {
    this.#reach = reach
    this.#run = run
    this.#value = value
    this.#probe = probe
    this.asked = run.tracer && new Set()
  }

  get type(): string {
    return this.#reach.type
  }

  part(component: number, subcomponent?: number): string {
    const number = component * 1000 + (subcomponent ?? 0)
    const text = this.#textOf(component, subcomponent)?.peek(this.#run, this.#value) ?? ''
    if (text !== '') this.asked?.add(number)
    return number === this.#probe?.part ? this.#probe.other(text) : text
  }

  /** The same value with another text for a part. */
  otherwise(part: number, other: Probe['other']): ReadValue<N> {
    return new ReadValue(this.#reach, this.#run, this.#value, { part, other })
  }

  /** Names a part as a source of what is being made. */
  note(part: number): void {
    this.#textOf(Math.floor(part / 1000), part % 1000 || undefined)?.read(this.#run, this.#value)
  }

  #textOf(component: number, subcomponent: number | undefined): Text<N> | undefined {
    const text = this.#reach.part(component, subcomponent)
    // A primitive has itself for its first part.
    return text ?? (component === 1 && (subcomponent ?? 1) === 1 ? this.#reach.inner : undefined)
  }
}
