// HL7 v2 as a source of plans: paths are checked against the dictionary and the message structure, and read by index from the lazily split message.

import type { Message } from '#formats/hl7v2/message.ts'
import { type Parts, partsMax } from '#formats/hl7v2/segment.ts'
import type { GroupRule } from '#formats/hl7v2/structure/grammar.ts'
import type { Group } from '#formats/hl7v2/structure/groups.ts'
import { failed, ok, type Result } from '#kernel/result.ts'
import type { Run } from '../compile/run.ts'
import { allGroups, allSegments, firstSegment, wayOutToGroup, wayToGroup, wayToSegment } from './hl7v2-groups.ts'
import { every, type GroupPath, parseDataPath, parseGroupPath, parseSegmentPath, type SegmentPath } from './hl7v2-path.ts'
import { Spot } from './hl7v2-spot.ts'
import { fieldSpots, partSpots, type Spots, touchKey } from './hl7v2-spots.ts'
import { type Hl7Types, leafType, type Numbers, readableAs, textAt } from './hl7v2-types.ts'
import type { Entrance, Reach, Scope, Source, Text } from './source.ts'

/** Under other delimiters the same text means something else; an escape may depend on the character set. */
const usualDelimiters = '|^~\\&'
const escapeCharacter = '\\'

/** A group for steps, a segment or a value for rules. */
export type Hl7Node = Spot | Group

export type Hl7Scope = Scope & {
  /** Groups gone into, the whole message first; while reading, frame n is the present occurrence of the n-th. */
  readonly groups: readonly GroupRule[]
  readonly segment?: string
  readonly type?: string
}

export class Hl7Source implements Source<Hl7Node> {
  readonly format = 'hl7v2'
  readonly #types: Hl7Types
  readonly #traced: boolean

  constructor(types: Hl7Types, traced: boolean) {
    this.#types = types
    this.#traced = traced
  }

  reach(text: string, scope: Scope): Result<Reach<Hl7Node>, string> {
    const from = scope as Hl7Scope
    const ofSegment = from.type === undefined || (from.groups.length > 0 && text.includes('-'))
    return ofSegment ? this.#reachSegment(text, from) : this.#reachData(text, from.type!)
  }

  partOf(text: string, scope: Scope): number | undefined {
    const { segment, type } = scope as Hl7Scope
    const path = type === undefined ? parseSegmentPath(text) : undefined
    if (path) return path.segment === segment && path.occurrence !== every && path.field <= partsMax ? path.field : undefined
    const part = type === undefined ? undefined : parseDataPath(text)?.component
    // A primitive is its own first component.
    return part && this.#types.component(type!, 1) !== undefined ? part : undefined
  }

  parts(node: Hl7Node): Parts | undefined {
    if (!(node instanceof Spot) || node.subcomponent > 0) return undefined
    return node.parts
  }

  frameOf(text: string, scope: Scope): number | undefined {
    const { segment, groups } = scope as Hl7Scope
    const path = parseSegmentPath(text)
    if (!path || (path.segment === segment && path.occurrence !== every)) return undefined
    const way = wayToSegment(groups, path.segment)
    return way && way.frame < groups.length - 1 ? way.frame : undefined
  }

  lacks(text: string, scope: Scope): boolean {
    const path = parseSegmentPath(text)
    return path !== undefined && this.#typeAt(path).ok && wayToSegment((scope as Hl7Scope).groups, path.segment) === undefined
  }

  inside(type: string, around?: Scope): Hl7Scope | undefined {
    const outer = around as Hl7Scope | undefined
    if (!this.#types.isType(type) && type !== 'varies') return undefined
    return { name: type, groups: outer?.groups ?? [], type, ...(outer?.segment ? { segment: outer.segment } : {}) }
  }

  codeOf({ name }: Scope): readonly [string, string] {
    return [`${name}.1`, `${name}.2`]
  }

  reads(plan: string, type: string): boolean {
    return readableAs(plan, type)
  }

  enter(text: string, scope: Scope): Result<Entrance<Hl7Node>, string> {
    const from = scope as Hl7Scope
    return /^[A-Z][A-Z0-9]{2}$/.test(text) ? this.#enterSegment(text, from) : enterGroup(text, from)
  }

  where(node: Hl7Node): string {
    return node instanceof Spot ? node.position : node.name
  }

  raw(node: Hl7Node): string | undefined {
    if (!(node instanceof Spot) || !node.segment.message.text.startsWith(usualDelimiters, 3)) return undefined
    const { raw } = node
    return raw.includes(escapeCharacter) ? undefined : raw
  }

  depthOf(node: Hl7Node): number {
    if (!(node instanceof Spot) || node.component === 0) return 0
    return node.subcomponent === 0 ? 1 : 2
  }

  /** `PID-26` for what no rule looked at; set ids and the header, which the engine reads, are left out. */
  unread(run: Run<Hl7Node>): string[] {
    const unread = new Set<string>()
    for (const segment of (run.message as Message).segments) {
      if (segment.name === 'MSH') continue
      for (let field = 1; field <= segment.fieldCount; field++) {
        const isSetId = this.#types.field(segment.name, field)?.type === 'SI'
        if (!isSetId && segment.slice(field, 0) !== '' && !run.tracer!.touched.has(touchKey(segment, field)))
          unread.add(`${segment.name}-${field}`)
      }
    }
    return [...unread]
  }

  #reachSegment(text: string, scope: Hl7Scope): Result<Reach<Hl7Node>, string> {
    const group = parseGroupPath(text)
    if (group) return this.#reachGroup(group, scope)
    const path = parseSegmentPath(text)
    if (!path) return failed(`\`${text}\` is no place of a segment`)
    const type = this.#typeAt(path)
    if (!type.ok) return type
    const here = path.segment === scope.segment && path.occurrence !== every
    const way = here ? undefined : wayToSegment(scope.groups, path.segment)
    if (!here && !way) return failed(`${scope.groups[0]?.name ?? 'the message'} has no ${path.segment} where ${scope.name} stands`)
    const several = path.occurrence === every || path.repetition === every
    return ok(this.#reachOf(type.value, [path.component, path.subcomponent], several, fieldSpots(way, path)))
  }

  /** A group has no value; that it occurs is written as 1. */
  #reachGroup({ group, occurrences }: GroupPath, scope: Hl7Scope): Result<Reach<Hl7Node>, string> {
    const way = wayOutToGroup(scope.groups, group)
    if (!way) return failed(`${scope.groups[0]?.name ?? 'the message'} has no group ${group} where ${scope.name} stands`)
    const peek = (run: Run<Hl7Node>) => (allGroups(run.frames, way, group).length >= occurrences ? '1' : '')
    const text: Text<Hl7Node> = { leaf: 'text', read: peek, peek, where: () => '' }
    return ok({
      ...text,
      type: 'ST',
      many: false,
      node: () => undefined,
      nodes: () => [],
      inner: text,
      isPresent: run => peek(run) !== '',
      isNull: () => false,
    })
  }

  /** Type of what a path leads to; Z segments have no dictionary, so anything may stand there. */
  #typeAt({ segment, field, component, subcomponent, repetition }: SegmentPath): Result<string, string> {
    if (segment.startsWith('Z')) return ok('varies')
    const found = this.#types.field(segment, field)
    if (!found) return failed(this.#types.isSegment(segment) ? `${segment} has no field ${field}` : `there is no segment ${segment}`)
    if (repetition !== 1 && !found.repeats && found.type !== 'varies') return failed(`${segment}-${field} does not repeat`)
    return this.#typeBelow(`${segment}-${field}`, found.type, component, subcomponent)
  }

  #typeBelow(name: string, type: string, component: number, subcomponent: number): Result<string, string> {
    if (component === 0 || type === 'varies') return ok(type)
    const part = this.#types.component(type, component)
    if (part !== undefined) return this.#typeBelow(`${name}.${component}`, part, subcomponent, 0)
    const isItself = component === 1 && subcomponent <= 1 && this.#types.component(type, 1) === undefined
    return isItself ? ok(type) : failed(`${name} (${type}) has no part ${component}`)
  }

  #reachData(text: string, type: string): Result<Reach<Hl7Node>, string> {
    const path = parseDataPath(text)
    if (!path || (path.type !== type && type !== 'varies')) return failed(`\`${text}\` is no part of ${type}`)
    const found = this.#typeBelow(type, type, path.component, path.subcomponent)
    if (!found.ok) return found
    const { component, subcomponent } = path
    return ok(this.#reachOf(found.value, [component, subcomponent], false, partSpots(component, subcomponent)))
  }

  #reachOf(type: string, numbers: Numbers, many: boolean, spots: Spots): Reach<Hl7Node> {
    const inner = this.#text(type, [0, 0], partSpots(0, 0))
    const { one: node, all: nodes, isNull } = spots
    const isPresent: typeof isNull = this.#traced ? (run, at) => touching(spots, run, at) && spots.isPresent(run, at) : spots.isPresent
    return { ...this.#text(type, numbers, spots), type, many, node, nodes, inner, isPresent, isNull }
  }

  /** Reading as text; the traced variant also writes down what was looked at and what was read. */
  #text(type: string, numbers: Numbers, spots: Spots): Text<Hl7Node> {
    const at = textAt(this.#types, type, numbers)
    const isPrimitive = this.#types.component(type, 1) === undefined
    const where = spots.where(isPrimitive ? numbers : at)
    const read = spots.text(at)
    const leaf = leafType(this.#types, type)
    if (!this.#traced) return { leaf, read, peek: read, where }
    const peek: typeof read = (run, node) => (touching(spots, run, node) ? read(run, node) : '')
    const note: typeof read = (run, node) => {
      const text = peek(run, node)
      if (text !== '') run.tracer!.reads.push(where(run, node))
      return text
    }
    return { leaf, read: note, peek, where }
  }

  #enterSegment(name: string, scope: Hl7Scope): Result<Entrance<Hl7Node>, string> {
    const way = wayToSegment(scope.groups, name)
    if (!way || !(this.#types.isSegment(name) || name.startsWith('Z'))) return failed(`${scope.name} has no segment ${name}`)
    const nodes = (run: Run<Hl7Node>) => allSegments(run.frames, way, name).map(segment => new Spot(segment))
    const first = (run: Run<Hl7Node>) => {
      const segment = firstSegment(run.frames, way, name)
      return segment && new Spot(segment)
    }
    const inside: Hl7Scope = { name, groups: scope.groups, segment: name }
    return ok({ scope: inside, nodes, first, open: () => {}, repeats: way.repeats })
  }
}

/** In a traced run: writes down that a place was looked at. */
function touching(spots: Spots, run: Run<Hl7Node>, node: Hl7Node): true {
  for (const key of spots.touch(run, node)) run.tracer!.touched.add(key)
  return true
}

function enterGroup(name: string, scope: Hl7Scope): Result<Entrance<Hl7Node>, string> {
  const way = wayToGroup(scope.groups, name)
  if (!way) return failed(`${scope.name} has no group ${name}`)
  const depth = scope.groups.length
  const inside: Hl7Scope = { name, groups: [...scope.groups, way.rule] }
  const open = (run: Run<Hl7Node>, node: Hl7Node) => {
    run.frames[depth] = node
    run.frames.length = depth + 1
  }
  const nodes = (run: Run<Hl7Node>) => allGroups(run.frames, way, name)
  return ok({ scope: inside, nodes, first: run => nodes(run)[0], open, repeats: way.repeats })
}
