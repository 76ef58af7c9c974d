// Writes a resource as FHIR XML (xml.html): elements in the order of the model, decimals as received, narrative as XHTML.
import { fault } from '#kernel/fault.ts'
import type { JsonObject } from '#kernel/json.ts'
import { failed, type Result } from '#kernel/result.ts'
import { type XmlElement, type XmlNode, xmlElement } from '../../xml/model.ts'
import { readXmlText } from '../../xml/read.ts'
import { writeXml } from '../../xml/write.ts'
import type { Model, TypeDefinition } from '../model/model.ts'
import { r4 } from '../model/r4.ts'
import { fhirNamespace } from './read.ts'

/** XML text with its declaration. Fault `fhir-xml.unwritable` names what has no place in FHIR XML. */
export function printXmlResource(resource: JsonObject, model: Model = r4): Result<string> {
  const writer = new ResourceWriter(model)
  const root = writer.resource(resource)
  if (!root || writer.problem !== undefined)
    return failed(fault('fhir-xml.unwritable', { args: { path: writer.problem ?? 'resourceType' } }))
  return writeXml(root, { encoding: 'UTF-8' })
}

type Json = Readonly<Record<string, unknown>>

class ResourceWriter {
  /** Path of the first thing that cannot be written. */
  problem: string | undefined
  readonly #model: Model

  constructor(model: Model) {
    this.#model = model
  }

  resource(resource: Json): XmlElement | undefined {
    const name = resource['resourceType']
    if (!this.#model.isResourceType(name)) return this.#fail('resourceType')
    return xmlElement(name, fhirNamespace, {}, this.#children(resource, this.#model.type(name)!, name))
  }

  /** Members that no element of the type names are a problem, since XML could not be read back. */
  #children(object: Json, type: TypeDefinition, path: string): XmlNode[] {
    const nodes: XmlNode[] = []
    for (const name of Object.keys(object)) if (!isKnown(name, type, this.#model)) this.#fail(`${path}.${name}`)
    for (const slot of this.#slotsOf(type)) {
      const value = object[slot.member]
      const sibling = slot.sibling === undefined ? undefined : object[slot.sibling]
      if (value !== undefined || sibling !== undefined) this.#member(listOf(value), listOf(sibling), slot, path, nodes)
    }
    return nodes
  }

  #member(values: readonly unknown[], siblings: readonly unknown[], { member, def, repeats }: Slot, path: string, nodes: XmlNode[]): void {
    for (let i = 0; i < Math.max(values.length, siblings.length); i++) {
      const place = `${path}.${member}${repeats ? `[${i}]` : ''}`
      const node = this.#item(member, def, values[i], siblings[i] as Json | null | undefined, place)
      if (node) nodes.push(node)
    }
  }

  #slotsOf(type: TypeDefinition): readonly Slot[] {
    let slots = slotsByType.get(type)
    if (!slots) slotsByType.set(type, (slots = slotsIn(type, this.#model)))
    return slots
  }

  #item(name: string, def: TypeDefinition, value: unknown, sibling: Json | null | undefined, path: string): XmlElement | undefined {
    if (def.name === 'xhtml') return this.#narrative(value, path)
    if (def.kind === 'primitive') return this.#primitive(name, def, value, sibling ?? {}, path)
    if (typeof value !== 'object' || value === null) return this.#fail(path)
    if (def.kind !== 'resource') return this.#complex(name, def, value as Json, path)
    const inner = this.resource(value as Json)
    return inner && xmlElement(name, fhirNamespace, {}, [inner])
  }

  #complex(name: string, def: TypeDefinition, value: Json, path: string): XmlElement {
    const attributes: Record<string, string> = {}
    for (const element of def.elements.values()) {
      const text = element.xml === 'xmlAttr' ? value[element.name] : undefined
      if (typeof text === 'string') attributes[element.name] = text
    }
    return xmlElement(name, fhirNamespace, attributes, this.#children(value, def, path))
  }

  #primitive(name: string, def: TypeDefinition, value: unknown, sibling: Json, path: string): XmlElement | undefined {
    const isObject = typeof value === 'object' && value !== null && !('toJSON' in value)
    if (isObject) return this.#fail(path)
    const id = sibling['id']
    const attributes = {
      id: typeof id === 'string' ? id : undefined,
      value: value === undefined || value === null ? undefined : String(value),
    }
    return xmlElement(name, fhirNamespace, attributes, this.#children(sibling, def, path))
  }

  /** The div is XML of its own: it goes in as the elements that it is. */
  #narrative(value: unknown, path: string): XmlElement | undefined {
    const parsed = typeof value === 'string' ? readXmlText(value) : undefined
    return parsed?.ok ? parsed.value.root : this.#fail(path)
  }

  #fail(path: string): undefined {
    this.problem ??= path
    return undefined
  }
}

/** A member that a type may have, in the order of its elements; primitives have their id and extensions beside them. */
type Slot = { readonly member: string; readonly sibling: string | undefined; readonly def: TypeDefinition; readonly repeats: boolean }

const slotsByType = new WeakMap<TypeDefinition, readonly Slot[]>()

function slotsIn(type: TypeDefinition, model: Model): Slot[] {
  const elements = [...type.elements.values()].filter(element => element.xml !== 'xmlAttr')
  return elements.flatMap(({ types, max }) =>
    types.map(({ member, code }) => {
      const def = model.type(code)!
      return { member, sibling: def.kind === 'primitive' ? `_${member}` : undefined, def, repeats: max > 1 }
    }),
  )
}

function isKnown(name: string, type: TypeDefinition, model: Model): boolean {
  if (name === 'resourceType' && type.kind === 'resource') return true
  if (!name.startsWith('_')) return type.members.has(name)
  const member = type.members.get(name.slice(1))
  return member !== undefined && model.type(member.type.code)?.kind === 'primitive'
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : value === undefined ? [] : [value]
}
