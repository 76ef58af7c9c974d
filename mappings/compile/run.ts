// The state of one message being mapped: what was made so far, under which key, and what went wrong without stopping the rest.
import type { Fault } from '#kernel/fault.ts'
import { deriveId } from '#kernel/ids.ts'
import type { CodeGap, PatientMerge } from '#kernel/intent.ts'
import type { JsonObject } from '#kernel/json.ts'
import type { MapContext } from '#kernel/ports/mapper.ts'
import type { Setting } from '../functions/setting.ts'
import type { Memory } from './memory.ts'
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
  /** Places its key was read from, the last time it was named; only when traced. */
  keySources: readonly string[]
  readonly displaySources: readonly string[]
  /** The message spoke of it more than once. */
  repeated: boolean
}

/** A resource that a value names, as that value alone describes it; without content where the message itself speaks of it. */
export type Sketch = {
  readonly type: string
  readonly key: string
  readonly id: string
  readonly display: string | undefined
  readonly content: JsonObject | undefined
}

export class Run<N> {
  readonly message: unknown
  readonly context: MapContext
  readonly setting: Setting
  readonly memory: Memory
  readonly tracer: Tracer | undefined
  /** What encloses the present place, outermost first; the source's own. */
  readonly frames: unknown[] = []
  readonly made: Made[] = []
  readonly merges: PatientMerge[] = []
  readonly gaps: CodeGap[] = []
  readonly faults: Fault[] = []
  /** By number of the alias. */
  readonly aliases: (Made | undefined)[] = []
  /** Collects what a value names, to be kept for further messages. */
  sketches: Sketch[] | undefined
  /** The resource whose rules are running. */
  current!: Made
  readonly #byType = new Map<string, Map<string, Made>>()
  /** Keeps the type of the source's values in the type of the run. */
  readonly node!: N

  constructor(message: unknown, context: MapContext, memory: Memory, tracer: Tracer | undefined) {
    this.message = message
    this.context = context
    this.setting = memory.setting
    this.memory = memory
    this.tracer = tracer
  }

  find(type: string, key: string): Made | undefined {
    return this.#byType.get(type)?.get(key)
  }

  idOf(type: string, key: string): string {
    return deriveId(this.context.tenant, type, key)
  }

  /** The id may be known already; else it is derived from the key, the dearest step of a small plan. */
  make(of: Pick<Made, 'type' | 'key' | 'standing' | 'display' | 'keySources' | 'displaySources'>, derived?: string): Made {
    const { type, key, standing, display, keySources, displaySources } = of
    const id = derived ?? this.idOf(type, key)
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

  clear(element: string): void {
    ;(this.current.clears ??= new Set()).add(element)
  }
}
