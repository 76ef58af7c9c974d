// Merging an intent onto the current version, element by element: set, clear, or leave; the stronger source wins, then the newer fact; a late one goes to history.
import type { ResourceIntent } from '#kernel/intent.ts'
import type { JsonObject, JsonValue } from '#kernel/json.ts'
import type { Authority } from './authority.ts'
import { rivalsOf } from './choice.ts'
import { type Fact, type Facts, isNewer } from './facts.ts'
import { sameJson } from './same-json.ts'

export type Current = { readonly content: JsonObject; readonly facts: Facts }

export type Merged = {
  /** What is true now. */
  readonly content: JsonObject
  readonly facts: Facts
  /** The content differs from the current one (facts may be newer although it does not). */
  readonly changed: boolean
  readonly factsChanged: boolean
  /** What was true at the time of a late message, where it differs: for history only. */
  readonly late?: JsonObject
}

/** Complex elements that several messages fill together: their members carry facts of their own (admission sets period.start, discharge period.end). */
const composed: Readonly<Record<string, readonly string[]>> = {
  Encounter: ['period', 'hospitalization'],
  Procedure: ['performedPeriod'],
  Specimen: ['collection'],
  Coverage: ['period'],
  ServiceRequest: ['occurrencePeriod'],
}

/** `meta` belongs to the platform; `resourceType` and `id` never change. */
const notElements = new Set(['resourceType', 'id', 'meta'])

export function merge(current: Current | undefined, intent: ResourceIntent, fact: Fact, authority: Authority): Merged {
  const content: JsonObject = { ...current?.content }
  const facts = new Map(current?.facts ?? [])
  const work = {
    type: intent.type,
    content,
    facts,
    fact,
    authority,
    late: undefined as JsonObject | undefined,
    changed: current === undefined,
    factsChanged: current === undefined,
  }
  for (const element of intent.clears) state(work, element, undefined)
  for (const element in intent.content) {
    if (notElements.has(element)) continue
    const value = intent.content[element]
    if (composed[intent.type]?.includes(element) && isObject(value))
      for (const member in value) state(work, `${element}.${member}`, value[member])
    else stateMember(work, element, element === 'identifier' ? unitedIdentifiers(content['identifier'], value) : value)
  }
  return { content, facts, changed: work.changed, factsChanged: work.factsChanged, late: work.late }
}

/** Removes what a message said earlier and, mapped anew, no longer says. */
export function withdraw(current: Current, message: number, keeps: ReadonlySet<string>): Merged {
  const content: JsonObject = { ...current.content }
  const facts = new Map(current.facts)
  let changed = false
  for (const [element, fact] of current.facts) {
    if (fact.message !== message || keeps.has(element)) continue
    facts.delete(element)
    changed = true
    put(content, element, undefined)
  }
  return { content, facts, changed, factsChanged: changed }
}

/** The elements an intent speaks of, as facts name them. */
export function statedElements(intent: Pick<ResourceIntent, 'type' | 'content' | 'clears'>): Set<string> {
  const elements = new Set<string>(intent.clears)
  for (const element in intent.content) {
    const value = intent.content[element]
    if (composed[intent.type]?.includes(element) && isObject(value)) for (const member in value) elements.add(`${element}.${member}`)
    else if (!notElements.has(element)) elements.add(element)
  }
  return elements
}

type Work = {
  readonly type: string
  readonly content: JsonObject
  readonly facts: Map<string, Fact>
  readonly fact: Fact
  readonly authority: Authority
  late: JsonObject | undefined
  changed: boolean
  factsChanged: boolean
}

/** A text in place of a number takes the number away, where it may: whoever is overruled, or late, does not write beside it. */
function stateMember(work: Work, element: string, value: JsonValue | undefined): void {
  for (const rival of rivalsOf(work.type, element)) {
    if (work.content[rival] === undefined) continue
    state(work, rival, undefined)
    if (work.content[rival] === undefined) continue
    if (work.late && work.late[rival] === undefined) put(work.late, element, value)
    return
  }
  state(work, element, value)
}

function state(work: Work, element: string, value: JsonValue | undefined): void {
  const held = work.facts.get(element)
  const verdict = held ? judge(work, element, held) : 'set'
  if (verdict === 'overruled') return
  const same = sameJson(elementOf(work.content, element), value)
  if (verdict === 'late') {
    if (!same) put((work.late ??= { ...work.content }), element, value)
    return
  }
  work.facts.set(element, work.fact)
  work.factsChanged = true
  if (same) return
  put(work.content, element, value)
  if (work.late) put(work.late, element, value)
  work.changed = true
}

function judge(work: Work, element: string, held: Fact): 'set' | 'late' | 'overruled' {
  if (held.message === work.fact.message && held.source === work.fact.source) return 'set'
  const mine = work.authority.rank(work.type, element, work.fact)
  const theirs = work.authority.rank(work.type, element, held)
  if (mine !== theirs) return mine < theirs ? 'set' : 'overruled'
  return isNewer(work.fact, held) ? 'set' : 'late'
}

/** Identifiers of other systems stay: each source states only its own numbers. */
function unitedIdentifiers(current: JsonValue | undefined, stated: JsonValue | undefined): JsonValue | undefined {
  if (!Array.isArray(current) || !Array.isArray(stated)) return stated
  const systems = new Set(stated.map(systemOf))
  const kept = current.filter(identifier => !systems.has(systemOf(identifier)))
  return kept.length === 0 ? stated : [...stated, ...kept]
}

function systemOf(identifier: JsonValue): JsonValue | undefined {
  return isObject(identifier) ? identifier['system'] : undefined
}

/** The value of an element as facts name it (`period.start`). */
export function elementOf(content: JsonObject, element: string): JsonValue | undefined {
  const [parent, member] = split(element)
  const value = content[parent]
  return member === undefined ? value : isObject(value) ? value[member] : undefined
}

function put(content: JsonObject, element: string, value: JsonValue | undefined): void {
  const [parent, member] = split(element)
  if (member === undefined) return assign(content, parent, value)
  const inner: JsonObject = { ...(isObject(content[parent]) ? content[parent] : {}) }
  assign(inner, member, value)
  assign(content, parent, Object.keys(inner).length > 0 ? inner : undefined)
}

function assign(content: JsonObject, member: string, value: JsonValue | undefined): void {
  if (value === undefined) delete content[member]
  else content[member] = value
}

function split(element: string): [string, string?] {
  const dot = element.indexOf('.')
  return dot < 0 ? [element] : [element.slice(0, dot), element.slice(dot + 1)]
}

function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !('toJSON' in value)
}
