// How one step of a path reads JSON: one closure per kind of element, chosen when the expression is compiled (json.html).
import type { ElementDefinition, Model, TypeDefinition } from '../../model/model.ts'
import { type Collection, collectionOf, type Item } from '../values/collection.ts'
import { Node, type Raw } from '../values/node.ts'
import { anyType, type StaticType } from './expr.ts'

export type Reader = {
  readonly type: StaticType
  readonly single: boolean
  /** From the raw JSON object of the parent. */
  readonly read: (parent: Raw) => Collection
  /** Of a single primitive: its JSON value without a look at `_name`. */
  readonly value?: (parent: Raw) => Item | undefined
}

/** How to read an element, as whatever type it has; a choice is read as items that know their type. */
export function readerOf(element: ElementDefinition, model: Model): Reader {
  if (element.isChoice) return choiceReader(element, model)
  return memberReader(element, element.name, model.type(element.types[0]!.code)!)
}

/** How to read one member of JSON as a type: a plain element, or a choice in one of its types (`valueQuantity`). */
export function memberReader(element: ElementDefinition, member: string, def: TypeDefinition): Reader {
  const type: StaticType = { kind: 'fhir', def }
  const single = element.max <= 1
  if (def.kind !== 'primitive') return { type, single, read: single ? complexReader(member) : listReader(member) }
  if (!single) return { type, single, read: primitiveListReader(member, def, element) }
  return { type, single, read: primitiveReader(member, def, element), value: parent => plainValue(parent[member]) }
}

function complexReader(member: string): Reader['read'] {
  return parent => {
    const value = parent[member]
    return value === undefined || (typeof value === 'object' && value !== null && !Array.isArray(value)) ? value : mended(value)
  }
}

function listReader(member: string): Reader['read'] {
  return parent => {
    const value = parent[member]
    return value === undefined || (Array.isArray(value) && isSound(value)) ? value : mended(value)
  }
}

/** An array of items: no nulls, no arrays inside. */
export function isSound(values: readonly unknown[]): boolean {
  for (let i = 0; i < values.length; i++) if (values[i] === null || Array.isArray(values[i])) return false
  return true
}

/** JSON that breaks the rules, an array where one item belongs or nulls among the items: read as far as it makes sense. */
function mended(value: unknown): Collection {
  if (Array.isArray(value)) return collectionOf(value.filter(item => item !== null && !Array.isArray(item)))
  return value === null ? undefined : (value as Collection)
}

function plainValue(value: unknown): Item | undefined {
  return typeof value !== 'object' || (value !== null && !Array.isArray(value))
    ? (value as Item | undefined)
    : (mended(value) as Item | undefined)
}

function primitiveReader(member: string, def: TypeDefinition, element: ElementDefinition): Reader['read'] {
  const siblingName = `_${member}`
  return parent => {
    const value = plainValue(parent[member])
    const sibling = parent[siblingName]
    return sibling === undefined || sibling === null ? value : new Node(def, value, sibling as Raw, element)
  }
}

function primitiveListReader(member: string, def: TypeDefinition, element: ElementDefinition): Reader['read'] {
  const siblingName = `_${member}`
  return parent => {
    const values = parent[member]
    const siblings = parent[siblingName]
    if (siblings === undefined) return Array.isArray(values) && isSound(values) ? values : mended(values)
    return primitiveItems(listOf(values), listOf(siblings), def, element)
  }
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : value === undefined ? [] : [value]
}

/** Values and their `_name` objects, side by side; null stands in either list for what the other alone has. */
function primitiveItems(
  values: readonly unknown[],
  siblings: readonly unknown[],
  def: TypeDefinition,
  element: ElementDefinition,
): Collection {
  const items: Item[] = []
  for (let i = 0; i < Math.max(values.length, siblings.length); i++) {
    const value = values[i] ?? undefined
    const sibling = siblings[i] as Raw | null | undefined
    if (sibling) items.push(new Node(def, value, sibling, element))
    else if (value !== undefined && !Array.isArray(value)) items.push(value as Item)
  }
  return collectionOf(items)
}

/** A choice holds one member at most; with few types each is tried, with many (Extension.value) the members present are looked up. */
function choiceReader(element: ElementDefinition, model: Model): Reader {
  const alternatives = element.types.map(type => alternative(element, type.member, model.type(type.code)!))
  if (alternatives.length <= 12) {
    const read: Reader['read'] = parent => {
      for (const { member, siblingName, node } of alternatives) {
        if (parent[member] !== undefined || parent[siblingName] !== undefined) return node(parent)
      }
      return undefined
    }
    return { type: anyType, single: element.max <= 1, read }
  }
  const byMember = new Map(alternatives.flatMap(a => [[a.member, a] as const, [a.siblingName, a] as const]))
  const read: Reader['read'] = parent => {
    for (const name in parent) {
      const found = byMember.get(name)
      if (found) return found.node(parent)
    }
    return undefined
  }
  return { type: anyType, single: element.max <= 1, read }
}

function alternative(element: ElementDefinition, member: string, def: TypeDefinition) {
  const siblingName = `_${member}`
  const node = (parent: Raw): Collection => {
    const value = parent[member]
    if (Array.isArray(value))
      return collectionOf(value.filter(item => item !== null && !Array.isArray(item)).map(item => new Node(def, item, undefined, element)))
    return new Node(def, value ?? undefined, (parent[siblingName] ?? undefined) as Raw | undefined, element)
  }
  return { member, siblingName, node }
}
