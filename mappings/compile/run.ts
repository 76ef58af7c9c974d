// The state of one message being mapped: what was made so far, under which key, and what went wrong without stopping the rest.
import type { Fault } from '#kernel/fault.ts'
import type { CodeGap, PatientMerge } from '#kernel/intent.ts'
import type { JsonObject } from '#kernel/json.ts'
import type { MapContext } from '#kernel/ports/mapper.ts'
import type { Setting } from '../functions/setting.ts'
import type { IdMemory } from './id-memory.ts'
import type { Tracer } from './tracer.ts'

/** A resource under construction. */
export type Made = {
  readonly type: string
  readonly key: string
  readonly id: string
  readonly reference: string
  readonly content: JsonObject
  /** Elements that are likely but not stated. */
  assumed: JsonObject | undefined
  clears: Set<string> | undefined
  standing: 'speak' | 'mention'
  readonly display: string | undefined
  /** Places its key was read from; only when traced. */
  readonly keySources: readonly string[]
  readonly displaySources: readonly string[]
  /** The message spoke of it more than once. */
  repeated: boolean
}

export class Run<N> {
  readonly message: unknown
  readonly context: MapContext
  readonly setting: Setting
  readonly tracer: Tracer | undefined
  /** What encloses the present place, outermost first; the source's own. */
  readonly frames: unknown[] = []
  readonly made: Made[] = []
  readonly merges: PatientMerge[] = []
  readonly gaps: CodeGap[] = []
  readonly faults: Fault[] = []
  /** By number of the alias. */
  readonly aliases: (Made | undefined)[] = []
  /** The resource whose rules are running. */
  current!: Made
  /** References by plan and source text, so that a doctor named ten times is worked out once. */
  readonly named = new Map<string, unknown>()
  readonly #byType = new Map<string, Map<string, Made>>()
  /** Keeps the type of the source's values in the type of the run. */
  readonly node!: N

  readonly #ids: IdMemory

  constructor(message: unknown, context: MapContext, setting: Setting, ids: IdMemory, tracer: Tracer | undefined) {
    this.#ids = ids
    this.message = message
    this.context = context
    this.setting = setting
    this.tracer = tracer
  }

  find(type: string, key: string): Made | undefined {
    return this.#byType.get(type)?.get(key)
  }

  make(of: Pick<Made, 'type' | 'key' | 'standing' | 'display' | 'keySources' | 'displaySources'>): Made {
    const { type, key, standing, display, keySources, displaySources } = of
    const id = this.idOf(type, key)
    const made: Made = {
      type,
      key,
      id,
      reference: `${type}/${id}`,
      content: {},
      assumed: undefined,
      clears: undefined,
      standing,
      display,
      keySources,
      displaySources,
      repeated: false,
    }
    this.made.push(made)
    const known = this.#byType.get(type)
    if (known) known.set(key, made)
    else this.#byType.set(type, new Map([[key, made]]))
    return made
  }

  idOf(type: string, key: string): string {
    return this.#ids.idOf(this.context.tenant, type, key)
  }

  clear(element: string): void {
    ;(this.current.clears ??= new Set()).add(element)
  }
}
