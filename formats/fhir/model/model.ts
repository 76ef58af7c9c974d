// The FHIR type model: types, elements and members out of the generated tables, resolved on first use (datatypes.html, json.html).
import type { BindingTable, InvariantTable, TypesFile, TypeTable } from './tables.ts'

export type TypeDefinition = {
  /** `Patient`, `HumanName`, `code`, or the path of a backbone element (`Patient.contact`). */
  readonly name: string
  /** Number of the type among those of its model, for tables by type. */
  readonly index: number
  readonly kind: TypeTable['kind']
  readonly abstract: boolean
  readonly base: TypeDefinition | undefined
  /** Primitives: the FHIRPath system type of the value. */
  readonly system: string | undefined
  /** Quantity or one of its kinds (Age, Duration …). */
  readonly isQuantity: boolean
  /** Primitives: the format of the value, anchored at both ends, and its limits. */
  readonly format: { readonly regex?: string; readonly minimum?: number; readonly maximum?: number; readonly maxLength?: number }
  /** By name without `[x]`; inherited elements first, as FHIR orders them. */
  readonly elements: ReadonlyMap<string, ElementDefinition>
  /** By JSON member: `valueQuantity` is the element `value` as a Quantity. */
  readonly members: ReadonlyMap<string, Member>
  /** Own and inherited. */
  readonly invariants: readonly InvariantTable[]
}

export type ElementDefinition = {
  /** Without `[x]`. */
  readonly name: string
  /** Where it is defined: `Patient.deceased[x]`. */
  readonly path: string
  readonly types: readonly ElementType[]
  readonly isChoice: boolean
  readonly min: number
  /** Infinity for `*`. */
  readonly max: number
  readonly isModifier: boolean
  readonly isSummary: boolean
  readonly maxLength: number | undefined
  readonly xml: 'xmlAttr' | 'xhtml' | undefined
  readonly binding: BindingTable | undefined
}

export type ElementType = {
  /** Name of the type; a backbone element or content reference names its path. */
  readonly code: string
  /** The JSON member that carries the element in this type: `name`, `valueQuantity`. */
  readonly member: string
  /** What a Reference or canonical may point to; empty when not said or anything. */
  readonly targets: readonly string[]
  /** Core profiles the value must meet, e.g. `SimpleQuantity`. */
  readonly profiles: readonly string[]
}

export type Member = { readonly element: ElementDefinition; readonly type: ElementType }

export class Model {
  readonly version: string
  readonly #tables: TypesFile['types']
  readonly #types = new Map<string, TypeDefinition>()

  constructor(file: TypesFile) {
    this.version = file.version
    this.#tables = file.types
  }

  /** Undefined when the model has no such type. */
  type(name: string): TypeDefinition | undefined {
    const known = this.#types.get(name)
    if (known !== undefined) return known
    const table = Object.hasOwn(this.#tables, name) ? this.#tables[name] : undefined
    if (table === undefined) return undefined
    const base = table.base === undefined ? undefined : this.type(table.base)
    const built = build(name, this.#types.size, table, base)
    this.#types.set(name, built)
    return built
  }

  /** An element by its name, without `[x]`: `element('Patient', 'deceased')`. */
  element(type: string, name: string): ElementDefinition | undefined {
    return this.type(type)?.elements.get(name)
  }

  /** The type of a JSON member: `childType('Observation', 'valueQuantity')` is Quantity. Undefined for an unknown or ambiguous one. */
  childType(type: string, member: string): TypeDefinition | undefined {
    const found = this.type(type)?.members.get(member)
    return found && this.type(found.type.code)
  }

  /** Whether `name` is `ancestor` or derives from it. */
  isA(name: string, ancestor: string): boolean {
    for (let type = this.type(name); type; type = type.base) if (type.name === ancestor) return true
    return false
  }

  isResourceType(name: unknown): name is string {
    if (typeof name !== 'string') return false
    const type = this.type(name)
    return type?.kind === 'resource' && !type.abstract
  }

  /** Names of all concrete resource types. */
  resourceTypes(): string[] {
    return this.typeNames().filter(name => this.isResourceType(name))
  }

  /** Names of all types, backbone elements included. */
  typeNames(): string[] {
    return Object.keys(this.#tables)
  }
}

function build(name: string, index: number, table: TypeTable, base: TypeDefinition | undefined): TypeDefinition {
  const elements = new Map(base?.elements)
  const members = new Map(base?.members)
  for (const [tableName, entry] of Object.entries(table.elements)) {
    const isChoice = tableName.endsWith('[x]')
    const elementName = isChoice ? tableName.slice(0, -3) : tableName
    const types = entry.type.map(text => elementType(text, elementName, isChoice))
    const element: ElementDefinition = {
      name: elementName,
      path: `${name}.${tableName}`,
      types,
      isChoice,
      min: entry.min ?? 0,
      max: entry.max === '*' ? Number.POSITIVE_INFINITY : Number(entry.max ?? 1),
      isModifier: entry.modifier ?? false,
      isSummary: entry.summary ?? false,
      maxLength: entry.maxLength,
      xml: entry.xml,
      binding: entry.binding,
    }
    elements.set(elementName, element)
    for (const type of types) members.set(type.member, { element, type })
  }
  const { regex, minimum, maximum, maxLength } = table
  return {
    name,
    index,
    kind: table.kind,
    abstract: table.abstract ?? false,
    base,
    system: table.system,
    isQuantity: name === 'Quantity' || (base?.isQuantity ?? false),
    format: { regex, minimum, maximum, maxLength },
    elements,
    members,
    invariants: [...(base?.invariants ?? []), ...table.invariants],
  }
}

/** Reads `Reference(Patient|Group)`, `Quantity:SimpleQuantity` or a plain name. */
function elementType(text: string, element: string, isChoice: boolean): ElementType {
  const [, code = '', targets, profiles] = /^([^(:]+)(?:\(([^)]*)\))?(?::(.*))?$/.exec(text) ?? []
  const member = isChoice ? element + code[0]!.toUpperCase() + code.slice(1) : element
  return { code, member, targets: targets?.split('|') ?? [], profiles: profiles?.split('|') ?? [] }
}
