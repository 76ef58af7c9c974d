// The walk of a resource by its types: every member known, there, shaped and typed as defined, every value sound (json.html).
import { ExactDecimal } from '#formats/fhir/decimal.ts'
import type { TypeDefinition } from '#formats/fhir/model/model.ts'
import type { Raw } from '../definitions/definition.ts'
import type { MemberProgram, TypeProgram } from '../program/type-program.ts'
import { focusOf } from './item.ts'
import { nestingMax, type Run } from './run.ts'

/** An object of a type: a resource, a backbone element, a data type, or the `_name` object of a primitive as an Element. */
export function walkObject(value: Raw, program: TypeProgram, run: Run): void {
  if (run.owners.length >= nestingMax) return run.error('validator.too-deep', { max: nestingMax })
  run.owners.push(value)
  let members = 0
  let choices: Map<unknown, string> | undefined
  for (const name in value) {
    members++
    const isSibling = name.charCodeAt(0) === 95
    const plain = isSibling ? name.slice(1) : name
    const member = program.members.get(plain)
    if (!member || (isSibling && member.type.kind !== 'primitive')) {
      unknownMember(name, value, program, run)
      continue
    }
    if (member.element.isChoice) {
      choices ??= new Map()
      const first = choices.get(member.element)
      if (first === undefined) choices.set(member.element, plain)
      else if (first !== plain) run.error('validator.choice-several', { element: member.element.name, member: name })
    }
    if (isSibling && plain in value) continue
    if (name === 'id') checkId(value[name], program, run)
    walkMember(value, member, run)
  }
  if (members === 0) run.error('validator.object-empty')
  for (const required of program.required) if (!isThere(value, required.members)) missing(required.element.path, program, run)
  for (const check of program.checks) check(value, run)
  for (const invariant of program.invariants) invariant.check(value, run)
  run.owners.pop()
}

/** Element ids are unique in a resource, but for ElementDefinition, whose ids stand in snapshot and differential. */
function checkId(id: unknown, { type }: TypeProgram, run: Run): void {
  if (type.kind === 'resource' || type.name === 'ElementDefinition' || run.scope.isNewId(id)) return
  run.error('validator.id-duplicate', { id: String(id) })
}

function missing(path: string, { type }: TypeProgram, run: Run): void {
  run.error('validator.minimum', { path, min: 1, count: 0, profile: type.name })
}

function isThere(value: Raw, members: readonly string[]): boolean {
  for (const member of members) if (value[member] !== undefined || value[`_${member}`] !== undefined) return true
  return false
}

function unknownMember(name: string, value: Raw, { type }: TypeProgram, run: Run): void {
  if (name === 'resourceType' && type.kind === 'resource') return
  if (name === 'fhir_comments') {
    const isSound = typeof value[name] === 'string' || (Array.isArray(value[name]) && value[name].every(text => typeof text === 'string'))
    if (isSound) return
  }
  run.error('validator.unknown-element', { type: type.name, element: name })
}

function walkMember(parent: Raw, member: MemberProgram, run: Run): void {
  const value = parent[member.name]
  const sibling = member.type.kind === 'primitive' ? parent[`_${member.name}`] : undefined
  if (member.repeats) return walkList(value, sibling, member, parent, run)
  const element = member.element.name
  if (Array.isArray(value) || Array.isArray(sibling)) return run.error('validator.array-unexpected', { element })
  if (value === null || sibling === null) return run.error('validator.null-unexpected', { element })
  run.trail.push(member.step)
  walkValue(value, sibling as Raw | undefined, member, parent, run)
  run.trail.pop()
}

function walkList(value: unknown, sibling: unknown, member: MemberProgram, parent: Raw, run: Run): void {
  const element = member.element.name
  for (const list of [value, sibling]) {
    if (list === undefined) continue
    if (!Array.isArray(list)) return run.error('validator.array-expected', { element })
    if (list.length === 0) run.error('validator.array-empty', { element }, member.step)
  }
  const values = (value ?? none) as readonly unknown[]
  const siblings = (sibling ?? none) as readonly unknown[]
  run.trail.push(member.step)
  for (let i = 0; i < Math.max(values.length, siblings.length); i++) {
    run.trail.push(i)
    const item = values[i]
    const own = siblings[i] ?? undefined
    if ((item === null || item === undefined) && own === undefined) run.error('validator.null-unexpected', { element })
    else if (Array.isArray(item) || Array.isArray(own)) run.error('validator.array-unexpected', { element })
    else walkValue(item ?? undefined, own as Raw | undefined, member, parent, run)
    run.trail.pop()
  }
  run.trail.pop()
  const { max } = member.element
  if (values.length > max)
    run.error('validator.maximum', { path: member.element.path, max, count: values.length, profile: member.element.path.split('.')[0]! })
}

const none: readonly unknown[] = []

function walkValue(value: unknown, sibling: Raw | undefined, member: MemberProgram, parent: Raw, run: Run): void {
  const { type } = member
  if (type.kind === 'primitive') return walkPrimitive(value, sibling, member, run)
  if (!isObject(value)) return run.error('validator.object-expected', { element: member.element.name })
  if (type.kind === 'resource') return run.world.walkInnerResource(value, member.name, parent, run)
  const program = run.world.types.contentOf(member)
  walkObject(value, program, run)
  for (const check of member.checks) check(value, run)
  for (const invariant of member.invariants) invariant.check(value, run)
}

function walkPrimitive(value: unknown, sibling: Raw | undefined, member: MemberProgram, run: Run): void {
  if (sibling !== undefined) {
    if (!isObject(sibling)) return run.error('validator.object-expected', { element: `_${member.name}` })
    walkSibling(sibling, member.type, run)
  }
  if (value === undefined) {
    if (sibling && !('extension' in sibling)) run.error('validator.value-missing')
  } else {
    if (!member.primitive!(value, run)) return
    for (const check of member.checks) check(value, run)
  }
  if (member.invariants.length > 0) {
    const focus = focusOf({ value, sibling, type: member.type, element: member.element })
    for (const invariant of member.invariants) invariant.check(focus, run)
  }
}

/** Id and extensions of a primitive; what has only those is its own business. */
function walkSibling(sibling: Raw, type: TypeDefinition, run: Run): void {
  walkObject(sibling, run.world.types.of(type), run)
}

export function isObject(value: unknown): value is Raw {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof ExactDecimal)
}
