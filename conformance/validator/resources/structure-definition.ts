// StructureDefinition (structuredefinition.html#interpretation): its differential lays out on its base, in order, with rules that can be run.
import { compile } from '#formats/fhir/fhirpath/expression.ts'
import type { ElementDefinition as ModelElement, TypeDefinition } from '#formats/fhir/model/model.ts'
import { faultText } from '#kernel/fault.ts'
import { chosen, type ElementDefinition, type StructureDefinition } from '../definitions/definition.ts'
import type { ProfileNode } from '../profile/tree.ts'
import type { TypeCheck } from '../program/type-program.ts'
import type { Run } from '../walk/run.ts'

/** Types that carry codes (elementdefinition-definitions.html#binding). */
const bindable = new Set([
  'code',
  'Coding',
  'CodeableConcept',
  'CodeableReference',
  'Quantity',
  'string',
  'uri',
  'url',
  'canonical',
  'Duration',
  'Age',
  'Count',
  'Money',
])

export const structureDefinition: TypeCheck = (resource, run) => {
  const definition = resource as unknown as StructureDefinition
  const elements = definition.differential?.element
  if (typeof definition.url !== 'string' || typeof definition.type !== 'string') return
  if (definition.derivation === 'constraint') checkBase(definition, run)
  if (!Array.isArray(elements)) return
  if (definition.derivation === 'constraint' && run.world.model.type(definition.type)) {
    const tree = run.world.profiles.treeOf(definition)
    for (const path of tree.problems) run.error('validator.definition-path', { path })
    checkSlices(tree.root, run)
    checkOrder(elements, run)
  }
  elements.forEach((element, index) => {
    if (typeof element?.path === 'string') inElement(index, run, () => checkElement(element, definition.type, run))
  })
}

function inElement(index: number, run: Run, check: () => void): void {
  const { depth } = run.trail
  run.trail.push('.differential')
  run.trail.push('.element')
  run.trail.push(index)
  check()
  run.trail.cut(depth)
}

function checkBase({ baseDefinition, type }: StructureDefinition, run: Run): void {
  if (typeof baseDefinition !== 'string') return
  const base = run.world.definitions.structure(baseDefinition)
  if (!base) {
    const severity = baseDefinition.startsWith('http://hl7.org/fhir/') ? 'error' : 'warning'
    return run.say(severity, 'validator.definition-base', { url: baseDefinition })
  }
  if (base.type !== type) run.error('validator.definition-type', { type, expected: base.type })
}

/** Elements come in the order of the base; a later one of the same parent never before an earlier. */
function checkOrder(elements: readonly ElementDefinition[], run: Run): void {
  const last = new Map<string, number>()
  elements.forEach(({ path, id }, index) => {
    const dot = typeof path === 'string' ? path.lastIndexOf('.') : -1
    if (dot < 0) return
    const order = orderOf(path.slice(0, dot), path.slice(dot + 1), run)
    if (order === undefined) return
    const parent = (id ?? path).slice(0, (id ?? path).lastIndexOf('.'))
    if (order < (last.get(parent) ?? -1)) inElement(index, run, () => run.error('validator.definition-order', { path }))
    last.set(parent, Math.max(order, last.get(parent) ?? -1))
  })
}

function orderOf(parentPath: string, name: string, run: Run): number | undefined {
  const type = typeAt(parentPath, run)
  const element = elementOf(type, name)
  return type && element && [...type.elements.keys()].indexOf(element.name)
}

function typeAt(path: string, run: Run): TypeDefinition | undefined {
  const [root, ...steps] = path.split('.')
  let type = run.world.model.type(root!)
  for (const step of steps) {
    const plain = step.replace('[x]', '')
    const code = type?.members.get(plain)?.type.code ?? type?.elements.get(plain)?.types[0]?.code
    type = code === undefined ? undefined : run.world.model.type(code)
  }
  return type
}

function elementOf(type: TypeDefinition | undefined, name: string): ModelElement | undefined {
  const plain = name.replace('[x]', '')
  return type?.elements.get(plain) ?? type?.members.get(plain)?.element
}

function elementAt(path: string, run: Run): ModelElement | undefined {
  const dot = path.lastIndexOf('.')
  return dot < 0 ? undefined : elementOf(typeAt(path.slice(0, dot), run), path.slice(dot + 1))
}

/** Slices belong to a slicing; that of extensions and choices need not be said. */
function checkSlices(node: ProfileNode, run: Run): void {
  const isImplied = node.name === 'extension' || node.name === 'modifierExtension' || node.id.endsWith('[x]')
  if (node.slices.size > 0 && !node.slicing && !isImplied && node.sliceName === undefined)
    for (const slice of node.slices.keys()) run.error('validator.definition-slicing', { slice: `${node.path}:${slice}` })
  for (const inner of [...node.children.values(), ...node.slices.values()]) checkSlices(inner, run)
}

/** A profile narrows what the type allows. */
function checkCardinality({ path, min, max, sliceName }: ElementDefinition, run: Run): void {
  const base = elementAt(path, run)
  if (!base) return
  const most = max === undefined || max === '*' ? Number.POSITIVE_INFINITY : Number(max)
  const isWide = (min !== undefined && sliceName === undefined && min < base.min) || (max !== undefined && most > base.max)
  if (!isWide) return
  const upper = base.max === Number.POSITIVE_INFINITY ? '*' : base.max
  run.error('validator.definition-cardinality', { found: `${min ?? base.min}..${max ?? upper}`, expected: `${base.min}..${upper}` })
}

function checkFixed(element: ElementDefinition, run: Run): void {
  for (const prefix of ['fixed', 'pattern'] as const) {
    const value = chosen(element, prefix)
    const types = element.type?.map(({ code }) => code) ?? elementAt(element.path, run)?.types.map(({ code }) => code) ?? []
    const isOther = value && types.length > 0 && !types.some(code => code.toLowerCase() === value.type.toLowerCase() || code.includes(':'))
    if (isOther) run.error('validator.definition-fixed-type', { name: prefix + value.type, expected: types.join(', ') })
  }
}

function checkElement(element: ElementDefinition, type: string, run: Run): void {
  checkBinding(element, run)
  checkCardinality(element, run)
  checkFixed(element, run)
  const constraints = Array.isArray(element.constraint) ? element.constraint : []
  constraints.forEach((constraint, index) => {
    if (typeof constraint?.expression !== 'string') return
    const compiled = compile(constraint.expression, typeOf(element, type, run))
    if (compiled.ok) return
    const { depth } = run.trail
    run.trail.push('.constraint')
    run.trail.push(index)
    run.error('validator.definition-expression', { key: constraint.key, reason: faultText(compiled.fault, 'en') })
    run.trail.cut(depth)
  })
}

/** The type of a root is known; that of other elements is left open, since a profile may have many. */
function typeOf({ path }: ElementDefinition, type: string, run: Run): { type?: string } {
  return path === type && run.world.model.type(type) ? { type } : {}
}

function checkBinding({ binding, type }: ElementDefinition, run: Run): void {
  if (!binding) return
  const codes = (type ?? []).map(({ code }) => code).filter(code => typeof code === 'string')
  if (codes.length > 0 && !codes.some(code => bindable.has(code) || code.includes(':')))
    run.error('validator.definition-binding', { type: codes.join(', ') }, '.binding')
  const { valueSet } = binding
  if (typeof valueSet !== 'string' || run.world.definitions.find('ValueSet', valueSet)) return
  const severity = valueSet.startsWith('http://hl7.org/fhir/ValueSet/') ? 'error' : 'warning'
  run.findings.add(severity, 'validator.value-set-unknown', run.trail.text('.binding.valueSet'), { set: valueSet })
}
