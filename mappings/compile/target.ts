// Target paths against the FHIR model: which type stands there, whether it repeats, and how to get to it in an object under construction.
import type { ElementDefinition, Member, Model } from '#formats/fhir/model/model.ts'
import type { JsonObject, JsonValue } from '#kernel/json.ts'
import { failed, ok, type Result } from '#kernel/result.ts'
import type { TargetPath, TargetStep } from '../language/target-path.ts'
import type { Tracer } from './tracer.ts'

export type Target = {
  /** Type of the value to write: `string`, `Identifier`, `Reference`, `Encounter.location`. */
  readonly type: string
  readonly element: ElementDefinition | undefined
  /** Every value becomes an item of its own. */
  readonly append: boolean
  /** Elements that exclude each other share a slot; a choice is one. Undefined for appended items. */
  readonly slot: string | undefined
  /** First element of the path, and the second where both are single: what `""` clears. */
  readonly clears: string | undefined
  /** Puts a value to its place, making what is on the way. */
  readonly write: (into: JsonObject, value: JsonValue) => void
  /** Whether the list has the identifier already: hospitals write an identity card twice. */
  readonly lists: ((into: JsonObject, value: JsonValue) => boolean) | undefined
  /** What stands at its place now, without making anything. */
  readonly read: (from: JsonObject) => JsonValue | undefined
  /** As written in traces, e.g. `coding[0]`; the index of an appended item is the next free one. */
  readonly steps: (into: JsonObject) => string[]
}

/** A path from a type; the fault is the reason in words. */
export function resolveTarget(path: TargetPath, from: string, model: Model): Result<Target, string> {
  if (path.length === 0) return wholeValue(from, model)
  const resolved: Resolved[] = []
  let type = from
  for (const step of path) {
    const found = resolveStep(step, type, model)
    if (!found.ok) return found
    resolved.push(found.value)
    type = found.value.type
  }
  const last = resolved.at(-1)!
  if (last.step.item === 'append' && !last.repeats) return failed(`${last.step.name} takes one value: leave out [+]`)
  const ways = resolved.slice(0, -1).map(wayInto)
  const enter = (into: JsonObject) => ways.reduce((at, way) => way(at), into)
  const put = writer(last)
  return ok({
    type,
    element: last.element,
    append: last.step.item === 'append',
    slot: last.step.item === 'append' ? undefined : slotOf(resolved),
    clears: clearable(resolved),
    lists: ways.length === 0 && last.type === 'Identifier' && last.step.item === 'append' ? hasIdentifier(last.step.name) : undefined,
    write: ways.length === 0 ? put : (into, value) => put(enter(into), value),
    read: from => present(resolved, from),
    steps: into => traceSteps(resolved, into),
  })
}

function hasIdentifier(member: string): (into: JsonObject, value: JsonValue) => boolean {
  return (into, value) => {
    const { system, value: number } = value as JsonObject
    const known = into[member] as JsonObject[] | undefined
    return system !== undefined && known?.some(item => item['system'] === system && item['value'] === number) === true
  }
}

type Resolved = {
  readonly step: TargetStep
  readonly type: string
  readonly repeats: boolean
  readonly element: ElementDefinition
}

function resolveStep(step: TargetStep, type: string, model: Model): Result<Resolved, string> {
  const definition = model.type(type)
  if (!definition) return failed(`there is no type ${type}`)
  const found: Member | undefined = definition.members.get(step.name)
  if (!found) return failed(`${type} has no element ${step.name}${choiceHint(step.name, type, model)}`)
  if (step.url !== undefined && found.type.code !== 'Extension') return failed(`${step.name} is no extension: it has no URL`)
  if (found.type.code === 'Extension' && step.url === undefined) return failed('an extension has a URL: extension(…)')
  return ok({ step, type: found.type.code, repeats: found.element.max > 1, element: found.element })
}

function choiceHint(name: string, type: string, model: Model): string {
  const element = model.element(type, name)
  return element?.isChoice ? `: name its type (${element.types.map(of => of.member).join(', ')})` : ''
}

/** `$value` is the element itself: the whole of a primitive, or all members of a complex value at once. */
function wholeValue(from: string, model: Model): Result<Target, string> {
  const definition = model.type(from)
  if (!definition) return failed(`there is no type ${from}`)
  const write =
    definition.kind === 'primitive'
      ? (into: JsonObject, value: JsonValue) => {
          into['$value'] = value
        }
      : (into: JsonObject, value: JsonValue) => {
          Object.assign(into, value)
        }
  return ok({
    type: from,
    element: undefined,
    append: false,
    slot: '$value',
    clears: undefined,
    lists: undefined,
    write,
    read: from => from,
    steps: () => [],
  })
}

/** Extensions of a primitive stand in the member with the underscore (FHIR R4 json.html#primitive). */
function memberOf(part: Resolved): string {
  return isPrimitive(part) ? `_${part.step.name}` : part.step.name
}

function isPrimitive({ type }: Resolved): boolean {
  return /^[a-z]/.test(type) && !type.includes('.')
}

function wayInto(part: Resolved): (at: JsonObject) => JsonObject {
  const member = memberOf(part)
  if (part.step.url !== undefined) return at => extensionOf(at, member, part.step.url!)
  if (!part.repeats) return at => (at[member] = opened(at[member] as JsonObject | undefined))
  return at => {
    const list = openedList(at, member)
    return (list[0] = opened(list[0]))
  }
}

/** What is shared with other messages is copied before anything is written into it. */
function opened(object: JsonObject | undefined): JsonObject {
  if (object === undefined) return {}
  return Object.isFrozen(object) ? { ...object } : object
}

function openedList(at: JsonObject, member: string): JsonObject[] {
  const list = at[member] as JsonObject[] | undefined
  if (list !== undefined && !Object.isFrozen(list)) return list
  return (at[member] = list === undefined ? [] : [...list]) as JsonObject[]
}

function extensionOf(at: JsonObject, member: string, url: string): JsonObject {
  const list = openedList(at, member)
  const index = list.findIndex(extension => extension['url'] === url)
  if (index >= 0) return (list[index] = opened(list[index]))
  const added = { url }
  list.push(added)
  return added
}

function writer(part: Resolved): (into: JsonObject, value: JsonValue) => void {
  const { name: member, url } = part.step
  if (url !== undefined) {
    return (into, value) => {
      openedList(into, member).push({ url, ...(value as JsonObject) })
    }
  }
  if (!part.repeats) {
    return (into, value) => {
      into[member] = value
    }
  }
  if (part.step.item === 'append') {
    return (into, value) => {
      if (into[member] === undefined) into[member] = [value]
      else (openedList(into, member) as JsonValue[]).push(value)
    }
  }
  return (into, value) => {
    ;(openedList(into, member) as JsonValue[])[0] = value
  }
}

function present(resolved: readonly Resolved[], from: JsonObject): JsonValue | undefined {
  let at: JsonValue | undefined = from
  for (const [place, part] of resolved.entries()) {
    const last = place === resolved.length - 1
    at = (at as JsonObject | undefined)?.[last ? part.step.name : memberOf(part)]
    if (!last && part.repeats && at !== undefined) at = (at as JsonValue[])[0]
  }
  return at
}

/** `value[x]` is one slot whatever its type; an extension is one by its URL. */
function slotOf(resolved: readonly Resolved[]): string {
  return resolved
    .map(({ step, element }) => `${element.isChoice ? `${element.name}[x]` : step.name}${step.url ? `(${step.url})` : ''}`)
    .join('.')
}

function clearable(resolved: readonly Resolved[]): string | undefined {
  const [first, second] = resolved
  if (resolved.length === 1 && first!.step.url === undefined) return first!.step.name
  const single =
    resolved.length === 2 && !first!.repeats && first!.step.url === undefined && second!.step.url === undefined && !isPrimitive(first!)
  return single ? `${first!.step.name}.${second!.step.name}` : undefined
}

/** The steps as they will stand in the object, indices of lists counted from what is there already. */
function traceSteps(resolved: readonly Resolved[], into: JsonObject): string[] {
  let at: JsonValue | undefined = into
  return resolved.map((part, place) => {
    const last = place === resolved.length - 1
    const member = last ? part.step.name : memberOf(part)
    const value: JsonValue | undefined = (at as JsonObject | undefined)?.[member]
    if (!part.repeats) {
      at = value
      return member
    }
    const list = (value ?? []) as JsonObject[]
    const index = itemIndex(part, list, last)
    at = list[index]
    return `${member}[${index}]`
  })
}

function itemIndex({ step }: Resolved, list: readonly JsonObject[], last: boolean): number {
  if (step.item === 'append' || (last && step.url !== undefined)) return list.length
  if (step.url === undefined) return 0
  const found = list.findIndex(extension => extension['url'] === step.url)
  return found < 0 ? list.length : found
}

/** Runs `write` below the steps of a target, for a traced run. */
export function within<T>(tracer: Tracer, steps: readonly string[], write: () => T): T {
  for (const step of steps) tracer.enter(step)
  const result = write()
  for (const _ of steps) tracer.leave()
  return result
}
