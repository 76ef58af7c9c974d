// FHIR XML text with positions, read into the JSON form on past mistakes, so that all of them are told at once (xml.html).
import { ExactDecimal } from '#formats/fhir/decimal.ts'
import type { Member, TypeDefinition } from '#formats/fhir/model/model.ts'
import { r4 } from '#formats/fhir/model/r4.ts'
import { fhirNamespace, xhtmlNamespace } from '#formats/fhir/xml/read.ts'
import { type XmlElement, xmlnsNamespace } from '#formats/xml/model.ts'
import { readXmlText as readTree } from '#formats/xml/read.ts'
import { writeXml } from '#formats/xml/write.ts'
import { type FaultArgs, type FaultCode, fault } from '#kernel/fault.ts'
import type { JsonObject, JsonValue } from '#kernel/json.ts'
import type { Finding } from '#kernel/ports/validator.ts'
import type { ReadJson } from './json.ts'
import { Positions } from './positions.ts'

const schemaInstance = 'http://www.w3.org/2001/XMLSchema-instance'

export function readXmlText(text: string): ReadJson {
  const document = readTree(text)
  if (document.ok) return new Reader(document.value.source).read(document.value.root)
  const [line, column] = (document.fault.at ?? '1:1').split(':').map(Number)
  const problem: Finding = { severity: 'fatal', fault: { ...document.fault, at: '(document)' }, line: line ?? 1, column: column ?? 1 }
  return { value: undefined, positions: new Positions(text), problems: [problem] }
}

class Reader {
  readonly #positions: Positions
  readonly #problems: Finding[] = []
  readonly #path: string[] = []

  constructor(source: string) {
    this.#positions = new Positions(source)
  }

  read(root: XmlElement): ReadJson {
    const value = this.#resource(root)
    return { value, positions: this.#positions, problems: this.#problems }
  }

  #resource(element: XmlElement): JsonObject | undefined {
    const type = r4.isResourceType(element.name) ? r4.type(element.name) : undefined
    if (element.namespace !== fhirNamespace) this.#say('fhir-xml.namespace', element)
    if (!type) return this.#say('fhir-xml.resource-unknown', element)
    if (this.#path.length === 0) this.#path.push(element.name)
    const resource: JsonObject = { resourceType: element.name }
    this.#children(element, type, resource)
    return resource
  }

  #children(parent: XmlElement, type: TypeDefinition, object: JsonObject): void {
    const order = [...type.elements.keys()]
    let last = -1
    for (const child of parent.children) {
      if (child.kind === 'text' && child.text.trim() !== '') this.#say('fhir-xml.text', parent)
      if (child.kind !== 'element') continue
      const member = type.members.get(child.name)
      const namespace = member?.type.code === 'xhtml' ? xhtmlNamespace : fhirNamespace
      if (!member || member.element.xml === 'xmlAttr') {
        this.#say('fhir-xml.element-unknown', child, { type: type.name })
        continue
      }
      if (child.namespace !== namespace) this.#say('fhir-xml.namespace', child)
      const at = order.indexOf(member.element.name)
      if (at < last) this.#say('fhir-xml.element-order', child, { before: order[last]! })
      last = Math.max(last, at)
      this.#member(child, member, object)
    }
  }

  #member(child: XmlElement, { element, type }: Member, object: JsonObject): void {
    const repeats = element.max > 1
    const spots = this.#positions.of(object)
    const name = type.member
    const before = object[name] ?? object[`_${name}`]
    const index = Array.isArray(before) ? before.length : 0
    if (!repeats && before !== undefined) return void this.#say('fhir-xml.element-repeated', child)
    this.#path.push(`.${element.name}${element.isChoice ? `.ofType(${type.code})` : ''}${repeats ? `[${index}]` : ''}`)
    const def = r4.type(type.code)!
    const { value, sibling } =
      def.kind === 'primitive' ? this.#primitive(child, def) : { value: this.#content(child, def), sibling: undefined }
    this.#path.pop()
    put(object, name, value, index, repeats)
    if (sibling || (repeats && object[`_${name}`])) put(object, `_${name}`, sibling, index, repeats)
    if (repeats && value === undefined && object[name]) put(object, name, undefined, index, repeats)
    for (const key of [name, `_${name}`]) {
      if (!spots.has(key)) spots.set(key, child.at)
      if (Array.isArray(object[key])) this.#positions.of(object[key]).set(index, child.at)
    }
  }

  #content(child: XmlElement, type: TypeDefinition): JsonValue | undefined {
    if (type.kind !== 'resource') {
      const object: JsonObject = {}
      this.#attributes(
        child,
        [...type.elements.values()].filter(element => element.xml === 'xmlAttr').map(element => element.name),
        object,
      )
      this.#children(child, type, object)
      return object
    }
    const inner = child.children.find(node => node.kind === 'element')
    return inner ? this.#resource(inner) : this.#say('fhir-xml.resource-expected', child)
  }

  #primitive(element: XmlElement, type: TypeDefinition): { value: JsonValue | undefined; sibling: JsonObject | undefined } {
    if (type.name === 'xhtml') {
      const written = writeXml(element)
      return { value: written.ok ? written.value : undefined, sibling: undefined }
    }
    const own: JsonObject = {}
    this.#attributes(element, ['id', 'value'], own)
    const { value, ...rest } = own
    this.#children(element, type, rest)
    const hasRest = Object.keys(rest).length > 0
    if (value === undefined && !hasRest) this.#say('validator.value-missing', element)
    return { value: value === undefined ? undefined : typed(String(value), type), sibling: hasRest ? rest : undefined }
  }

  #attributes(element: XmlElement, allowed: readonly string[], object: JsonObject): void {
    for (const { name, namespace, value } of element.attributes) {
      if (namespace === xmlnsNamespace || namespace === schemaInstance || name === 'xmlns') continue
      if (namespace === '' && allowed.includes(name)) object[name] = value
      else this.#say('fhir-xml.attribute-unknown', element, { attribute: name })
    }
  }

  #say(code: FaultCode, element: XmlElement, args: FaultArgs = {}): undefined {
    const at = this.#path.join('') || '(document)'
    this.#problems.push({
      severity: 'error',
      fault: fault(code, { at, args: { name: element.name, ...args } }),
      ...this.#positions.place(element.at),
    })
    return undefined
  }
}

/** Text that is not of the type stays text: the walk says so, at its place. */
function typed(text: string, type: TypeDefinition): JsonValue {
  if (type.system === 'Boolean') return text === 'true' ? true : text === 'false' ? false : text
  if (type.system !== 'Integer' && type.system !== 'Decimal') return text
  return String(Number(text)) === text ? Number(text) : (ExactDecimal.parse(text) ?? text)
}

/** Lists keep null for what only the other list of a primitive has. */
function put(object: JsonObject, name: string, value: JsonValue | undefined, index: number, repeats: boolean): void {
  if (!repeats) {
    if (value !== undefined) object[name] = value
    return
  }
  const list = (object[name] as JsonValue[] | undefined) ?? []
  if (value === undefined && list.length === 0) return
  while (list.length < index) list.push(null)
  list[index] = value ?? null
  object[name] = list
}
