// JSON text with positions, read on past mistakes that are plain (comments, commas, quotes), so that all of them are told at once (json.html).
import { ExactDecimal } from '#formats/fhir/decimal.ts'
import { type FaultArgs, type FaultCode, fault } from '#kernel/fault.ts'
import type { JsonObject, JsonValue } from '#kernel/json.ts'
import { limits } from '#kernel/limits.ts'
import type { Finding } from '#kernel/ports/validator.ts'
import { Positions } from './positions.ts'

export type ReadJson = { readonly value: JsonObject | undefined; readonly positions: Positions; readonly problems: readonly Finding[] }

export function readJsonText(text: string, options: { readonly comments: boolean }): ReadJson {
  const reader = new LenientReader(text.charCodeAt(0) === 0xfeff ? ` ${text.slice(1)}` : text, options.comments)
  return reader.read()
}

class Stop {}

/** Plain mistakes that are read past. */
const problemsMax = 100

const bare = /[A-Za-z_$][\w$.-]*/y
const number = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\w.])/y
const plain = /[^"\\\x00-\x1f]*/y
const escaped = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y

class LenientReader {
  readonly #text: string
  readonly #comments: boolean
  readonly #positions: Positions
  readonly #problems: Finding[] = []
  readonly #path: (string | number)[] = []
  #type: string | undefined
  #at = 0

  constructor(source: string, comments: boolean) {
    this.#text = source
    this.#comments = comments
    this.#positions = new Positions(source)
  }

  read(): ReadJson {
    let value: JsonValue | undefined
    try {
      if (this.#skip() === '') this.#stop('json.empty')
      value = this.#value(0)
      if (this.#skip() !== '') this.#stop('json.trailing')
      if (typeof value !== 'object' || value === null || Array.isArray(value)) this.#stop('json.not-object')
    } catch (thrown) {
      if (!(thrown instanceof Stop)) throw thrown
      value = undefined
    }
    return { value: value as JsonObject | undefined, positions: this.#positions, problems: this.#problems }
  }

  /** The next character that is neither white space nor in a comment; `''` at the end. */
  #skip(): string {
    for (;;) {
      while (/[ \t\r\n]/.test(this.#text[this.#at] ?? '')) this.#at++
      const isLine = this.#text.startsWith('//', this.#at)
      if (!isLine && !this.#text.startsWith('/*', this.#at)) return this.#text[this.#at] ?? ''
      const end = this.#text.indexOf(isLine ? '\n' : '*/', this.#at)
      if (!this.#comments) this.#say('validator.json-comment')
      this.#at = end < 0 ? this.#text.length : end + (isLine ? 1 : 2)
    }
  }

  #value(depth: number): JsonValue {
    const next = this.#skip()
    if (depth > limits.jsonDepthMax) this.#stop('json.depth', { max: limits.jsonDepthMax })
    if (next === '{') return this.#object(depth + 1)
    if (next === '[') return this.#array(depth + 1)
    if (next === '"') return this.#string()
    const digits = this.#match(number)
    if (digits !== undefined) return String(Number(digits)) === digits ? Number(digits) : (ExactDecimal.parse(digits) as ExactDecimal)
    const word = this.#match(bare)
    if (word === undefined) return this.#stop('json.value-expected', { found: next })
    if (Object.hasOwn(words, word)) return words[word]!
    this.#say('validator.json-quotes', { found: word })
    return word
  }

  #object(depth: number): JsonObject {
    const object: JsonObject = {}
    const spots = this.#positions.of(object)
    this.#at++
    for (let isFirst = true; ; isFirst = false) {
      if (this.#separated('}', isFirst)) return object
      const start = this.#at
      const isQuoted = this.#skip() === '"'
      const name = isQuoted ? this.#string() : this.#match(bare)
      if (name === undefined) return this.#stop('json.member-expected', { found: this.#text[this.#at] ?? '' })
      this.#path.push(name)
      if (!isQuoted) this.#say('validator.json-quotes', { found: name })
      if (name === '__proto__') this.#stop('json.member-forbidden', { member: name })
      const isKnown = Object.hasOwn(object, name)
      if (isKnown) this.#say('validator.duplicate-member', { member: name })
      if (this.#skip() !== ':') this.#stop('json.colon-expected', { found: this.#text[this.#at] ?? '' })
      this.#at++
      const value = this.#value(depth)
      if (!isKnown) {
        object[name] = value
        spots.set(name, start)
      }
      this.#path.pop()
    }
  }

  #array(depth: number): JsonValue[] {
    const items: JsonValue[] = []
    const spots = this.#positions.of(items)
    this.#at++
    for (let isFirst = true; ; isFirst = false) {
      if (this.#separated(']', isFirst)) return items
      this.#path.push(items.length)
      this.#skip()
      spots.set(items.length, this.#at)
      items.push(this.#value(depth))
      this.#path.pop()
    }
  }

  /** Passes the comma before the next part; true when there is none, and the end is passed. */
  #separated(close: string, isFirst: boolean): boolean {
    let next = this.#skip()
    if (next === ',' && !isFirst) {
      this.#at++
      next = this.#skip()
      if (next === close) this.#say('validator.json-comma-extra')
    } else if (next !== close && !isFirst) {
      if (next !== '"' && next !== '{' && next !== '[' && !/[\w-]/.test(next)) this.#stop('json.separator-expected', { close, found: next })
      this.#say('validator.json-comma-missing')
    }
    if (next === '') this.#stop('json.unfinished')
    if (next !== close) return false
    this.#at++
    return true
  }

  /** Raw line ends and wrong escapes are told, and read as they stand. */
  #string(): string {
    let value = ''
    this.#at++
    for (;;) {
      value += this.#match(plain)
      const character = this.#text[this.#at]
      if (character === undefined) return this.#stop('json.string-unfinished')
      if (character === '"') break
      if (character === '\\') value += this.#escape()
      else {
        this.#say('json.string-control', { found: `U+${character.charCodeAt(0).toString(16).padStart(4, '0')}` })
        value += character
        this.#at++
      }
    }
    this.#at++
    if (!value.isWellFormed()) this.#say('json.surrogate')
    return value
  }

  #escape(): string {
    const sequence = this.#match(escaped)
    if (sequence !== undefined) return JSON.parse(`"${sequence}"`) as string
    this.#say('json.escape-invalid', { found: this.#text.slice(this.#at, this.#at + 2) })
    this.#at += 2
    return ''
  }

  #match(expression: RegExp): string | undefined {
    expression.lastIndex = this.#at
    const found = expression.exec(this.#text)?.[0]
    if (found !== undefined) this.#at += found.length
    return found
  }

  #say(code: FaultCode, args: FaultArgs = {}): void {
    if (this.#problems.length >= problemsMax) this.#stop('validator.too-many-findings', { max: problemsMax })
    this.#problems.push({ severity: 'error', fault: fault(code, { at: this.#where(), args }), ...this.#positions.place(this.#at) })
  }

  #stop(code: FaultCode, args: FaultArgs = {}): never {
    this.#problems.push({ severity: 'fatal', fault: fault(code, { at: '(document)', args }), ...this.#positions.place(this.#at) })
    throw new Stop()
  }

  #where(): string {
    const steps = this.#path.map(step => (typeof step === 'number' ? `[${step}]` : `.${step}`)).join('')
    this.#type ??= /"?resourceType"?\s*:\s*"(\w+)"/.exec(this.#text)?.[1] ?? ''
    return steps === '' ? '(document)' : this.#type + steps
  }
}

const words: Readonly<Record<string, JsonValue>> = { true: true, false: false, null: null }
