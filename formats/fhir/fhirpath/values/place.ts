// Where a node stands in its input: the steps that lead to it.

export class Place {
  readonly #parent: Place | undefined
  readonly #name: string
  readonly #index: number
  readonly #repeats: boolean

  /** The root is named by its type and has no index. */
  constructor(name: string, parent?: Place, index = 0, repeats = false) {
    this.#name = name
    this.#parent = parent
    this.#index = index
    this.#repeats = repeats
  }

  /** `Patient.name[0].given[1]`; short leaves out the index of elements that do not repeat. */
  toPath(short: boolean): string {
    if (!this.#parent) return this.#name
    const index = short && !this.#repeats ? '' : `[${this.#index}]`
    return `${this.#parent.toPath(short)}.${this.#name}${index}`
  }
}
