// Reads FHIR XML (xml.html) into the same JSON that FHIR JSON is read into: values typed by the model, decimals as received.
import { type FaultCode, fault } from '#kernel/fault.ts'
import type { JsonObject, JsonValue } from '#kernel/json.ts'
import { failed, ok, type Result } from '#kernel/result.ts'
import { positionOf, type XmlElement, xmlnsNamespace } from '../../xml/model.ts'
import { readXml, readXmlText } from '../../xml/read.ts'
import { writeXml } from '../../xml/write.ts'
import { ExactDecimal } from '../decimal.ts'
import type { Member, Model, TypeDefinition } from '../model/model.ts'
import { r4 } from '../model/r4.ts'

export const fhirNamespace = 'http://hl7.org/fhir'
export const xhtmlNamespace = 'http://www.w3.org/1999/xhtml'
const schemaInstanceNamespace = 'http://www.w3.org/2001/XMLSchema-instance'

export type XmlResourceOptions = {
  readonly model?: Model
  /** Refuses elements out of the order of the definition, as the standard wants them; otherwise any order is read. */
  readonly ordered?: boolean
}

/** A resource from XML text or bytes. Faults `xml.…`, `charset.…` and `fhir-xml.…`, with line and column. */
export function parseXmlResource(input: string | Uint8Array, options: XmlResourceOptions = {}): Result<JsonObject> {
  const document = typeof input === 'string' ? readXmlText(input) : readXml(input)
  if (!document.ok) return document
  const reader = new ResourceReader(document.value.source, options.model ?? r4, options.ordered ?? false)
  const resource = reader.resource(document.value.root)
  return resource && !reader.problem ? ok(resource) : failed(reader.problem!)
}

/** A primitive in JSON has its value in one place, its id and extensions in another. */
type Primitive = { readonly value: JsonValue | undefined; readonly element: JsonObject | undefined }

/** Keeps the first problem; what is read after it does not matter any more. */
class ResourceReader {
  problem: ReturnType<typeof fault> | undefined
  readonly #source: string
  readonly #model: Model

  readonly #ordered: boolean

  constructor(source: string, model: Model, ordered: boolean) {
    this.#source = source
    this.#model = model
    this.#ordered = ordered
  }

  resource(element: XmlElement): JsonObject | undefined {
    if (element.namespace !== fhirNamespace) return this.#fail('fhir-xml.namespace', element)
    if (!this.#model.isResourceType(element.name)) return this.#fail('fhir-xml.resource-unknown', element)
    const resource: JsonObject = { resourceType: element.name }
    this.#attributes(element, [])
    this.#children(element, this.#model.type(element.name)!, resource)
    return resource
  }

  #complex(element: XmlElement, type: TypeDefinition): JsonObject {
    const object: JsonObject = {}
    const allowed = [...type.elements.values()].filter(e => e.xml === 'xmlAttr').map(e => e.name)
    for (const [name, value] of this.#attributes(element, allowed)) object[name] = value
    this.#children(element, type, object)
    if (Object.keys(object).length === 0) this.#fail('fhir-xml.element-empty', element)
    return object
  }

  /** The attributes by name; namespaces and schema locations are not of FHIR. */
  #attributes(element: XmlElement, allowed: readonly string[]): Map<string, string> {
    const found = new Map<string, string>()
    for (const { name, namespace, value } of element.attributes) {
      if (namespace === xmlnsNamespace || namespace === schemaInstanceNamespace || name === 'xmlns') continue
      if (namespace !== '' || !allowed.includes(name)) this.#fail('fhir-xml.attribute-unknown', element, { attribute: name })
      found.set(name, value)
    }
    return found
  }

  #children(parent: XmlElement, type: TypeDefinition, object: JsonObject): void {
    const order = [...type.elements.keys()]
    const seen = new Set<string>()
    let last = -1
    for (const child of this.#elements(parent)) {
      const member = type.members.get(child.name)
      const inPlace = child.namespace === (child.name === 'div' && member?.type.code === 'xhtml' ? xhtmlNamespace : fhirNamespace)
      if (!inPlace) return void this.#fail('fhir-xml.namespace', child)
      if (!member || member.element.xml === 'xmlAttr') return void this.#fail('fhir-xml.element-unknown', child, { type: type.name })
      const { name, max } = member.element
      if (this.#ordered && order.indexOf(name) < last) return void this.#fail('fhir-xml.element-order', child, { before: order[last]! })
      if (max === 1 && seen.has(name)) return void this.#fail('fhir-xml.element-repeated', child)
      last = order.indexOf(name)
      seen.add(name)
      this.#member(child, member, object)
    }
  }

  /** White space and comments between elements mean nothing; other text is a mistake. */
  #elements(parent: XmlElement): XmlElement[] {
    const elements: XmlElement[] = []
    for (const node of parent.children) {
      if (node.kind === 'element') elements.push(node)
      else if (node.kind === 'text' && node.text.trim() !== '') this.#fail('fhir-xml.text', parent)
    }
    return elements
  }

  #member(child: XmlElement, { element, type }: Member, object: JsonObject): void {
    const def = this.#model.type(type.code)!
    if (def.kind === 'primitive') return this.#addPrimitive(object, type.member, this.#primitive(child, def), element.max > 1)
    const value = def.kind === 'resource' ? this.#inner(child) : this.#complex(child, def)
    if (value === undefined) return
    if (element.max <= 1) object[type.member] = value
    else this.#list(object, type.member).push(value)
  }

  /** The one resource inside contained, entry.resource and the like. */
  #inner(parent: XmlElement): JsonObject | undefined {
    const [child, ...others] = this.#elements(parent)
    if (!child || others.length > 0) return this.#fail('fhir-xml.resource-expected', parent)
    return this.resource(child)
  }

  #primitive(element: XmlElement, type: TypeDefinition): Primitive {
    if (type.name === 'xhtml') return { value: this.#narrative(element), element: undefined }
    const attributes = this.#attributes(element, ['value', 'id'])
    const own: JsonObject = {}
    const id = attributes.get('id')
    if (id !== undefined) own['id'] = id
    this.#children(element, type, own)
    const text = attributes.get('value')
    const hasOwn = Object.keys(own).length > 0
    if (text === undefined && !hasOwn) this.#fail('fhir-xml.element-empty', element)
    return { value: text === undefined ? undefined : this.#value(text, type, element), element: hasOwn ? own : undefined }
  }

  #narrative(element: XmlElement): string | undefined {
    const written = writeXml(element)
    return written.ok ? written.value : this.#fail('fhir-xml.text', element)
  }

  #value(text: string, type: TypeDefinition, element: XmlElement): JsonValue | undefined {
    switch (type.system) {
      case 'Boolean':
        return text === 'true' || text === 'false'
          ? text === 'true'
          : this.#fail('fhir-xml.value-invalid', element, { value: text, type: type.name })
      case 'Integer':
      case 'Decimal': {
        const number = Number(text)
        if (String(number) === text) return number
        const decimal = text.length <= 1000 ? ExactDecimal.parse(text) : undefined
        return decimal ?? this.#fail('fhir-xml.value-invalid', element, { value: text.slice(0, 50), type: type.name })
      }
      default:
        return text
    }
  }

  #addPrimitive(object: JsonObject, member: string, { value, element }: Primitive, repeats: boolean): void {
    if (!repeats) {
      if (value !== undefined) object[member] = value
      if (element) object[`_${member}`] = element
      return
    }
    const values = this.#list(object, member)
    values.push(value ?? null)
    const siblings = object[`_${member}`] as JsonValue[] | undefined
    if (element && !siblings) object[`_${member}`] = [...new Array<null>(values.length - 1).fill(null), element]
    else siblings?.push(element ?? null)
    if (values.every(item => item === null)) delete object[member]
  }

  #list(object: JsonObject, member: string): JsonValue[] {
    const known = object[member] as JsonValue[] | undefined
    if (known) return known
    const siblings = object[`_${member}`] as JsonValue[] | undefined
    const list: JsonValue[] = new Array<null>(siblings?.length ?? 0).fill(null)
    object[member] = list
    return list
  }

  #fail(code: FaultCode, element: XmlElement, args: Record<string, string> = {}): undefined {
    const { line, column } = positionOf(this.#source, element.at)
    this.problem ??= fault(code, { at: `${line}:${column}`, args: { name: element.name, ...args } })
    return undefined
  }
}
