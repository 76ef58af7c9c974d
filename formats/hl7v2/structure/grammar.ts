// Message structures in abstract syntax, read into a tree of groups and segment places (HL7 v2 chapter 2.12).

export type Place = {
  readonly kind: 'segment'
  /** One name, or those of a choice. */
  readonly names: readonly string[]
  readonly required: boolean
  readonly repeats: boolean
  /** Number of the place in reading order, from 0. */
  readonly order: number
  readonly parent: GroupRule
  readonly index: number
}

export type GroupRule = {
  readonly kind: 'group'
  readonly name: string
  readonly required: boolean
  readonly repeats: boolean
  readonly children: (Place | GroupRule)[]
  readonly parent: GroupRule | undefined
  readonly index: number
  /** 0 for the message itself. */
  readonly depth: number
  /** Number of the group among all of the structure, from 0. */
  readonly number: number
  /** What an instance must have, found once for all messages. */
  readonly requirements: readonly Requirement[]
}

/** The `nth` part called so must be there: some structures have a segment twice. */
export type Requirement = { readonly names: readonly string[]; readonly nth: number; readonly firstSegment: string }

export type Grammar = {
  readonly root: GroupRule
  readonly places: readonly Place[]
  /** Segment names that have a place. */
  readonly names: ReadonlySet<string>
}

/** Reads a structure written as in structures.ts. @throws SyntaxError for a structure that is badly written: a bug of this project */
export function readGrammar(name: string, syntax: string): Grammar {
  return new GrammarReader(name, syntax.match(/\w+:?|[[\]{}()<>|]/g) ?? []).read()
}

class GrammarReader {
  readonly #name: string
  readonly #tokens: readonly string[]
  readonly #places: Place[] = []
  #at = 0
  #groupCount = 0

  constructor(name: string, tokens: readonly string[]) {
    this.#name = name
    this.#tokens = tokens
  }

  read(): Grammar {
    const root = this.#group({ name: this.#name, required: true, repeats: false, index: 0 }, undefined, '')
    return { root, places: this.#places, names: new Set(this.#places.flatMap(place => place.names)) }
  }

  #group(head: Pick<GroupRule, 'name' | 'required' | 'repeats' | 'index'>, parent: GroupRule | undefined, closing: string): GroupRule {
    const depth = parent ? parent.depth + 1 : 0
    const group: Writable<GroupRule> = { kind: 'group', ...head, children: [], parent, depth, number: this.#groupCount++, requirements: [] }
    while (this.#at < this.#tokens.length && this.#tokens[this.#at] !== closing) group.children.push(this.#child(group))
    if (closing !== '') this.#expect(closing)
    // A group in which everything is optional may be absent without anything missing.
    group.required &&= group.children.some(child => child.required)
    group.requirements = requirementsOf(group)
    return group
  }

  #child(parent: GroupRule): Place | GroupRule {
    const closings: string[] = []
    for (; opening[this.#tokens[this.#at]!] !== undefined; this.#at++) closings.unshift(opening[this.#tokens[this.#at]!]!)
    const head = { required: !closings.includes(']'), repeats: closings.includes('}'), index: parent.children.length }
    const token = this.#tokens[this.#at++]!
    const child = token.endsWith(':')
      ? this.#group({ name: token.slice(0, -1), ...head }, parent, closings.shift() ?? '')
      : this.#place(token === '<' ? this.#choice() : [token], head, parent)
    for (const closing of closings) this.#expect(closing)
    return child
  }

  #place(names: readonly string[], head: Pick<Place, 'required' | 'repeats' | 'index'>, parent: GroupRule): Place {
    const place: Place = { kind: 'segment', names, ...head, order: this.#places.length, parent }
    this.#places.push(place)
    return place
  }

  #choice(): string[] {
    const end = this.#tokens.indexOf('>', this.#at)
    const names = this.#tokens.slice(this.#at, end).filter(token => token !== '|')
    this.#at = end
    this.#expect('>')
    return names
  }

  #expect(token: string): void {
    if (this.#tokens[this.#at++] !== token)
      throw new SyntaxError(`${this.#name}: ${token} is missing before ${this.#tokens.slice(this.#at).join(' ')}`)
  }
}

function requirementsOf(group: GroupRule): Requirement[] {
  return group.children.flatMap((child, index) => {
    if (!child.required) return []
    const names = child.kind === 'segment' ? child.names : [child.name]
    const before = group.children.slice(0, index).filter(other => other.required && other.kind === 'segment' && other.names[0] === names[0])
    return [{ names, nth: before.length + 1, firstSegment: firstSegment(child) }]
  })
}

function firstSegment(child: Place | GroupRule): string {
  return child.kind === 'segment' ? child.names[0]! : (child.requirements[0]?.firstSegment ?? '')
}

type Writable<T> = { -readonly [Member in keyof T]: T[Member] }

const opening: Readonly<Record<string, string>> = { '[': ']', '{': '}', '(': ')' }
