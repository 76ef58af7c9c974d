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
}

export type Grammar = {
  readonly root: GroupRule
  readonly places: readonly Place[]
  /** Segment names that have a place. */
  readonly names: ReadonlySet<string>
}

/** Reads a structure written as in structures.ts. @throws SyntaxError for a structure that is badly written: a bug of this project */
export function readGrammar(name: string, syntax: string): Grammar {
  const tokens = syntax.match(/\w+:?|[[\]{}()<>|]/g) ?? []
  const places: Place[] = []
  const root: GroupRule = { kind: 'group', name, required: true, repeats: false, children: [], parent: undefined, index: 0, depth: 0 }
  let at = 0

  const readChildren = (parent: GroupRule, closing: string): void => {
    while (at < tokens.length && tokens[at] !== closing) readChild(parent)
    if (closing !== '' && tokens[at++] !== closing) throw new SyntaxError(`${name}: ${closing} is missing`)
  }
  const readChild = (parent: GroupRule): void => {
    let required = true
    let repeats = false
    const closings: string[] = []
    for (; opening[tokens[at]!] !== undefined; at++) {
      if (tokens[at] === '[') required = false
      if (tokens[at] === '{') repeats = true
      closings.unshift(opening[tokens[at]!]!)
    }
    const token = tokens[at++]!
    const common = { required, repeats, index: parent.children.length }
    if (token.endsWith(':')) {
      const group: { -readonly [Member in keyof GroupRule]: GroupRule[Member] } = {
        kind: 'group',
        name: token.slice(0, -1),
        ...common,
        children: [],
        parent,
        depth: parent.depth + 1,
      }
      parent.children.push(group)
      readChildren(group, closings.shift() ?? '')
      // A group in which everything is optional may be absent without anything missing.
      group.required &&= group.children.some(child => child.required)
    } else {
      const place: Place = { kind: 'segment', names: token === '<' ? readChoice() : [token], ...common, order: places.length, parent }
      parent.children.push(place)
      places.push(place)
    }
    for (const closing of closings) if (tokens[at++] !== closing) throw new SyntaxError(`${name}: ${closing} is missing after ${token}`)
  }
  const readChoice = (): string[] => {
    const names: string[] = []
    for (; tokens[at] !== '>'; at++) if (tokens[at] !== '|') names.push(tokens[at]!)
    at++
    return names
  }

  readChildren(root, '')
  return { root, places, names: new Set(places.flatMap(place => place.names)) }
}

const opening: Readonly<Record<string, string>> = { '[': ']', '{': '}', '(': ')' }
