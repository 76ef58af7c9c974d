// A spot in a JSON message: a value and the way to it, e.g. `response.output.insuinfo[0].balc`; what rules are given to read from.
import type { JsonObject, JsonValue } from '#kernel/json.ts'

export class JsonSpot {
  readonly value: JsonValue
  readonly #parent: JsonSpot | undefined
  readonly #step: string | number

  constructor(value: JsonValue, parent?: JsonSpot, step: string | number = '') {
    this.value = value
    this.#parent = parent
    this.#step = step
  }

  /** Undefined where nothing stands, or null. */
  member(name: string): JsonSpot | undefined {
    if (!isObject(this.value)) return undefined
    const found = Object.hasOwn(this.value, name) ? this.value[name] : undefined
    return found === undefined || found === null ? undefined : new JsonSpot(found, this, name)
  }

  /** From 0. */
  item(at: number): JsonSpot | undefined {
    const found = Array.isArray(this.value) ? this.value[at] : undefined
    return found === undefined || found === null ? undefined : new JsonSpot(found, this, at)
  }

  items(): JsonSpot[] {
    return Array.isArray(this.value) ? [...this.value.keys()].flatMap(at => this.item(at) ?? []) : []
  }

  /** Scalars as text, decimals as received; `''` for what has parts. */
  get text(): string {
    const { value } = this
    if (typeof value === 'string') return value
    return typeof value === 'object' && value !== null && !('toJSON' in value) ? '' : String(value)
  }

  get position(): string {
    return this.#write(step => `[${step}]`)
  }

  /** Without the numbers of items: the place itself, whichever occurrence. */
  get place(): string {
    return this.#write(() => '')
  }

  /** All scalars below it that hold something. */
  leaves(): JsonSpot[] {
    const { value } = this
    if (Array.isArray(value)) return this.items().flatMap(item => item.leaves())
    if (!isObject(value)) return this.text === '' ? [] : [this]
    return Object.keys(value).flatMap(name => this.member(name)?.leaves() ?? [])
  }

  #write(index: (step: number) => string): string {
    const before = this.#parent === undefined ? '' : this.#parent.#write(index)
    if (typeof this.#step === 'number') return before + index(this.#step)
    return before === '' ? this.#step : `${before}.${this.#step}`
  }
}

function isObject(value: JsonValue): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !('toJSON' in value)
}
