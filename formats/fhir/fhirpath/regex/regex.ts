// A regular expression that cannot run away: JavaScript's own matcher where it is sure to be quick, the linear machine elsewhere.

import { Trouble } from '../trouble.ts'
import type { Meter } from '../values/equality.ts'
import { backtrackingDegree } from './cost.ts'
import { patternLengthMax, textLengthMax } from './limits.ts'
import { execute, type Program, program } from './machine.ts'
import { toNativeSource } from './native.ts'
import { hasEmptyRound, type ParsedRegex, parseRegex, RegexProblem } from './syntax.ts'

/** Steps a backtracking match may take at worst before the machine is used instead. */
const nativeStepsMax = 10_000_000
/** Steps of the machine that count as one step of the evaluation. */
const machineStepsPerStep = 50

const cacheSizeMax = 500
const cache = new Map<string, Regex>()

export class Regex {
  readonly pattern: string
  readonly #parsed: ParsedRegex
  readonly #flags: string
  readonly #degree: number
  /** JavaScript has no way to say the edges of the text when ^ and $ mean those of lines, and its empty rounds are its own. */
  readonly #needsMachine: boolean
  readonly #at: number
  #search: RegExp | undefined
  #full: RegExp | undefined
  #indexed: RegExp | undefined
  #program: Program | undefined

  /** Compiled once per pattern; throws Trouble for a pattern that is not valid. `at` is the offset of the call. */
  static of(pattern: string, flags: string, at: number): Regex {
    const key = `${flags}/${pattern}`
    const known = cache.get(key)
    if (known) return known
    if (pattern.length > patternLengthMax) throw new Trouble('fhirpath.regex-too-large', at, { pattern: pattern.slice(0, 50) })
    try {
      const regex = new Regex(pattern, flags, at)
      if (cache.size >= cacheSizeMax) cache.clear()
      cache.set(key, regex)
      return regex
    } catch (thrown) {
      if (thrown instanceof RegexProblem)
        throw new Trouble('fhirpath.regex-invalid', at, { pattern: pattern.slice(0, 50), found: thrown.found })
      throw thrown
    }
  }

  private constructor(pattern: string, flags: string, at: number) {
    this.pattern = pattern
    this.#at = at
    this.#parsed = parseRegex(pattern)
    this.#flags = [...new Set(flags + this.#parsed.flags)].join('')
    this.#degree = backtrackingDegree(this.#parsed.root)
    this.#needsMachine = (this.#flags.includes('m') && /\\[AzZ]/.test(pattern)) || hasEmptyRound(this.#parsed.root)
  }

  /** Whether the text has a match anywhere. */
  test(text: string, meter: Meter): boolean {
    if (this.#isQuick(text.length)) return (this.#search ??= this.#native('')).test(text)
    return this.#run(codePoints(text), 0, false, meter) !== undefined
  }

  testFull(text: string, meter: Meter): boolean {
    if (this.#isQuick(text.length) && !this.#flags.includes('m')) return (this.#full ??= this.#nativeFull()).test(text)
    return this.#run(codePoints(text), 0, true, meter) !== undefined
  }

  /** Every match replaced; `$1`, `${1}`, `$name` and `${name}` stand for groups. */
  replace(text: string, substitution: string, meter: Meter): string {
    const codes = codePoints(text)
    let result = ''
    let from = 0
    while (from <= codes.length) {
      const slots = this.#match(codes, text, from, meter)
      if (!slots) break
      const [start, end] = [slots[0]!, slots[1]!]
      result += slice(codes, from, start) + this.#substituted(substitution, codes, slots)
      if (result.length > textLengthMax) throw new Trouble('fhirpath.text-too-long', this.#at, { max: textLengthMax })
      if (end === start && start < codes.length) result += slice(codes, start, start + 1)
      from = end === start ? end + 1 : end
    }
    return from < codes.length ? result + slice(codes, from, codes.length) : result
  }

  #match(codes: readonly number[], text: string, from: number, meter: Meter): readonly number[] | undefined {
    meter.spend(1)
    if (!this.#isQuick(codes.length) || codes.length !== text.length) return this.#run(codes, from, false, meter)
    this.#indexed ??= this.#native('gd')
    this.#indexed.lastIndex = from
    const match = this.#indexed.exec(text)
    return match?.indices?.flatMap(pair => pair ?? [-1, -1])
  }

  #substituted(substitution: string, codes: readonly number[], slots: readonly number[]): string {
    return substitution.replace(
      /\$(?:\{([A-Za-z_]\w*|\d{1,2})\}|(\d{1,2})|([A-Za-z_]\w*)|(\$))/g,
      (whole, braced?: string, number?: string, name?: string, dollar?: string) => {
        if (dollar !== undefined) return '$'
        const group = braced ?? number ?? name!
        const index = /^\d/.test(group) ? Number(group) : this.#parsed.names.get(group)
        if (index === undefined || index > this.#parsed.groups) return whole
        const [start, end] = [slots[index * 2]!, slots[index * 2 + 1]!]
        return start < 0 ? '' : slice(codes, start, end)
      },
    )
  }

  /** At worst a search tries every start, and each takes a power of the length. */
  #isQuick(length: number): boolean {
    return !this.#needsMachine && length ** (this.#degree + 1) <= nativeStepsMax
  }

  #native(flags: string): RegExp {
    return this.#compiled(toNativeSource(this.#parsed.root), flags)
  }

  #nativeFull(): RegExp {
    return this.#compiled(`^(?:${toNativeSource(this.#parsed.root)})$`, '')
  }

  /** Flag v, not u: with u, V8 14 misses /a[^b]$/ on a text that ends outside the basic plane. */
  #compiled(source: string, flags: string): RegExp {
    try {
      return new RegExp(source, `vs${this.#flags}${flags}`)
    } catch {
      throw new Trouble('fhirpath.regex-invalid', this.#at, { pattern: this.pattern.slice(0, 50), found: '' })
    }
  }

  #run(codes: readonly number[], from: number, full: boolean, meter: Meter): readonly number[] | undefined {
    try {
      this.#program ??= program(this.#parsed.root, this.#parsed.groups, this.#flags)
    } catch (thrown) {
      if (thrown instanceof RegexProblem) throw new Trouble('fhirpath.regex-too-large', this.#at, { pattern: this.pattern.slice(0, 50) })
      throw thrown
    }
    meter.spend(Math.ceil(((codes.length - from + 1) * this.#program.instructions.length) / machineStepsPerStep))
    return execute(this.#program, codes, from, full)
  }
}

function codePoints(text: string): readonly number[] {
  return Array.from(text, character => character.codePointAt(0)!)
}

function slice(codes: readonly number[], from: number, to: number): string {
  let text = ''
  for (let i = from; i < to; i++) text += String.fromCodePoint(codes[i]!)
  return text
}
