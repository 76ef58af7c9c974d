// Reads FHIR JSON (json.html) strictly: decimals as received, no duplicate members, and a fault with line and column for whatever is wrong.
import { type Fault, type FaultCode, fault } from '#kernel/fault.ts'
import type { JsonObject, JsonValue } from '#kernel/json.ts'
import { limits } from '#kernel/limits.ts'
import { failed, ok, type Result } from '#kernel/result.ts'
import { ExactDecimal } from '../decimal.ts'

const numberLengthMax = 1000

/** Code points below 32 that JSON never has raw; tab and line ends are looked for inside strings only. */
const controls = /[\0-\x08\x0b\x0c\x0e-\x1f]/
const lineControls = /[\t\n\r]/

/**
 * A JSON object from text or UTF-8 bytes (a byte-order mark is skipped). Numbers that a double would print differently are
 * `ExactDecimal`; the rest is plain JSON. Faults are `json.…` with `at` = line:column.
 */
export function parseResource(input: string | Uint8Array, options: { depthMax?: number } = {}): Result<JsonObject> {
  const parsed = parseJson(input, options)
  if (!parsed.ok) return parsed
  const { value } = parsed
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return failed(fault('json.not-object', { at: '1:1' }))
  return ok(value as JsonObject)
}

/** Any JSON value, under the same rules as `parseResource`. */
export function parseJson(input: string | Uint8Array, options: { depthMax?: number } = {}): Result<JsonValue> {
  const decoded = typeof input === 'string' ? ok(input) : decode(input)
  if (!decoded.ok) return decoded
  const text = decoded.value.charCodeAt(0) === 0xfeff ? decoded.value.slice(1) : decoded.value
  const reader = new JsonReader(text, options.depthMax ?? limits.jsonDepthMax)
  try {
    return ok(reader.document())
  } catch (thrown) {
    if (thrown === reader.problem) return failed(reader.problem as Fault)
    throw thrown
  }
}

function decode(bytes: Uint8Array): Result<string> {
  try {
    return ok(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes))
  } catch {
    return failed(fault('json.encoding', { args: { offset: firstBadByte(bytes) } }))
  }
}

/** The end of the longest prefix that decodes: found by halving, then back to the start of the sequence that broke. */
function firstBadByte(bytes: Uint8Array): number {
  let good = 0
  let bad = bytes.length
  while (bad - good > 1) {
    const middle = (good + bad) >> 1
    if (decodes(bytes.subarray(0, middle), true)) good = middle
    else bad = middle
  }
  while (good > 0 && !decodes(bytes.subarray(0, good), false)) good--
  return good
}

function decodes(bytes: Uint8Array, stream: boolean): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream })
    return true
  } catch {
    return false
  }
}

/** One pass over the text. A problem is thrown as its Fault and caught by `parseJson` alone: a Result per value would double the time. */
class JsonReader {
  problem: Fault | undefined
  readonly #text: string
  readonly #depthMax: number
  readonly #checkLines: boolean
  #at = 0

  constructor(text: string, depthMax: number) {
    this.#text = text
    this.#depthMax = depthMax
    this.#checkLines = lineControls.test(text)
  }

  document(): JsonValue {
    const text = this.#text
    if (!text.isWellFormed()) this.#fail('json.surrogate', loneSurrogate(text))
    const control = controls.exec(text)
    if (control) this.#fail('json.string-control', control.index)
    if (Number.isNaN(this.#skip())) this.#fail('json.empty', 0)
    const value = this.#value(0)
    if (!Number.isNaN(this.#skip())) this.#fail('json.trailing')
    return value
  }

  /** Moves to the next token; its first code, NaN at the end. */
  #skip(): number {
    const text = this.#text
    let at = this.#at
    let code = text.charCodeAt(at)
    while (code === 32 || code === 10 || code === 13 || code === 9) code = text.charCodeAt(++at)
    this.#at = at
    return code
  }

  #value(depth: number): JsonValue {
    const code = this.#skip()
    if (code === 34) return this.#string()
    if (code === 123) return this.#object(depth + 1)
    if (code === 91) return this.#array(depth + 1)
    if (code === 45 || (code >= 48 && code <= 57)) return this.#number()
    for (const [word, value] of words) {
      if (!this.#text.startsWith(word, this.#at)) continue
      this.#at += word.length
      return value
    }
    return this.#fail('json.value-expected')
  }

  #object(depth: number): JsonObject {
    if (depth > this.#depthMax) this.#fail('json.depth')
    const object: JsonObject = {}
    this.#at++
    if (this.#skip() === 125) {
      this.#at++
      return object
    }
    for (;;) {
      if (this.#skip() !== 34) this.#fail('json.member-expected')
      const start = this.#at
      const name = this.#string()
      if (object[name] !== undefined) this.#checkName(object, name, start)
      if (this.#skip() !== 58) this.#fail('json.colon-expected')
      this.#at++
      object[name] = this.#value(depth)
      const code = this.#skip()
      if (code !== 44 && code !== 125) this.#fail('json.separator-expected', this.#at, { close: '}' })
      this.#at++
      if (code === 125) return object
    }
  }

  /** A name the object seems to have: a duplicate, or one that every object inherits (`constructor`), of which `__proto__` is never let in. */
  #checkName(object: JsonObject, name: string, start: number): void {
    if (name === '__proto__') this.#fail('json.member-forbidden', start, { member: name })
    if (Object.hasOwn(object, name)) this.#fail('json.member-duplicate', start, { member: name })
  }

  #array(depth: number): JsonValue[] {
    if (depth > this.#depthMax) this.#fail('json.depth')
    const items: JsonValue[] = []
    this.#at++
    if (this.#skip() === 93) {
      this.#at++
      return items
    }
    for (;;) {
      items.push(this.#value(depth))
      const code = this.#skip()
      if (code !== 44 && code !== 93) this.#fail('json.separator-expected', this.#at, { close: ']' })
      this.#at++
      if (code === 93) return items
    }
  }

  #string(): string {
    const text = this.#text
    const start = this.#at + 1
    const end = text.indexOf('"', start)
    if (end < 0) this.#fail('json.string-unfinished')
    const value = text.slice(start, end)
    if (value.includes('\\')) return this.#escaped(start)
    if (this.#checkLines) this.#checkLine(value, start)
    this.#at = end + 1
    return value
  }

  #escaped(start: number): string {
    const text = this.#text
    let end = start
    while (text.charCodeAt(end) !== 34) {
      if (end >= text.length) this.#fail('json.string-unfinished', start - 1)
      if (text.charCodeAt(end) === 92) {
        const sequence = /^\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/.exec(text.slice(end, end + 6))
        if (!sequence) this.#fail('json.escape-invalid', end, { found: text.slice(end, end + 2) })
        end += sequence![0].length
      } else end++
    }
    this.#checkLine(text.slice(start, end), start)
    const value = JSON.parse(text.slice(start - 1, end + 1)) as string
    if (!value.isWellFormed()) this.#fail('json.surrogate', start)
    if (value.includes('\0')) this.#fail('json.nul', start)
    this.#at = end + 1
    return value
  }

  #checkLine(value: string, start: number): void {
    const control = lineControls.exec(value)
    if (control) this.#fail('json.string-control', start + control.index)
  }

  #number(): number | ExactDecimal {
    const text = this.#text
    const start = this.#at
    let end = start
    let code = text.charCodeAt(end)
    while ((code >= 48 && code <= 57) || code === 46 || code === 45 || code === 43 || code === 101 || code === 69)
      code = text.charCodeAt(++end)
    const source = text.slice(start, end)
    if (source.length > numberLengthMax) this.#fail('json.number-too-long', start, { max: numberLengthMax })
    this.#at = end
    const value = Number(source)
    if (String(value) === source) return value
    return ExactDecimal.parse(source) ?? this.#fail('json.number-invalid', start, { found: source.slice(0, 40) })
  }

  #fail(code: FaultCode, at = this.#at, args: Record<string, string | number> = {}): never {
    const unfinished = at >= this.#text.length && this.#text.length > 0
    const found = printable(this.#text.codePointAt(at))
    this.problem = fault(unfinished ? 'json.unfinished' : code, {
      at: position(this.#text, at),
      args: { found, max: this.#depthMax, ...args },
    })
    throw this.problem
  }
}

const words: readonly [string, JsonValue][] = [
  ['true', true],
  ['false', false],
  ['null', null],
]

/** `line:column` of an offset, both from 1. */
function position(text: string, offset: number): string {
  const before = text.slice(0, offset)
  const line = before.split('\n').length
  return `${line}:${offset - before.lastIndexOf('\n')}`
}

function loneSurrogate(text: string): number {
  return text.search(/[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/)
}

function printable(code: number | undefined): string {
  if (code === undefined) return ''
  return code < 32 ? `U+${code.toString(16).toUpperCase().padStart(4, '0')}` : String.fromCodePoint(code)
}
