// The regular expressions of matches() and replaceMatches(): the common core of PCRE, parsed into a tree of our own.

/** Inclusive code point ranges, sorted; `properties` are Unicode classes such as `\p{L}`. */
export type CharSet = {
  readonly ranges: readonly (readonly [number, number])[]
  readonly properties: readonly string[]
  readonly negated: boolean
}

export type RegexNode =
  | { readonly kind: 'set'; readonly set: CharSet }
  | { readonly kind: 'sequence'; readonly items: readonly RegexNode[] }
  | { readonly kind: 'choice'; readonly options: readonly RegexNode[] }
  | { readonly kind: 'repeat'; readonly item: RegexNode; readonly min: number; readonly max: number; readonly lazy: boolean }
  | { readonly kind: 'group'; readonly item: RegexNode; readonly index: number; readonly name: string | undefined }
  | { readonly kind: 'assertion'; readonly assertion: '^' | '$' | 'start' | 'end' | 'word' | 'notWord' }
  | { readonly kind: 'look'; readonly ahead: boolean; readonly negated: boolean; readonly item: RegexNode }
  | { readonly kind: 'reference'; readonly to: number | string }

export type ParsedRegex = {
  readonly root: RegexNode
  readonly groups: number
  readonly names: ReadonlyMap<string, number>
  readonly flags: string
}

/** What is wrong with a pattern, thrown by the parser and caught in regex.ts. */
export class RegexProblem {
  readonly found: string
  constructor(found: string) {
    this.found = found
  }
}

const nestingMax = 100
const repeatMax = 1000

const digit: CharSet = { ranges: [[48, 57]], properties: [], negated: false }
const word: CharSet = {
  ranges: [
    [48, 57],
    [65, 90],
    [95, 95],
    [97, 122],
  ],
  properties: [],
  negated: false,
}
const space: CharSet = {
  ranges: [
    [9, 13],
    [32, 32],
    [160, 160],
    [5760, 5760],
    [8192, 8202],
    [8232, 8233],
    [8239, 8239],
    [8287, 8287],
    [12288, 12288],
    [65279, 65279],
  ],
  properties: [],
  negated: false,
}
const anyChar: CharSet = { ranges: [], properties: [], negated: true }

const classes: Readonly<Record<string, CharSet>> = {
  d: digit,
  w: word,
  s: space,
  h: {
    ranges: [
      [9, 9],
      [32, 32],
      [160, 160],
    ],
    properties: [],
    negated: false,
  },
}

const controls: Readonly<Record<string, number>> = { t: 9, n: 10, r: 13, f: 12, v: 11, a: 7, e: 27, 0: 0 }

const posix: Readonly<Record<string, CharSet>> = {
  alpha: {
    ranges: [
      [65, 90],
      [97, 122],
    ],
    properties: [],
    negated: false,
  },
  digit,
  alnum: {
    ranges: [
      [48, 57],
      [65, 90],
      [97, 122],
    ],
    properties: [],
    negated: false,
  },
  upper: { ranges: [[65, 90]], properties: [], negated: false },
  lower: { ranges: [[97, 122]], properties: [], negated: false },
  space,
  punct: {
    ranges: [
      [33, 47],
      [58, 64],
      [91, 96],
      [123, 126],
    ],
    properties: [],
    negated: false,
  },
  xdigit: {
    ranges: [
      [48, 57],
      [65, 70],
      [97, 102],
    ],
    properties: [],
    negated: false,
  },
}

function negate(set: CharSet): CharSet {
  return { ...set, negated: !set.negated }
}

function one(code: number): CharSet {
  return { ranges: [[code, code]], properties: [], negated: false }
}

/** Throws RegexProblem. */
export function parseRegex(pattern: string): ParsedRegex {
  return new RegexParser(pattern).whole()
}

class RegexParser {
  readonly #chars: readonly string[]
  #at = 0
  #groups = 0
  #depth = 0
  #flags = ''
  readonly #names = new Map<string, number>()

  constructor(pattern: string) {
    this.#chars = [...pattern]
  }

  whole(): ParsedRegex {
    const inline = /^\(\?([imsu]+)\)/.exec(this.#chars.join(''))
    if (inline) {
      this.#flags = inline[1]!.replace(/[su]/g, '')
      this.#at = inline[0].length
    }
    const root = this.#choice()
    if (this.#at < this.#chars.length) this.#fail()
    return { root, groups: this.#groups, names: this.#names, flags: this.#flags }
  }

  #choice(): RegexNode {
    if (++this.#depth > nestingMax) throw new RegexProblem('(')
    const options = [this.#sequence()]
    while (this.#accept('|')) options.push(this.#sequence())
    this.#depth--
    return options.length === 1 ? options[0]! : { kind: 'choice', options }
  }

  #sequence(): RegexNode {
    const items: RegexNode[] = []
    while (this.#at < this.#chars.length && this.#chars[this.#at] !== '|' && this.#chars[this.#at] !== ')') items.push(this.#repeated())
    return items.length === 1 ? items[0]! : { kind: 'sequence', items }
  }

  #repeated(): RegexNode {
    let item = this.#atom()
    for (let bounds = this.#bounds(); bounds; bounds = this.#bounds()) {
      if (item.kind === 'assertion' || item.kind === 'look') this.#fail()
      const [min, max] = bounds
      if (min > max || min > repeatMax || (max !== Number.POSITIVE_INFINITY && max > repeatMax)) throw new RegexProblem(`{${min},${max}}`)
      const lazy = this.#accept('?')
      // A possessive repeat matches what the greedy one does, only without turning back: the machine never turns back anyway.
      if (!lazy) this.#accept('+')
      item = { kind: 'repeat', item, min, max, lazy }
    }
    return item
  }

  #bounds(): [number, number] | undefined {
    if (this.#accept('*')) return [0, Number.POSITIVE_INFINITY]
    if (this.#accept('+')) return [1, Number.POSITIVE_INFINITY]
    if (this.#accept('?')) return [0, 1]
    const match = /^\{(\d{1,9})(?:(,)(\d{1,9})?)?\}/.exec(this.#chars.slice(this.#at, this.#at + 24).join(''))
    if (!match) return undefined
    this.#at += match[0].length
    const min = Number(match[1])
    return [min, match[2] === undefined ? min : match[3] === undefined ? Number.POSITIVE_INFINITY : Number(match[3])]
  }

  #atom(): RegexNode {
    const char = this.#take()
    if (char === '.') return { kind: 'set', set: anyChar }
    if (char === '^' || char === '$') return { kind: 'assertion', assertion: char }
    if (char === '(') return this.#group()
    if (char === '[') return { kind: 'set', set: this.#bracket() }
    if (char === '\\') return this.#escape()
    if (char === '*' || char === '+' || char === '?') this.#fail(-1)
    return { kind: 'set', set: one(char.codePointAt(0)!) }
  }

  #group(): RegexNode {
    const rest = this.#chars.slice(this.#at, this.#at + 64).join('')
    const special = /^\?(?:(:|>)|(=|!|<=|<!)|P?<([A-Za-z_]\w*)>|'([A-Za-z_]\w*)')/.exec(rest)
    if (!special && rest.startsWith('?')) throw new RegexProblem(`(${rest.slice(0, 3)}`)
    if (special) this.#at += special[0].length
    const name = special?.[3] ?? special?.[4]
    const capturing = !special || name !== undefined
    const index = capturing ? ++this.#groups : 0
    if (name !== undefined) this.#names.set(name, index)
    const item = this.#choice()
    if (!this.#accept(')')) throw new RegexProblem('(')
    if (special?.[2]) return { kind: 'look', ahead: !special[2].startsWith('<'), negated: special[2].endsWith('!'), item }
    return capturing ? { kind: 'group', item, index, name } : item
  }

  #escape(): RegexNode {
    const char = this.#chars[this.#at] ?? ''
    const assertion = ({ b: 'word', B: 'notWord', A: 'start', z: 'end', Z: 'end' } as const)[char]
    if (assertion) {
      this.#at++
      return { kind: 'assertion', assertion }
    }
    const named = /^k<([A-Za-z_]\w*)>/.exec(this.#chars.slice(this.#at, this.#at + 64).join(''))
    if (named) {
      this.#at += named[0].length
      return { kind: 'reference', to: named[1]! }
    }
    if (/[1-9]/.test(char)) return { kind: 'reference', to: Number(this.#take()) }
    return { kind: 'set', set: this.#escapedSet() }
  }

  /** What follows a backslash, inside or outside brackets. */
  #escapedSet(): CharSet {
    const char = this.#take()
    const set = classes[char.toLowerCase()]
    if (set && char !== 'H') return char === char.toLowerCase() ? set : negate(set)
    if (char === 'p' || char === 'P') return this.#property(char === 'P')
    const code = this.#hex(char)
    if (code !== undefined) return one(code)
    if (char in controls) return one(controls[char]!)
    if (/[A-Za-z]/.test(char)) throw new RegexProblem(`\\${char}`)
    return one(char.codePointAt(0)!)
  }

  #hex(char: string): number | undefined {
    if (char !== 'x' && char !== 'u') return undefined
    const match = /^(?:\{([0-9a-fA-F]{1,6})\}|([0-9a-fA-F]{4})|([0-9a-fA-F]{2}))/.exec(this.#chars.slice(this.#at, this.#at + 8).join(''))
    const digits = match?.[1] ?? (char === 'u' ? match?.[2] : (match?.[3] ?? match?.[2]?.slice(0, 2)))
    if (digits === undefined || Number.parseInt(digits, 16) > 0x10ffff) throw new RegexProblem(`\\${char}`)
    this.#at += match?.[1] === undefined ? digits.length : digits.length + 2
    return Number.parseInt(digits, 16)
  }

  #property(negated: boolean): CharSet {
    const match = /^(?:\{(\^?)([A-Za-z0-9_= ]+)\}|([A-Z]))/.exec(this.#chars.slice(this.#at, this.#at + 64).join(''))
    const name = match?.[2] ?? match?.[3]
    if (!match || name === undefined || !isProperty(name)) throw new RegexProblem('\\p')
    this.#at += match[0].length
    return { ranges: [], properties: [name], negated: negated !== (match[1] === '^') }
  }

  #bracket(): CharSet {
    const negated = this.#accept('^')
    const ranges: (readonly [number, number])[] = []
    const properties: string[] = []
    let first = true
    while (first || this.#chars[this.#at] !== ']') {
      first = false
      const set = this.#bracketItem()
      const [from] = set.ranges
      const isOne = set.ranges.length === 1 && from![0] === from![1] && !set.negated
      if (isOne && this.#chars[this.#at] === '-' && this.#chars[this.#at + 1] !== ']' && this.#at + 1 < this.#chars.length) {
        this.#at++
        const [to] = this.#bracketItem().ranges
        if (!to || to[0] !== to[1] || to[0] < from![0]) throw new RegexProblem('-')
        ranges.push([from![0], to[0]])
      } else if (set.negated) {
        if (set.properties.length > 0) properties.push(...set.properties.map(name => `^${name}`))
        else ranges.push(...complement(set.ranges))
      } else {
        ranges.push(...set.ranges)
        properties.push(...set.properties)
      }
    }
    this.#at++
    return { ranges: merged(ranges), properties, negated }
  }

  #bracketItem(): CharSet {
    const named = /^\[:(\^?)([a-z]+):\]/.exec(this.#chars.slice(this.#at, this.#at + 16).join(''))
    if (named && Object.hasOwn(posix, named[2]!)) {
      this.#at += named[0].length
      return named[1] ? negate(posix[named[2]!]!) : posix[named[2]!]!
    }
    const char = this.#take()
    if (char !== '\\') return one(char.codePointAt(0)!)
    if (this.#chars[this.#at] === 'b') {
      this.#at++
      return one(8)
    }
    return this.#escapedSet()
  }

  #accept(char: string): boolean {
    if (this.#chars[this.#at] !== char) return false
    this.#at++
    return true
  }

  #take(): string {
    const char = this.#chars[this.#at]
    if (char === undefined) throw new RegexProblem('')
    this.#at++
    return char
  }

  #fail(offset = 0): never {
    throw new RegexProblem(this.#chars[this.#at + offset] ?? '')
  }
}

/** Whether a repeat may go round on nothing: JavaScript refuses such rounds, other dialects take them, and V8 can miss a match. */
export function hasEmptyRound(node: RegexNode): boolean {
  if (node.kind === 'sequence') return node.items.some(hasEmptyRound)
  if (node.kind === 'choice') return node.options.some(hasEmptyRound)
  if (node.kind === 'repeat') return mayBeEmpty(node.item) || hasEmptyRound(node.item)
  return (node.kind === 'group' || node.kind === 'look') && hasEmptyRound(node.item)
}

function mayBeEmpty(node: RegexNode): boolean {
  if (node.kind === 'set') return false
  if (node.kind === 'sequence') return node.items.every(mayBeEmpty)
  if (node.kind === 'choice') return node.options.some(mayBeEmpty)
  if (node.kind === 'repeat') return node.min === 0 || mayBeEmpty(node.item)
  return node.kind === 'group' ? mayBeEmpty(node.item) : true
}

function isProperty(name: string): boolean {
  try {
    return new RegExp(`^\\p{${name}}$`, 'u') instanceof RegExp
  } catch {
    return false
  }
}

export function merged(ranges: readonly (readonly [number, number])[]): (readonly [number, number])[] {
  const sorted = [...ranges].sort((a, b) => a[0] - b[0])
  const result: [number, number][] = []
  for (const [from, to] of sorted) {
    const last = result.at(-1)
    if (last && from <= last[1] + 1) last[1] = Math.max(last[1], to)
    else result.push([from, to])
  }
  return result
}

export function complement(ranges: readonly (readonly [number, number])[]): (readonly [number, number])[] {
  const result: [number, number][] = []
  let next = 0
  for (const [from, to] of merged(ranges)) {
    if (from > next) result.push([next, from - 1])
    next = to + 1
  }
  if (next <= 0x10ffff) result.push([next, 0x10ffff])
  return result
}
