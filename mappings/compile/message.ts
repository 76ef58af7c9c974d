// A message plan to a compiled plan: one closure over one message type, plain and traced.
import type { CodeGap, Mapped, ResourceIntent, TraceEntry } from '#kernel/intent.ts'
import type { JsonObject } from '#kernel/json.ts'
import type { CompiledPlan, MapContext } from '#kernel/ports/mapper.ts'
import { failed, ok, type Result } from '#kernel/result.ts'
import type { SiteNames } from '../functions/setting.ts'
import type { MessagePlan } from '../language/plan.ts'
import type { Scope, Source } from '../source/source.ts'
import type { CompileContext } from './compile-context.ts'
import { checkAliases } from './making.ts'
import type { Memories, Memory } from './memory.ts'
import { type Made, Run } from './run.ts'
import { compileSteps, type Do } from './steps.ts'
import { type Traced, Tracer } from './tracer.ts'

/** How a source opens a message: the outermost frame, and the node that steps start from. */
export type Opening<M, N> = (message: M) => { readonly node: N; readonly frames: readonly unknown[]; readonly inner: unknown }

/** What messages of one type are to the compiler: where steps start, and how paths are read. */
export type MessageKind<M, N> = {
  readonly scope: Scope
  readonly source: (traced: boolean) => Source<N>
  readonly open: Opening<M, N>
}

/** The steps of a plan as one closure; findings go to the context. */
export function compileMessage<N>(plan: MessagePlan, scope: Scope, context: CompileContext<N>): MessageCode<N> {
  const code = compileSteps(plan.steps, scope, context)
  checkAliases(context, scope)
  return { code, source: context.source }
}

export type MessageCode<N> = { readonly code: Do<N>; readonly source: Source<N> }

export class MessageMapper<M, N> implements CompiledPlan<M> {
  readonly name: string
  readonly hash: string
  readonly #open: Opening<M, N>
  readonly #names: SiteNames
  readonly #plain: MessageCode<N>
  readonly #traced: () => MessageCode<N>
  readonly #memories: Memories
  #last: { readonly context: MapContext; readonly memory: Memory } | undefined

  /** `traced` is compiled when it is first asked for. */
  constructor(of: {
    name: string
    hash: string
    open: Opening<M, N>
    names: SiteNames
    memories: Memories
    plain: MessageCode<N>
    traced: () => MessageCode<N>
  }) {
    this.name = of.name
    this.hash = of.hash
    this.#open = of.open
    this.#names = of.names
    this.#memories = of.memories
    this.#plain = of.plain
    this.#traced = of.traced
  }

  /** The same for all messages of a channel. */
  #memoryOf(context: MapContext): Memory {
    const { tenant, facility, source, zone } = context
    const { context: last, memory } = this.#last ?? {}
    if (memory && last?.tenant === tenant && last.facility === facility && last.source === source && last.zone === zone) return memory
    const found = this.#memories.of(tenant, { ...this.#names, facility, source, zone })
    this.#last = { context, memory: found }
    return found
  }

  map(message: M, context: MapContext): Result<Mapped> {
    const { code, source } = context.traced ? this.#traced() : this.#plain
    const opened = this.#open(message)
    const run = new Run<N>(opened.inner, context, this.#memoryOf(context), context.traced ? new Tracer() : undefined)
    run.frames.push(...opened.frames)
    const trouble = code(run, opened.node)
    return trouble ? failed(trouble) : ok(mappedOf(run, source))
  }
}

function mappedOf<N>(run: Run<N>, source: Source<N>): Mapped {
  const intents: ResourceIntent[] = []
  const places = new Map<Made, { stated: number; assumed: number }>()
  for (const made of run.made) {
    const assumed = made.assumed && hasMembers(made.assumed) ? made.assumed : undefined
    if (assumed) intents.push(intentOf(made, assumed, [], 'mention'))
    intents.push(intentOf(made, made.content, clearsOf(made), made.standing))
    if (run.tracer) places.set(made, { stated: intents.length - 1, assumed: intents.length - 2 })
  }
  const mapped: Mapped = { intents, merges: run.merges, gaps: distinct(run.gaps), faults: run.faults }
  if (!run.tracer) return mapped
  const trace = lastOfEach(run.tracer.entries).map(({ made, path, rule, sources, assumed }): TraceEntry => {
    const place = places.get(made)!
    return { intent: assumed ? place.assumed : place.stated, path, rule, sources }
  })
  return { ...mapped, trace, unread: source.unread(run) }
}

/** Where rules write over one another, the last one tells where the value is from; what it wrote over is no longer there. */
function lastOfEach(entries: readonly Traced[]): readonly Traced[] {
  const last = new Map(entries.map(entry => [`${entry.made.reference} ${entry.assumed === true} ${entry.path}`, entry]))
  return [...last.values()].filter(({ made, assumed, path }) => stands(assumed ? made.assumed : made.content, path))
}

function stands(content: JsonObject | undefined, path: string): boolean {
  let at: unknown = content
  for (const step of path.split(/\.|(?=\[)/)) at = (at as Record<string, unknown> | undefined)?.[step.replace(/[[\]]/g, '')]
  return at !== undefined
}

function hasMembers(object: JsonObject): boolean {
  for (const _ in object) return true
  return false
}

function intentOf(made: Made, content: JsonObject, clears: readonly string[], standing: Made['standing']): ResourceIntent {
  return { type: made.type, key: made.key, id: made.id, content, clears, standing }
}

/** What another rule filled after all is not cleared. */
function clearsOf({ clears, content }: Made): readonly string[] {
  if (!clears) return none
  return [...clears].filter(element => {
    const [first, second] = element.split('.') as [string, string?]
    const value = content[first]
    return second === undefined ? value === undefined : (value as JsonObject | undefined)?.[second] === undefined
  })
}

const none: readonly string[] = []

/** One gap per code and place of a message. */
function distinct(gaps: readonly CodeGap[]): readonly CodeGap[] {
  if (gaps.length < 2) return gaps
  return [...new Map(gaps.map(gap => [`${gap.map}|${gap.code}|${gap.element ?? ''}`, gap])).values()]
}
