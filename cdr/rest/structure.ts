// The structure of a resource against the R4 model (json.html): elements known, there, repeated and typed as defined. What every write must meet.

import type { ElementDefinition, Member, TypeDefinition } from '#formats/fhir/model/model.ts'
import { r4 } from '#formats/fhir/model/r4.ts'
import { type FaultArgs, type FaultCode, fault } from '#kernel/fault.ts'
import type { JsonObject, JsonValue } from '#kernel/json.ts'
import type { Finding, Validator } from '#kernel/ports/validator.ts'
import { isPrimitiveValue } from './primitive-value.ts'

const findingsMax = 50

/** Knows no profiles, bindings or invariants. */
export const structuralValidator: Validator = {
  validate: resource => checkStructure(resource),
}

export function checkStructure(resource: JsonObject): readonly Finding[] {
  const walk: Walk = { path: [], findings: [] }
  checkResource(resource, walk)
  return walk.findings
}

type Walk = { readonly path: (string | number)[]; readonly findings: Finding[] }

function checkResource(resource: JsonObject, walk: Walk): void {
  const name = resource['resourceType']
  const type = r4.isResourceType(name) ? r4.type(name) : undefined
  if (!type) return find(walk, 'fhir.element-type', { element: 'resourceType', expected: 'resource type' })
  if (walk.path.length === 0) walk.path.push(type.name)
  checkObject(resource, shapeOf(type), walk)
}

/** What an object of a type may hold, prepared once. */
type Shape = {
  readonly type: TypeDefinition
  readonly members: ReadonlyMap<string, Expected>
  readonly required: readonly ElementDefinition[]
}
type Expected = Member & { readonly list: boolean; readonly content: TypeDefinition }

const shapes = new Map<TypeDefinition, Shape>()

function shapeOf(type: TypeDefinition): Shape {
  let shape = shapes.get(type)
  if (!shape) {
    const members = new Map<string, Expected>()
    for (const [name, member] of type.members)
      members.set(name, { ...member, list: member.element.max > 1, content: r4.type(member.type.code)! })
    shape = { type, members, required: [...type.elements.values()].filter(element => element.min > 0) }
    shapes.set(type, shape)
  }
  return shape
}

function checkObject(object: JsonObject, shape: Shape, walk: Walk): void {
  const choices = new Map<ElementDefinition, string>()
  let members = 0
  for (const name in object) {
    members++
    if (name === 'resourceType' && shape.type.kind === 'resource') continue
    const plain = name.startsWith('_') ? name.slice(1) : name
    const expected = shape.members.get(plain)
    if (!expected || (plain !== name && expected.content.kind !== 'primitive')) {
      find(walk, 'fhir.element-unknown', { type: shape.type.name, element: name }, name)
      continue
    }
    const { element } = expected
    if (element.isChoice) {
      if ((choices.get(element) ?? plain) !== plain) find(walk, 'fhir.element-choice', { element: element.name }, name)
      choices.set(element, plain)
    }
    checkMember(object, name, plain, expected, walk)
  }
  if (members === 0) find(walk, 'fhir.element-empty', { element: String(walk.path.at(-1)) })
  for (const element of shape.required)
    if (!isThere(object, element)) find(walk, 'fhir.element-missing', { element: element.name }, element.name)
}

function isThere(object: JsonObject, element: ElementDefinition): boolean {
  if (!element.isChoice) return object[element.name] !== undefined || object[`_${element.name}`] !== undefined
  return element.types.some(({ member }) => object[member] !== undefined || object[`_${member}`] !== undefined)
}

function checkMember(object: JsonObject, name: string, plain: string, expected: Expected, walk: Walk): void {
  const value = object[name]
  const args = { element: name }
  if (value === null || value === '') return find(walk, 'fhir.element-empty', args, name)
  if (Array.isArray(value) !== expected.list) return find(walk, expected.list ? 'fhir.element-array' : 'fhir.element-single', args, name)
  walk.path.push(name)
  if (!Array.isArray(value)) checkItem(value, name !== plain, expected, walk)
  else if (value.length === 0) find(walk, 'fhir.element-empty', args)
  else {
    const other = object[name === plain ? `_${plain}` : plain]
    for (let i = 0; i < value.length; i++) {
      walk.path.push(i)
      const item = value[i]
      const filledByOther = item === null && Array.isArray(other) && other[i] !== null && other[i] !== undefined
      if (!filledByOther) checkItem(item, name !== plain, expected, walk)
      walk.path.pop()
    }
  }
  walk.path.pop()
}

function checkItem(value: JsonValue | undefined, companion: boolean, expected: Expected, walk: Walk): void {
  const { content } = expected
  const name = String(walk.path.findLast(step => typeof step === 'string'))
  const args = { element: name, expected: content.name }
  if (value === null) return find(walk, 'fhir.element-empty', args)
  if (content.kind === 'primitive' && !companion) {
    const judged = isPrimitiveValue(value!, content)
    if (judged === 'ok') return
    return find(walk, judged === 'empty' ? 'fhir.element-empty' : judged === 'type' ? 'fhir.element-type' : 'fhir.element-value', args)
  }
  if (typeof value !== 'object' || Array.isArray(value) || 'toJSON' in value!) return find(walk, 'fhir.element-type', args)
  if (content.kind === 'resource') return checkResource(value as JsonObject, walk)
  checkObject(value as JsonObject, shapeOf(companion ? r4.type('Element')! : content), walk)
}

function find(walk: Walk, code: FaultCode, args: FaultArgs, member?: string): void {
  if (walk.findings.length >= findingsMax) return
  const at = [...walk.path, ...(member === undefined ? [] : [member])].reduce<string>(
    (text, step) => (typeof step === 'number' ? `${text}[${step}]` : text === '' ? step : `${text}.${step}`),
    '',
  )
  walk.findings.push({ severity: 'error', fault: fault(code, { at, args }) })
}
