// The R4 type tables: hierarchy, elements, bindings, invariants and primitive formats out of the StructureDefinition snapshots.
import type { ElementTable, InvariantTable, TypeTable } from '../../formats/fhir/model/tables.ts'
import { type Constraint, type ElementDefinition, type ElementType, nameOf, type StructureDefinition } from './definitions.ts'

/** FHIR's primitive limits that stand in the text of datatypes.html only. */
const limits: Record<string, Pick<TypeTable, 'minimum' | 'maximum' | 'maxLength'>> = {
  integer: { minimum: -2147483648, maximum: 2147483647 },
  unsignedInt: { minimum: 0, maximum: 2147483647 },
  positiveInt: { minimum: 1, maximum: 2147483647 },
  string: { maxLength: 1048576 },
  markdown: { maxLength: 1048576 },
  id: { maxLength: 64 },
}

/** FHIRPath system type under each primitive (fhirpath.html#types); String under all others. */
const systemTypes: Record<string, string> = {
  boolean: 'Boolean',
  integer: 'Integer',
  positiveInt: 'Integer',
  unsignedInt: 'Integer',
  decimal: 'Decimal',
  date: 'Date',
  dateTime: 'DateTime',
  instant: 'DateTime',
  time: 'Time',
}

/** Invariants that R4 published with a mistake, as later versions of FHIR word them. */
const corrected: Record<string, string> = {
  'que-7': "operator = 'exists' implies (answer is boolean)",
}

/** Invariants of Element and Extension: every snapshot repeats them on every element. */
const universal = new Set(['ele-1', 'ext-1'])

/** Invariants that speak of another version of FHIR: dom-r4b names types, evv-1 elements that R4 does not have. */
const foreign = new Set(['dom-r4b', 'evv-1'])

/** All types of R4 by name; backbone elements are types named by their path (`Patient.contact`). */
export function typeTables(definitions: readonly StructureDefinition[]): Record<string, TypeTable> {
  const tables: Record<string, TypeTable> = {}
  const kept = definitions.filter(d => d.kind !== 'logical' && d.derivation !== 'constraint')
  for (const definition of kept) {
    const elements = definition.snapshot.element
    for (const element of elements) if (isTypeRoot(element, elements)) tables[element.path] = typeTable(definition, element, elements)
  }
  for (const name in tables) inherit(name, tables)
  return tables
}

/** The root of a definition, or an element whose children are spelled out beneath it. */
function isTypeRoot(element: ElementDefinition, all: readonly ElementDefinition[]): boolean {
  return !element.path.includes('.') || all.some(other => other.path.startsWith(`${element.path}.`))
}

function typeTable(definition: StructureDefinition, root: ElementDefinition, all: readonly ElementDefinition[]): TypeTable {
  const isDefinition = root.path === definition.type
  const value = all.find(element => element.path === `${root.path}.value`)
  const primitive = definition.kind === 'primitive-type'
  const base = isDefinition ? definition.baseDefinition && nameOf(definition.baseDefinition) : root.type?.[0]?.code
  const children = primitive ? [] : all.filter(e => e.path.startsWith(`${root.path}.`) && !e.path.slice(root.path.length + 1).includes('.'))
  return {
    kind: isDefinition ? kinds[definition.kind] : 'backbone',
    ...(base ? { base } : {}),
    ...(isDefinition && definition.abstract ? { abstract: true } : {}),
    ...(primitive ? primitiveFormat(definition.type, value) : {}),
    elements: Object.fromEntries(children.map(child => [lastName(child.path), elementTable(child, all, resourceIds(definition))])),
    invariants: invariants(root, children, isDefinition ? definition.type : root.path),
  }
}

const kinds = { 'primitive-type': 'primitive', 'complex-type': 'complex', resource: 'resource', logical: 'complex' } as const

function primitiveFormat(name: string, value: ElementDefinition | undefined): Partial<TypeTable> {
  const regex = value?.type?.[0]?.extension?.find(e => e.url.endsWith('/regex'))?.valueString
  return { system: systemTypes[name] ?? 'String', ...(regex ? { regex } : {}), ...limits[name] }
}

function elementTable(element: ElementDefinition, all: readonly ElementDefinition[], idPath: string): ElementTable {
  const binding = element.binding
  const maxSet = binding?.extension?.find(e => e.url.endsWith('/elementdefinition-maxValueSet'))?.valueCanonical
  return {
    type: element.contentReference ? [element.contentReference.slice(1)] : typeCodes(element, all, idPath),
    ...(element.min ? { min: element.min } : {}),
    ...(element.max === '1' ? {} : { max: element.max }),
    ...(element.isModifier ? { modifier: true } : {}),
    ...(element.isSummary ? { summary: true } : {}),
    ...(element.maxLength ? { maxLength: element.maxLength } : {}),
    ...(element.representation ? { xml: element.representation[0] as 'xmlAttr' } : {}),
    ...(binding?.valueSet
      ? { binding: { strength: binding.strength as 'required', set: binding.valueSet, ...(maxSet ? { max: maxSet } : {}) } }
      : {}),
  }
}

/** `HumanName`, `Reference(Patient|Group)`, `Quantity:SimpleQuantity`, or the path of the backbone element itself. */
function typeCodes(element: ElementDefinition, all: readonly ElementDefinition[], idPath: string): string[] {
  if (isTypeRoot(element, all)) return [element.path]
  return (element.type ?? []).map(type => {
    const targets = type.targetProfile?.map(nameOf)
    const profiles = type.profile?.map(nameOf)
    return (
      (element.path === idPath ? 'id' : typeCode(type)) +
      (targets ? `(${targets.join('|')})` : '') +
      (profiles ? `:${profiles.join('|')}` : '')
    )
  })
}

/** `id` and `Extension.url` are declared as System.String with the FHIR type in an extension. */
function typeCode(type: ElementType): string {
  if (!type.code.startsWith('http')) return type.code
  return type.extension?.find(e => e.url.endsWith('/structuredefinition-fhir-type'))?.valueUrl ?? 'string'
}

/** The one `id` element that is of type id: the logical id of a resource. */
function resourceIds(definition: StructureDefinition): string {
  return definition.kind === 'resource' ? `${definition.type}.id` : ''
}

/** The invariants that a type adds: on itself, and on its elements where they do not come with the element's own type. */
function invariants(root: ElementDefinition, children: readonly ElementDefinition[], type: string): InvariantTable[] {
  const own = (root.constraint ?? []).filter(c => isOwn(c, type)).map(c => invariant(c))
  const ofElements = children
    .filter(child => child.type?.[0] && !/^(Backbone)?Element$/.test(child.type[0].code))
    .flatMap(child =>
      (child.constraint ?? [])
        .filter(c => isOwn(c, type) && !universal.has(c.key))
        .map(c => invariant(c, lastName(child.path).replace('[x]', ''))),
    )
  return [...own, ...ofElements].filter(c => !foreign.has(c.key))
}

/** What a snapshot repeats from elsewhere names its source. */
function isOwn(constraint: Constraint, type: string): boolean {
  return constraint.source === undefined || nameOf(constraint.source) === type
}

function invariant(constraint: Constraint, element?: string): InvariantTable {
  const bestPractice = constraint.extension?.some(e => e.url.endsWith('/elementdefinition-bestpractice') && e.valueBoolean)
  return {
    key: constraint.key,
    severity: constraint.severity,
    human: constraint.human,
    expression: corrected[constraint.key] ?? constraint.expression,
    ...(element ? { element } : {}),
    ...(bestPractice ? { bestPractice: true } : {}),
  }
}

/** Drops what a type repeats from its base, elements and invariants alike. */
function inherit(name: string, tables: Record<string, TypeTable>): void {
  const table = tables[name]!
  const elements = { ...table.elements }
  let known = new Set<string>()
  for (let base = tables[table.base ?? '']; base; base = tables[base.base ?? '']) {
    for (const [element, inherited] of Object.entries(base.elements)) {
      if (element in elements && sameElement(elements[element]!, inherited)) delete elements[element]
    }
    known = new Set([...known, ...base.invariants.map(i => i.key)])
  }
  tables[name] = { ...table, elements, invariants: table.invariants.filter(i => !known.has(i.key)) }
}

function sameElement(own: ElementTable, inherited: ElementTable): boolean {
  return own.type.join() === inherited.type.join() && own.max === inherited.max && own.min === inherited.min
}

function lastName(path: string): string {
  return path.slice(path.lastIndexOf('.') + 1)
}
