// A message as the tree of groups its structure names (HL7 v2 chapter 2.12): tolerant of what senders do, exact about what it had to tolerate.
import { type Fault, type FaultArgs, fault } from '#kernel/fault.ts'
import type { Message } from '../message.ts'
import type { Segment } from '../segment.ts'
import { type Grammar, type GroupRule, type Place, readGrammar } from './grammar.ts'
import { earlierPlace, followers, nextPlace, type Step } from './place.ts'
import { type StructureName, structures } from './structures.ts'

/** One occurrence of a group: its segments and groups in the order of the message. */
export class Group {
  readonly name: string
  readonly children: (Group | Segment)[] = []

  constructor(name: string) {
    this.name = name
  }

  /** The first segment of a name in this group itself, not in groups inside it. */
  segment(name: string): Segment | undefined {
    return this.children.find((child): child is Segment => !(child instanceof Group) && child.name === name)
  }

  segments(name: string): Segment[] {
    return this.children.filter((child): child is Segment => !(child instanceof Group) && child.name === name)
  }

  group(name: string): Group | undefined {
    return this.children.find((child): child is Group => child instanceof Group && child.name === name)
  }

  groups(name: string): Group[] {
    return this.children.filter((child): child is Group => child instanceof Group && child.name === name)
  }
}

export type GroupedMessage = {
  /** Named as the structure; every segment of the message is somewhere in it. */
  readonly root: Group
  /** Segments the structure has no place for (Z segments, notes where none are foreseen): in the group of the segment before them. */
  readonly unplaced: readonly Segment[]
  /** `hl7.segment-missing` and `hl7.segment-out-of-order`, for callers that are strict. */
  readonly faults: readonly Fault[]
}

/** Groups a message by its structure. Undefined structure (an event not known here): all segments lie flat under the root. */
export function groupMessage(message: Message, structure: StructureName | undefined): GroupedMessage {
  if (structure === undefined) {
    const root = new Group('')
    root.children.push(...message.segments)
    return { root, unplaced: [], faults: [] }
  }
  const builder = new TreeBuilder(walkOf(structure))
  for (const segment of message.segments) builder.add(segment)
  return builder.finish(message)
}

/** A structure with the steps already found in it: the next message of its kind only looks them up. */
type Walk = { readonly grammar: Grammar; readonly steps: readonly Map<string, Step | undefined>[] }

const walks = new Map<StructureName, Walk>()

function walkOf(structure: StructureName): Walk {
  let walk = walks.get(structure)
  if (!walk) {
    const grammar = readGrammar(structure, structures[structure])
    walk = { grammar, steps: grammar.places.map(() => new Map()) }
    walks.set(structure, walk)
  }
  return walk
}

/** No message is told more of its structure than this: a refusal with ten thousand lines helps nobody. */
const faultsMax = 100

class TreeBuilder {
  readonly #walk: Walk
  /** All instances in the order they began, with their rules beside them. */
  readonly #groups: Group[] = []
  readonly #rules: GroupRule[] = []
  /** Of each rule the latest instance and the group it lies in, by the number of the rule. */
  readonly #latest: (Group | undefined)[] = []
  readonly #latestParent: (Group | undefined)[] = []
  /** Open instances from the root to the one of the last placed segment. */
  readonly #open: Group[] = []
  readonly #unplaced: Segment[] = []
  readonly #faults: Fault[] = []
  /** Place of the last segment that was in order. MSH has the first place of every structure. */
  #place: Place

  constructor(walk: Walk) {
    this.#walk = walk
    this.#place = walk.grammar.places[0]!
    this.#open.push(this.#begin(walk.grammar.root, undefined))
  }

  add(segment: Segment): void {
    const { names } = this.#walk.grammar
    if (segment.index === 0) this.#open[0]!.children.push(segment)
    else if (!names.has(segment.name)) this.#leaveHere(segment)
    else {
      const step = this.#step(segment.name)
      if (step) this.#goTo(step).children.push(segment)
      else if (followers.has(segment.name)) this.#leaveHere(segment)
      else this.#addLate(segment)
    }
  }

  finish(message: Message): GroupedMessage {
    for (let index = 0; index < this.#groups.length; index++) this.#reportMissing(message, this.#groups[index]!, this.#rules[index]!)
    return { root: this.#open[0]!, unplaced: this.#unplaced, faults: this.#faults }
  }

  #step(name: string): Step | undefined {
    const known = this.#walk.steps[this.#place.order]!
    if (!known.has(name)) known.set(name, nextPlace(this.#place, name))
    return known.get(name)
  }

  /** Closes and opens groups so that the place's own is the innermost, which is returned. */
  #goTo({ place, keep }: Step): Group {
    this.#open.length = keep + 1
    if (place.parent.depth > keep) for (const rule of rulesBelow(place, keep)) this.#open.push(this.#begin(rule, this.#open.at(-1)!))
    this.#place = place
    return this.#open.at(-1)!
  }

  /** A segment that should have come before: put where it belongs, in the latest instance of its group, while reading goes on where it stood. */
  #addLate(segment: Segment): void {
    const { grammar } = this.#walk
    this.#complain('hl7.segment-out-of-order', segment.position(), { segment: segment.name, structure: grammar.root.name })
    const { place, keep } = earlierPlace(grammar, this.#place, segment.name)!
    let group = this.#open[keep]!
    for (const rule of rulesBelow(place, keep)) {
      const latest = this.#latestParent[rule.number] === group ? this.#latest[rule.number] : undefined
      const isFull = latest && rule === place.parent && rule.repeats && !place.repeats && latest.segment(segment.name) !== undefined
      // A group does not begin with a segment that only ever follows another: that one stays with what precedes it.
      if ((!latest || isFull) && !mayBegin(rule, place)) return this.#leaveHere(segment)
      group = latest && !isFull ? latest : this.#begin(rule, group)
    }
    group.children.push(segment)
  }

  #leaveHere(segment: Segment): void {
    this.#unplaced.push(segment)
    this.#open.at(-1)!.children.push(segment)
  }

  #begin(rule: GroupRule, parent: Group | undefined): Group {
    const group = new Group(rule.name)
    this.#groups.push(group)
    this.#rules.push(rule)
    this.#latest[rule.number] = group
    this.#latestParent[rule.number] = parent
    parent?.children.push(group)
    return group
  }

  #reportMissing(message: Message, group: Group, rule: GroupRule): void {
    for (const { names, nth, firstSegment } of rule.requirements) {
      if (hasNth(group, names, nth) || this.#faults.length >= faultsMax) continue
      const at = `${firstSegment}[${occurrencesUpTo(message, lastIndex(group), firstSegment) + 1}]`
      this.#complain('hl7.segment-missing', at, { segment: firstSegment })
    }
  }

  #complain(code: 'hl7.segment-missing' | 'hl7.segment-out-of-order', at: string, args: FaultArgs): void {
    if (this.#faults.length < faultsMax) this.#faults.push(fault(code, { at, args }))
  }
}

function hasNth(group: Group, names: readonly string[], nth: number): boolean {
  let left = nth
  for (const { name } of group.children) if (names.includes(name) && --left === 0) return true
  return false
}

/** Whether only optional parts stand before a place in a group. */
function mayBegin(group: GroupRule, place: Place): boolean {
  for (const child of group.children) {
    if (child === place || (child.kind === 'group' && mayBegin(child, place))) return true
    if (child.required) return false
  }
  return false
}

/** The groups a place lies in below a depth, outermost first. */
function rulesBelow(place: Place, depth: number): GroupRule[] {
  const rules: GroupRule[] = []
  for (let rule: GroupRule | undefined = place.parent; rule && rule.depth > depth; rule = rule.parent) rules.unshift(rule)
  return rules
}

function occurrencesUpTo(message: Message, index: number, name: string): number {
  return message.segments.filter(segment => segment.index <= index && segment.name === name).length
}

function lastIndex(group: Group): number {
  const last = group.children.at(-1)
  return last === undefined ? -1 : last instanceof Group ? lastIndex(last) : last.index
}
