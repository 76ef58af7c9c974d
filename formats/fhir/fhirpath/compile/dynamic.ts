// Steps on items whose type is known only when they are there: choices, resources in bundles, children().
import type { ElementDefinition, Model, TypeDefinition } from '../../model/model.ts'
import { type Collection, collectionOf, type Item } from '../values/collection.ts'
import { describe, Node, type Raw, systemTypeOf, TypeInfo } from '../values/node.ts'
import { Place } from '../values/place.ts'
import { Quantity } from '../values/quantity.ts'
import { systemValue } from '../values/system.ts'
import { memberReader, readerOf } from './readers.ts'

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

/** Remembers how the last type was read: the items of a collection mostly have one. */
export function dynamicReader(name: string, model: Model): ItemReader {
  const known = new Map<TypeDefinition, ItemReader>()
  let lastDef: TypeDefinition | undefined
  let lastRead: ItemReader | undefined
  return item => {
    const def = definitionOf(item, model)
    if (def === undefined) return readUndefined(item, name)
    if (def !== lastDef) {
      lastDef = def
      lastRead = known.get(def)
      if (!lastRead) known.set(def, (lastRead = readerFor(def, name, model)))
    }
    return lastRead!(item)
  }
}

/** The definition of a FHIR item; undefined for system values and untyped JSON. */
export function definitionOf(item: Item, model: Model): TypeDefinition | undefined {
  if (item instanceof Node) return item.def
  return typeof item === 'object' ? model.type(String((item as Raw)['resourceType'])) : undefined
}

function readerFor(def: TypeDefinition, name: string, model: Model): ItemReader {
  const element = def.elements.get(name)
  if (def.kind === 'primitive') return primitiveChildReader(def, name, element, model)
  if (!element) return () => undefined
  const { read, type } = readerOf(element, model)
  const described = type.kind === 'fhir' ? (raw: Raw) => describe(read(raw), type.def) : read
  return item => {
    const raw = item instanceof Node ? item.value : item
    return typeof raw === 'object' && raw !== null ? described(raw as Raw) : undefined
  }
}

/** A primitive has an id, extensions, and its system value as `value`. */
function primitiveChildReader(def: TypeDefinition, name: string, element: ElementDefinition | undefined, model: Model): ItemReader {
  if (name === 'value') return item => systemValue((item as Node).value, def)
  if (!element) return () => undefined
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
  if (Array.isArray(value)) return collectionOf(value.filter(v => v !== null && v !== undefined).map(untyped))
  return value === null || value === undefined ? undefined : untyped(value)
}

/** JSON without a definition: primitives become system values, a resource names its type. */
export function untyped(value: unknown): Item {
  return (
    systemValue(value, undefined) ?? (typeof (value as Raw)['resourceType'] === 'string' ? (value as Item) : new Node(undefined, value))
  )
}

/** All children of an item with their names left aside, in the order of the JSON (FHIRPath tree navigation). */
export function childrenOf(item: Item, model: Model): Item[] {
  const def = definitionOf(item, model)
  const raw = item instanceof Node ? (def?.kind === 'primitive' ? item.sibling : item.value) : item
  if (typeof raw !== 'object' || raw === null || (def === undefined && systemTypeOf(item) !== undefined)) return []
  const children: Item[] = []
  const done = new Set<string>()
  for (const member in raw as Raw) {
    const name = member.startsWith('_') ? member.slice(1) : member
    if (name === 'resourceType' || done.has(name)) continue
    done.add(name)
    appendMember(children, raw as Raw, name, def, model, item instanceof Node ? item.place : undefined)
  }
  return children
}

function appendMember(
  children: Item[],
  raw: Raw,
  name: string,
  def: TypeDefinition | undefined,
  model: Model,
  place: Place | undefined,
): void {
  const member = def?.members.get(name)
  const read =
    def === undefined
      ? readUndefined(new Node(undefined, raw), name)
      : member && readMember(raw, name, member.element, member.type.code, model)
  const found = read !== undefined && place ? placed(read, place, member?.element.name ?? name, model) : read
  if (Array.isArray(found)) for (const item of found) children.push(item)
  else if (found !== undefined) children.push(found as Item)
}

function readMember(raw: Raw, name: string, element: ElementDefinition, code: string, model: Model): Collection {
  const type = model.type(code)!
  return describe(memberReaders(element, name, type)(raw), type)
}

const readersByElement = new WeakMap<ElementDefinition, Map<string, (raw: Raw) => Collection>>()

function memberReaders(element: ElementDefinition, name: string, type: TypeDefinition): (raw: Raw) => Collection {
  let readers = readersByElement.get(element)
  if (!readers) readersByElement.set(element, (readers = new Map()))
  let read = readers.get(name)
  if (!read) readers.set(name, (read = memberReader(element, name, type).read))
  return read
}
