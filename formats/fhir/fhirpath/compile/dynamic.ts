// Steps on items whose type is known only when they are there: choices, resources in bundles, children().
import type { ElementDefinition, Model, TypeDefinition } from '../../model/model.ts'
import { type Collection, collectionOf, type Item } from '../values/collection.ts'
import { describe, Node, type Raw, systemTypeOf, TypeInfo } from '../values/node.ts'
import { Place } from '../values/place.ts'
import { Quantity } from '../values/quantity.ts'
import { systemValue } from '../values/system.ts'
import { isSound, memberReader, readerOf } from './readers.ts'

/** Reads a child by name from a self-describing item, as self-describing items. */
export type ItemReader = (item: Item) => Collection

/** Like `dynamicReader`, and tells each child of a node with a place where it stands. */
export function placedReader(name: string, model: Model): ItemReader {
  const read = dynamicReader(name, model)
  return item => {
    const found = read(item)
    return found === undefined || !(item instanceof Node) || !item.place ? found : placed(found, item.place, name, model)
  }
}

function placed(children: Collection, parent: Place, name: string, model: Model): Collection {
  const repeats = Array.isArray(children)
  const mark = (child: Item, index: number): Item => {
    if (!(child instanceof Node) && systemTypeOf(child) !== undefined) return child
    const node = child instanceof Node ? child : new Node(definitionOf(child, model), child)
    return new Node(
      node.def,
      node.value,
      node.sibling,
      node.element,
      new Place(name, parent, index, repeats || (node.element?.max ?? 1) > 1),
    )
  }
  return Array.isArray(children) ? children.map(mark) : mark(children as Item, 0)
}

/** Keeps how each type is read, by the number of the type; null where the type has no such child. */
export function dynamicReader(name: string, model: Model): ItemReader {
  const readers: (ItemReader | null | undefined)[] = []
  return item => {
    const def = definitionOf(item, model)
    if (def === undefined) return readUndefined(item, name)
    let read = readers[def.index]
    if (read === null) return undefined
    if (read === undefined) {
      read = readerFor(def, name, model)
      readers[def.index] = read
    }
    return read === null ? undefined : read(item)
  }
}

/** The definition of a FHIR item; undefined for system values and untyped JSON. */
export function definitionOf(item: Item, model: Model): TypeDefinition | undefined {
  if (item instanceof Node) return item.def
  return typeof item === 'object' ? model.type(String((item as Raw)['resourceType'])) : undefined
}

function readerFor(def: TypeDefinition, name: string, model: Model): ItemReader | null {
  const element = def.elements.get(name)
  if (def.kind === 'primitive') return primitiveChildReader(def, name, element, model)
  if (!element) return null
  const { read, type } = readerOf(element, model)
  const described = type.kind === 'fhir' ? (raw: Raw) => describe(read(raw), type.def) : read
  return item => {
    const raw = item instanceof Node ? item.value : item
    return typeof raw === 'object' && raw !== null ? described(raw as Raw) : undefined
  }
}

/** A primitive has an id, extensions, and its system value as `value`. */
function primitiveChildReader(def: TypeDefinition, name: string, element: ElementDefinition | undefined, model: Model): ItemReader | null {
  if (name === 'value') return item => systemValue((item as Node).value, def)
  if (!element) return null
  const { read, type } = readerOf(element, model)
  return item => {
    const { sibling } = item as Node
    return sibling && type.kind === 'fhir' ? describe(read(sibling), type.def) : undefined
  }
}

/** Children of what no definition describes: untyped JSON, and the parts of system values. */
function readUndefined(item: Item, name: string): Collection {
  if (item instanceof Quantity) return name === 'value' ? item.value : name === 'unit' ? item.unit : undefined
  if (item instanceof TypeInfo) return name === 'namespace' || name === 'name' || name === 'baseType' ? item[name] : undefined
  if (systemTypeOf(item) !== undefined) return undefined
  const raw = item instanceof Node ? item.value : item
  if (typeof raw !== 'object' || raw === null || !Object.hasOwn(raw, name)) return undefined
  const value = (raw as Raw)[name]
  if (Array.isArray(value)) return collectionOf(value.filter(v => v !== null && v !== undefined && !Array.isArray(v)).map(untyped))
  return value === null || value === undefined ? undefined : untyped(value)
}

/** JSON without a definition: primitives become system values, a resource names its type. */
export function untyped(value: unknown): Item {
  return (
    systemValue(value, undefined) ?? (typeof (value as Raw)['resourceType'] === 'string' ? (value as Item) : new Node(undefined, value))
  )
}

/** Adds all children of an item to a list, their names left aside, in the order of the JSON (FHIRPath tree navigation). */
export type ChildrenReader = (item: Item, children: Item[]) => void

export function childrenReader(model: Model): ChildrenReader {
  const tables: (ReadonlyMap<string, ChildMember> | undefined)[] = []
  return (item, children) => {
    const def = definitionOf(item, model)
    if (def === undefined) return systemTypeOf(item) === undefined ? untypedChildren(item, children) : undefined
    const raw = item instanceof Node ? (def.kind === 'primitive' ? item.sibling : item.value) : item
    if (typeof raw !== 'object' || raw === null) return
    let members = tables[def.index]
    if (!members) {
      members = memberTable(def, model)
      tables[def.index] = members
    }
    const place = item instanceof Node ? item.place : undefined
    const before = children.length
    if (!place && plainChildren(raw as Raw, members, children)) return
    children.length = before
    for (const name in raw as Raw) {
      const member = members.get(name)
      if (member === undefined || (member.isSibling && member.name in raw)) continue
      const found = member.read(raw as Raw)
      append(children, place && found !== undefined ? placed(found, place, member.element.name, model) : found)
    }
  }
}

/** The common case in one loop: no primitive has extensions, no array is broken. False, and to be done again, otherwise. */
function plainChildren(raw: Raw, members: ReadonlyMap<string, ChildMember>, children: Item[]): boolean {
  for (const name in raw) {
    const member = members.get(name)
    if (member === undefined) continue
    if (member.isSibling) return false
    const { def, element } = member
    const value = raw[name]
    const isRaw = def.kind === 'resource'
    if (!Array.isArray(value)) {
      if (value !== null && value !== undefined) children.push(isRaw ? (value as Item) : new Node(def, value, undefined, element))
      continue
    }
    if (!isSound(value)) return false
    for (let i = 0; i < value.length; i++) children.push(isRaw ? value[i] : new Node(def, value[i], undefined, element))
  }
  return true
}

/** How to read each JSON member of a type; a `_name` stands for its element where the name itself is missing. */
type ChildMember = {
  readonly name: string
  readonly element: ElementDefinition
  readonly def: TypeDefinition
  readonly isSibling: boolean
  readonly read: (raw: Raw) => Collection
}

function memberTable(def: TypeDefinition, model: Model): ReadonlyMap<string, ChildMember> {
  const table = new Map<string, ChildMember>()
  for (const [name, { element, type }] of def.members) {
    const childDef = model.type(type.code)!
    const { read } = memberReader(element, name, childDef)
    const member = { name, element, def: childDef, read: (raw: Raw) => describe(read(raw), childDef) }
    table.set(name, { ...member, isSibling: false })
    if (childDef.kind === 'primitive') table.set(`_${name}`, { ...member, isSibling: true })
  }
  return table
}

function untypedChildren(item: Item, children: Item[]): void {
  const raw = item instanceof Node ? item.value : item
  if (typeof raw !== 'object' || raw === null) return
  for (const name of Object.keys(raw)) if (name !== 'resourceType') append(children, readUndefined(item, name))
}

function append(children: Item[], found: Collection): void {
  if (Array.isArray(found)) for (let i = 0; i < found.length; i++) children.push(found[i]!)
  else if (found !== undefined) children.push(found as Item)
}
