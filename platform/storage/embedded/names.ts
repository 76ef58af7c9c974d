// Names have numbers: types, search parameters, token systems, units, channels … are written once and stand as small integers in the index rows.
import type { DatabaseSync, StatementSync } from 'node:sqlite'

const separator = '\u001f'

/** What a name is of; part of its text, so that equal words of different kinds have different numbers. */
export const nameOf = {
  type: (type: string) => joined(types, type, () => `type${separator}${type}`),
  param: (type: string, param: string) => joined(within(params, type), param, () => `param${separator}${type}${separator}${param}`),
  /** All codes of one system under one token parameter. */
  space: (type: string, param: string, system: string) =>
    joined(within(within(spaces, type), param), system, () => `space${separator}${type}${separator}${param}${separator}${system}`),
  hashed: (type: string, param: string, system: string) => `hashed${separator}${type}${separator}${param}${separator}${system}`,
  unit: (unit: string) => joined(units, unit, () => `unit${separator}${unit}`),
  plan: (hash: string) => `plan${separator}${hash}`,
  by: (principal: string) => `by${separator}${principal}`,
  channel: (channel: string) => `channel${separator}${channel}`,
  kind: (messageType: string) => `kind${separator}${messageType}`,
  fault: (code: string) => `fault${separator}${code}`,
  destination: (destination: string) => `destination${separator}${destination}`,
}

/** Texts of the frequent kinds: looking up words one by one costs a tenth of joining and hashing them for every entry of every version. */
type Texts = Map<string, string>
const types: Texts = new Map()
const units: Texts = new Map()
const params = new Map<string, Texts>()
const spaces = new Map<string, Map<string, Texts>>()
/** Words a client may invent: more than this under one word are not kept. */
const keptMax = 2_000

function within<T>(outer: Map<string, Map<string, T>>, word: string): Map<string, T> {
  let inner = outer.get(word)
  if (!inner) {
    inner = new Map()
    if (outer.size < keptMax) outer.set(word, inner)
  }
  return inner
}

function joined(texts: Texts, word: string, join: () => string): string {
  let text = texts.get(word)
  if (text === undefined) {
    text = join()
    if (texts.size < keptMax) texts.set(word, text)
  }
  return text
}

/** The word behind a name, without its kind. */
export function wordOf(text: string): string {
  return text.slice(text.lastIndexOf(separator) + 1)
}

const knownMax = 100_000

/** The names of one tenant as a reader sees them: what is known stays true, what is unknown may become known. */
export class Names {
  readonly #byText = new Map<string, number>()
  readonly #byNumber = new Map<number, string>()
  readonly #find: StatementSync
  readonly #text: StatementSync
  readonly #under: StatementSync

  constructor(db: DatabaseSync) {
    this.#find = db.prepare('SELECT id FROM name WHERE text = ?')
    this.#text = db.prepare('SELECT text FROM name WHERE id = ?')
    this.#under = db.prepare('SELECT id, text FROM name WHERE text >= ? AND text < ?')
  }

  find(text: string): number | undefined {
    const known = this.#byText.get(text)
    if (known !== undefined) return known
    const row = this.#find.get(text)
    return row ? this.learn(text, row['id'] as number) : undefined
  }

  /** The word of a number that stands in a row. */
  word(number: number): string {
    let text = this.#byNumber.get(number)
    if (text === undefined) {
      text = (this.#text.get(number)?.['text'] as string | undefined) ?? ''
      this.learn(text, number)
    }
    return wordOf(text)
  }

  /** Every name that begins with the words of `text` and has one more. */
  under(text: string): { number: number; word: string }[] {
    const rows = this.#under.all(`${text}${separator}`, `${text}${String.fromCharCode(0x20)}`)
    return rows.map(row => ({ number: row['id'] as number, word: wordOf(row['text'] as string) }))
  }

  protected learn(text: string, number: number): number {
    if (this.#byText.size >= knownMax) this.forget()
    this.#byText.set(text, number)
    this.#byNumber.set(number, text)
    return number
  }

  forget(): void {
    this.#byText.clear()
    this.#byNumber.clear()
  }
}

/** The names of one tenant as its writer sees them: an unknown one is given a number. */
export class NameWriter extends Names {
  readonly #insert: StatementSync

  constructor(db: DatabaseSync) {
    super(db)
    this.#insert = db.prepare('INSERT INTO name (text) VALUES (?)')
  }

  number(text: string): number {
    return this.find(text) ?? this.learn(text, Number(this.#insert.run(text).lastInsertRowid))
  }
}
