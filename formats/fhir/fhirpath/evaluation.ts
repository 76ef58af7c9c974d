// One evaluation: what the closures share while they run, what they still need from outside, and the meter that ends them.
import type { Clock } from '#kernel/clock.ts'
import type { JsonObject } from '#kernel/json.ts'
import type { Model } from '../model/model.ts'
import { Trouble } from './trouble.ts'
import type { Collection, Item } from './values/collection.ts'
import { Equality, type Meter } from './values/equality.ts'
import { dayOfNumber, Temporal } from './values/temporal.ts'

/** Something an evaluation would have to fetch: the caller fetches all needs in one batch, puts them in the context and runs again. */
export type Need =
  | { readonly kind: 'reference'; readonly reference: string }
  | { readonly kind: 'member'; readonly valueSet: string; readonly coding: CodingKey }
  | { readonly kind: 'subsumption'; readonly system: string; readonly ancestor: string; readonly descendant: string }
  | { readonly kind: 'conformance'; readonly structure: string; readonly type: string; readonly value: unknown }
  | { readonly kind: 'slice'; readonly structure: string; readonly name: string; readonly type: string; readonly value: unknown }

/** A code to be looked up; without `system` whatever single system the value set has. */
export type CodingKey = { readonly system?: string; readonly code: string; readonly version?: string; readonly display?: string }

/**
 * What an expression may ask of the world, already at hand. Each answer is synchronous: undefined means not fetched (it becomes a
 * need), null means fetched and not there.
 */
export type EvaluationContext = {
  /** `%resource` and `%rootResource`; the input itself when it is a resource. */
  readonly resource?: JsonObject
  readonly rootResource?: JsonObject
  /** `%name`: JSON values, typed where they are resources. */
  readonly variables?: Readonly<Record<string, unknown>>
  /** For now(), today() and timeOfDay(), which are empty without a clock. */
  readonly clock?: Clock
  /** The zone that now() is told in, minutes east of UTC; China's by default. */
  readonly offsetMinutes?: number
  readonly resolve?: (reference: string) => JsonObject | null | undefined
  readonly memberOf?: (valueSet: string, coding: CodingKey) => boolean | null | undefined
  readonly subsumes?: (system: string, ancestor: string, descendant: string) => boolean | null | undefined
  readonly conformsTo?: (structure: string, value: unknown, type: string) => boolean | null | undefined
  readonly inSlice?: (structure: string, name: string, value: unknown, type: string) => boolean | null | undefined
  /** Receives what trace() logs, as FHIRPath values. */
  readonly trace?: (name: string, items: readonly Item[]) => void
  readonly stepsMax?: number
}

const stepsMaxDefault = 2_000_000
const chinaOffsetMinutes = 480

export class Evaluation implements Meter {
  readonly context: EvaluationContext
  readonly equality: Equality
  /** %context, %resource and %rootResource. */
  root: Item | undefined
  resource: Item | undefined
  rootResource: Item | undefined
  /** $index and $total of the innermost function that sets them. */
  index = 0
  total: Collection
  /** Values of defineVariable(), by the number the compiler gave each. */
  readonly slots: Collection[] = []
  #needs: Map<string, Need> | undefined
  #stepsLeft: number
  #now: Temporal | undefined

  constructor(model: Model, context: EvaluationContext = {}) {
    this.context = context
    this.equality = new Equality(model, this)
    this.#stepsLeft = context.stepsMax ?? stepsMaxDefault
    this.resource = context.resource
    this.rootResource = context.rootResource ?? context.resource
  }

  /** Makes the evaluation ready for another input: the same context and moment, the meter full again; needs gather over all inputs. */
  begin(root: Item | undefined, resource: Item | undefined, rootResource: Item | undefined): void {
    this.root = root
    this.resource = resource
    this.rootResource = rootResource
    this.#stepsLeft = this.context.stepsMax ?? stepsMaxDefault
  }

  spend(steps: number): void {
    this.#stepsLeft -= steps
    if (this.#stepsLeft < 0) throw new Trouble('fhirpath.steps', 0, { max: this.context.stepsMax ?? stepsMaxDefault })
  }

  need(need: Need): void {
    this.#needs ??= new Map()
    this.#needs.set(JSON.stringify(need), need)
  }

  get needs(): readonly Need[] {
    return this.#needs ? [...this.#needs.values()] : []
  }

  /** The one moment of this evaluation, in the zone of the context. */
  now(): Temporal | undefined {
    if (this.#now || !this.context.clock) return this.#now
    const offsetMinutes = this.context.offsetMinutes ?? chinaOffsetMinutes
    const local = this.context.clock.now() + offsetMinutes * 60_000
    const days = Math.floor(local / 86_400_000)
    const ofDay = local - days * 86_400_000
    this.#now = new Temporal({
      type: 'DateTime',
      precision: 6,
      ...dayOfNumber(days),
      hour: Math.floor(ofDay / 3_600_000),
      minute: Math.floor(ofDay / 60_000) % 60,
      second: Math.floor(ofDay / 1000) % 60,
      nanosecond: Math.floor(ofDay % 1000) * 1_000_000,
      fractionDigits: 3,
      offsetMinutes,
    })
    return this.#now
  }
}
