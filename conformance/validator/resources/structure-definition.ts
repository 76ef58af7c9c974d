// StructureDefinition (structuredefinition.html#interpretation): its differential lays out on its base, in order, with rules that can be run.
import { compile } from '#formats/fhir/fhirpath/expression.ts'
import { faultText } from '#kernel/fault.ts'
import type { ElementDefinition, StructureDefinition } from '../definitions/definition.ts'
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
  const [root, ...steps] = parentPath.split('.')
  let type = run.world.model.type(root!)
  for (const step of steps) {
    const plain = step.replace('[x]', '')
    const code = type?.members.get(plain)?.type.code ?? type?.elements.get(plain)?.types[0]?.code
    type = code === undefined ? undefined : run.world.model.type(code)
  }
  const plain = name.replace('[x]', '')
  const element = type?.elements.get(plain) ?? type?.members.get(plain)?.element
  if (!type || !element) return undefined
  return [...type.elements.keys()].indexOf(element.name)
}

function checkElement(element: ElementDefinition, type: string, run: Run): void {
  checkBinding(element, run)
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
