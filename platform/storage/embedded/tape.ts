// A tape: the numbers of a batch one after the other, with the strings, names and resources they point to. What is written in one thread is read in the
// other in the same order, without anything in between.

export class TapeWriter {
  #space = new Float64Array(4096)
  #length = 0
  #strings: string[] = []
  #names = new Map<string, number>()
  /** By name of the type and id: two lookups of words that are there cost less than one of a word that must be joined. */
  #resources = new Map<string, Map<string, number>>()
  #resourceParts: (number | string)[] = []

  get length(): number {
    return this.#length
  }

  number(value: number): void {
    if (this.#length === this.#space.length) {
      const larger = new Float64Array(2 * this.#length)
      larger.set(this.#space)
      this.#space = larger
    }
    this.#space[this.#length++] = value
  }

  string(text: string): void {
    this.number(this.#strings.push(text) - 1)
  }

  /** A name stands on the tape as its place in the batch's list of names. */
  name(text: string): void {
    this.number(this.nameNumber(text))
  }

  nameNumber(text: string): number {
    let number = this.#names.get(text)
    if (number === undefined) this.#names.set(text, (number = this.#names.size))
    return number
  }

  /** A resource stands on the tape as its place in the batch's list of resources. `typeName` is the name of its type. */
  resource(typeName: string, id: string): void {
    let ofType = this.#resources.get(typeName)
    if (!ofType) this.#resources.set(typeName, (ofType = new Map()))
    let number = ofType.get(id)
    if (number === undefined) {
      number = this.#resourceParts.push(this.nameNumber(typeName), id) / 2 - 1
      ofType.set(id, number)
    }
    this.number(number)
  }

  /** Writes over a number written before. */
  patch(at: number, value: number): void {
    this.#space[at] = value
  }

  /** What was written; the tape starts anew. */
  take(): TapeText & { readonly numbers: Float64Array<ArrayBuffer> } {
    const taken = {
      numbers: this.#space.slice(0, this.#length),
      strings: this.#strings,
      names: [...this.#names.keys()],
      resources: this.#resourceParts,
    }
    this.#length = 0
    this.#strings = []
    this.#names = new Map()
    this.#resources = new Map()
    this.#resourceParts = []
    return taken
  }
}

export type TapeText = {
  readonly strings: readonly string[]
  readonly names: readonly string[]
  /** Number of the type's name and id, in turns. */
  readonly resources: readonly (number | string)[]
}

/** How the reading side numbers names and resources. */
export type Numbering = { name(text: string): number; resource(type: number, id: string): number }

export class TapeReader {
  readonly #numbers: Float64Array
  readonly #text: TapeText
  readonly #numbering: Numbering
  readonly #names: (number | undefined)[]
  readonly #resources: (number | undefined)[]
  at = 0

  constructor(numbers: Float64Array, text: TapeText, numbering: Numbering) {
    this.#numbers = numbers
    this.#text = text
    this.#numbering = numbering
    this.#names = new Array(text.names.length)
    this.#resources = new Array(text.resources.length / 2)
  }

  number(): number {
    return this.#numbers[this.at++]!
  }

  string(): string {
    return this.#text.strings[this.number()]!
  }

  /** The reading side's number of a name. */
  name(): number {
    return this.nameOf(this.number())
  }

  /** The reading side's number of a resource. */
  resource(): number {
    const place = this.number()
    return (this.#resources[place] ??= this.#numbering.resource(this.typeOf(place), this.idOf(place)))
  }

  /** Number of the type of a resource of the list, and its id. */
  typeOf(place: number): number {
    return this.nameOf(this.#text.resources[2 * place] as number)
  }

  idOf(place: number): string {
    return this.#text.resources[2 * place + 1] as string
  }

  nameOf(place: number): number {
    return (this.#names[place] ??= this.#numbering.name(this.#text.names[place]!))
  }
}
