// A message as the tree of groups its structure names (HL7 v2 chapter 2.12): tolerant of what senders do, exact about what it had to tolerate.
import { type Fault, fault } from '#kernel/fault.ts'
import type { Message } from '../message.ts'
import type { Segment } from '../segment.ts'
import { type Grammar, type GroupRule, type Place, readGrammar } from './grammar.ts'
import { earlierPlace, nextPlace, noteSegment, type Step } from './place.ts'
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

/** A group instance while it is built: its rule, and which parts of it are there. */
type Instance = {
  readonly group: Group
  readonly rule: GroupRule
  readonly filled: Set<Place | GroupRule>
  readonly inner: Map<GroupRule, Instance>
}

/** No message is told more of its structure than this: a refusal with ten thousand lines helps nobody. */
const faultsMax = 100

class TreeBuilder {
  readonly #walk: Walk
  readonly #instances: Instance[] = []
  /** Open instances from the root to the one of the last placed segment. */
  readonly #open: Instance[]
  readonly #unplaced: Segment[] = []
  readonly #faults: Fault[] = []
  /** Place of the last segment that was in order. MSH has the first place of every structure. */
  #place: Place

  constructor(walk: Walk) {
    this.#walk = walk
    this.#place = walk.grammar.places[0]!
    this.#open = [this.#begin(walk.grammar.root)]
  }

  add(segment: Segment): void {
    const step = segment.index === 0 ? { place: this.#place, keep: 0 } : this.#step(segment.name)
    if (step) put(this.#goTo(step), step.place, segment)
    else if (!this.#walk.grammar.names.has(segment.name) || segment.name === noteSegment) this.#leaveHere(segment)
    else this.#addLate(segment)
  }

  finish(message: Message): GroupedMessage {
    for (const instance of this.#instances) this.#reportMissing(message, instance)
    return { root: this.#open[0]!.group, unplaced: this.#unplaced, faults: this.#faults }
  }

  #step(name: string): Step | undefined {
    const { grammar, steps } = this.#walk
    if (!grammar.names.has(name)) return undefined
    const known = steps[this.#place.order]!
    if (!known.has(name)) known.set(name, nextPlace(this.#place, name))
    return known.get(name)
  }

  /** Closes and opens groups so that the place's own is the innermost, which is returned. */
  #goTo({ place, keep }: Step): Instance {
    this.#open.length = keep + 1
    for (const rule of rulesBelow(place, keep)) this.#open.push(this.#begin(rule, this.#open.at(-1)!))
    this.#place = place
    return this.#open.at(-1)!
  }

  /** A segment that should have come before: put where it belongs, in the latest instance of its group, while reading goes on where it stood. */
  #addLate(segment: Segment): void {
    const { grammar } = this.#walk
    this.#faults.push(
      fault('hl7.segment-out-of-order', { at: segment.position(), args: { segment: segment.name, structure: grammar.root.name } }),
    )
    const { place, keep } = earlierPlace(grammar, this.#place, segment.name)!
    let instance = this.#open[keep]!
    for (const rule of rulesBelow(place, keep)) {
      const latest = instance.inner.get(rule)
      const isFull = latest?.filled.has(place) && rule === place.parent && rule.repeats && !place.repeats
      // A group does not begin with a segment that only ever follows another: that one stays with what precedes it.
      if ((!latest || isFull) && !mayBegin(rule, place)) return this.#leaveHere(segment)
      instance = latest && !isFull ? latest : this.#begin(rule, instance)
    }
    put(instance, place, segment)
  }

  #leaveHere(segment: Segment): void {
    this.#unplaced.push(segment)
    this.#open.at(-1)!.group.children.push(segment)
  }

  #begin(rule: GroupRule, parent?: Instance): Instance {
    const instance: Instance = { group: new Group(rule.name), rule, filled: new Set(), inner: new Map() }
    this.#instances.push(instance)
    parent?.group.children.push(instance.group)
    parent?.filled.add(rule)
    parent?.inner.set(rule, instance)
    return instance
  }

  #reportMissing(message: Message, { group, rule, filled }: Instance): void {
    for (const child of rule.children) {
      if (!child.required || filled.has(child) || this.#faults.length >= faultsMax) continue
      const segment = firstSegment(child)
      const at = `${segment}[${occurrencesUpTo(message, lastIndex(group), segment) + 1}]`
      this.#faults.push(fault('hl7.segment-missing', { at, args: { segment } }))
    }
  }
}

function put(instance: Instance, place: Place, segment: Segment): void {
  instance.group.children.push(segment)
  instance.filled.add(place)
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

function firstSegment(child: Place | GroupRule): string {
  if (child.kind === 'segment') return child.names[0]!
  return firstSegment(child.children.find(inner => inner.required) ?? child.children[0]!)
}

function occurrencesUpTo(message: Message, index: number, name: string): number {
  return message.segments.filter(segment => segment.index <= index && segment.name === name).length
}

function lastIndex(group: Group): number {
  const last = group.children.at(-1)
  return last === undefined ? -1 : last instanceof Group ? lastIndex(last) : last.index
}
