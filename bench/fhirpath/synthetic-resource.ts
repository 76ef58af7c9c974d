// A filled-in resource of any R4 type, made from the model: every element present down to a depth, so that every path finds something.
import type { ElementDefinition, ElementType, Model, TypeDefinition } from '../../formats/fhir/model/model.ts'
import { enumeratedCodes } from '../../formats/fhir/model/value-sets.ts'

type Json = Record<string, unknown>

const depthMax = 4

const primitives: Readonly<Record<string, unknown>> = {
  boolean: true,
  integer: 3,
  positiveInt: 2,
  unsignedInt: 4,
  decimal: 12.5,
  string: '𠮷野 文本',
  markdown: '**说明**',
  code: 'final',
  id: 'a1',
  uri: 'urn:oid:2.16.156.10011.1.3',
  url: 'https://example.org/fhir',
  canonical: 'http://example.org/fhir/Thing|1.0',
  uuid: 'urn:uuid:c757873d-ec9a-4326-a141-556f43239520',
  oid: 'urn:oid:2.16.156.10011.2.3.1',
  date: '2024-02-29',
  dateTime: '2024-02-29T08:30:00+08:00',
  instant: '2024-02-29T08:30:00.000+08:00',
  time: '08:30:00',
  base64Binary: '5L2g5aW9',
}

function narrative(seed: number): string {
  return `<div xmlns="http://www.w3.org/1999/xhtml"><p>摘要 ${seed}</p></div>`
}

/** The same for the same seed: which type a choice takes changes with it. */
export function syntheticResource(type: string, model: Model, seed = 0): Json {
  const maker = new Maker(model, seed)
  return { resourceType: type, ...maker.element(model.type(type)!, 0) }
}

export function syntheticElement(type: string, model: Model, seed = 0): unknown {
  return new Maker(model, seed).value(model.type(type)!, 0, undefined)
}

/** FHIR has no empty elements. */
function isThere(item: unknown): boolean {
  return item !== undefined && (typeof item !== 'object' || item === null || Object.keys(item).length > 0)
}

class Maker {
  readonly #model: Model
  #seed: number

  constructor(model: Model, seed: number) {
    this.#model = model
    this.#seed = seed
  }

  element(type: TypeDefinition, depth: number): Json {
    const json: Json = {}
    for (const element of type.elements.values()) {
      if (!this.#isWanted(element, depth)) continue
      const choice = element.types[(this.#seed++ * 7) % element.types.length]!
      const items = Array.from({ length: element.max > 1 ? 2 : 1 }, () => this.#item(element, choice, depth)).filter(isThere)
      if (items.length > 0) json[choice.member] = element.max > 1 ? items : items[0]
    }
    return json
  }

  value(type: TypeDefinition, depth: number, element: ElementDefinition | undefined): unknown {
    if (type.kind !== 'primitive') return this.element(type, depth)
    const codes = element?.binding && enumeratedCodes(element.binding.set)?.values().next().value
    if (type.name === 'code' && codes) return [...codes][this.#seed++ % codes.size]
    return type.name === 'xhtml' ? narrative(this.#seed++) : primitives[type.name]
  }

  #isWanted(element: ElementDefinition, depth: number): boolean {
    if (['extension', 'modifierExtension', 'implicitRules', 'language'].includes(element.name)) return false
    return element.min > 0 || depth < depthMax - (element.types[0]!.code === 'Identifier' ? 2 : 0)
  }

  #item(element: ElementDefinition, type: ElementType, depth: number): unknown {
    if (type.code === 'Reference') return { reference: `${type.targets[0] ?? 'Patient'}/${this.#seed++}`, display: '张·三丰' }
    if (type.code === 'Resource') return { resourceType: 'Basic', id: `c${this.#seed++}`, code: { text: '内含' } }
    return depth > depthMax + 2 ? undefined : this.value(this.#model.type(type.code)!, depth + 1, element)
  }
}
