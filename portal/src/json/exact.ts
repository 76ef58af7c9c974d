// JSON read exactly: decimals stay as written (5.10 is not 5.1), and every value knows where it stands, under the path that traces use (`name[0].family`).

/** A number that a double would print differently. */
export class ExactNumber {
  readonly text: string
  constructor(text: string) {
    this.text = text
  }
}

export type Json = null | boolean | number | string | ExactNumber | Json[] | { [member: string]: Json }

export type Span = { readonly path: string; readonly from: number; readonly to: number }

export type ReadJson = { readonly value: Json; readonly spans: readonly Span[] }

const depthMax = 200
const numberForm = /-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y
const stringForm = /"(?:[^"\\]|\\.)*"/y

/** Undefined when the text is not JSON. Spans are in the order of the text, a whole before its parts. */
export function readJson(text: string): ReadJson | undefined {
  const reader = new Reader(text)
  try {
    const value = reader.value('', 0)
    reader.blanks()
    return reader.at === text.length ? { value, spans: reader.spans } : undefined
  } catch (trouble) {
    if (trouble instanceof SyntaxError) return undefined
    throw trouble
  }
}

class Reader {
  readonly text: string
  readonly spans: Span[] = []
  at = 0

  constructor(text: string) {
    this.text = text
  }

  value(path: string, depth: number): Json {
    this.blanks()
    if (depth > depthMax) throw new SyntaxError('too deep')
    const from = this.at
    const place = this.spans.length
    this.spans.push({ path, from, to: from })
    const value = this.#read(path, depth)
    this.spans[place] = { path, from, to: this.at }
    return value
  }

  blanks(): void {
    while (/[ \t\r\n]/.test(this.text.charAt(this.at))) this.at++
  }

  #read(path: string, depth: number): Json {
    const first = this.text.charAt(this.at)
    if (first === '{') return this.#object(path, depth)
    if (first === '[') return this.#array(path, depth)
    if (first === '"') return this.#string()
    for (const [word, value] of words) {
      if (!this.text.startsWith(word, this.at)) continue
      this.at += word.length
      return value
    }
    const written = this.#match(numberForm)
    const double = Number(written)
    return String(double) === written ? double : new ExactNumber(written)
  }

  #object(path: string, depth: number): Json {
    const found: { [member: string]: Json } = {}
    this.#list('}', () => {
      this.blanks()
      const name = this.#string()
      this.blanks()
      this.#take(':')
      found[name] = this.value(path === '' ? name : `${path}.${name}`, depth + 1)
    })
    return found
  }

  #array(path: string, depth: number): Json {
    const found: Json[] = []
    this.#list(']', () => found.push(this.value(`${path}[${found.length}]`, depth + 1)))
    return found
  }

  #list(end: string, item: () => void): void {
    this.at++
    this.blanks()
    if (this.text.charAt(this.at) === end) {
      this.at++
      return
    }
    for (;;) {
      item()
      this.blanks()
      if (this.text.charAt(this.at) === end) break
      this.#take(',')
    }
    this.at++
  }

  #string(): string {
    return JSON.parse(this.#match(stringForm)) as string
  }

  #take(character: string): void {
    if (this.text.charAt(this.at) !== character) throw new SyntaxError(character)
    this.at++
  }

  #match(form: RegExp): string {
    form.lastIndex = this.at
    const match = form.exec(this.text)
    if (!match) throw new SyntaxError('value')
    this.at += match[0].length
    return match[0]
  }
}

const words: readonly (readonly [string, Json])[] = [
  ['true', true],
  ['false', false],
  ['null', null],
]
