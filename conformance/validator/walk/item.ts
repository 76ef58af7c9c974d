// An element in hand: its JSON value, what stands beside it, its type. Both walks, by type and by profile, hand these to the checks.
import type { Item as PathItem } from '#formats/fhir/fhirpath/values/collection.ts'
import { Node } from '#formats/fhir/fhirpath/values/node.ts'
import type { ElementDefinition, Member, Model, TypeDefinition } from '#formats/fhir/model/model.ts'
import type { Raw } from '../definitions/definition.ts'

export type Located = {
  /** JSON value; undefined for a primitive that has extensions only. */
  readonly value: unknown
  /** The `_name` object of a primitive. */
  readonly sibling: Raw | undefined
  readonly type: TypeDefinition
  readonly element: ElementDefinition | undefined
  /** `.name` or `.value.ofType(Quantity)`. */
  readonly step: string
  /** Undefined for what does not repeat. */
  readonly index: number | undefined
}

/** The step of a FHIRPath to a member. */
export function stepOf({ element, type }: Member): string {
  return element.isChoice ? `.${element.name}.ofType(${type.code})` : `.${element.name}`
}

/** The elements of a name under a parent; what is broken is left out, the walk by type has said so. */
export function childrenOf(parent: Located, name: string, model: Model): readonly Located[] {
  const raw = (parent.type.kind === 'primitive' ? parent.sibling : parent.value) as Raw | undefined
  const element = parent.type.elements.get(name)
  if (typeof raw !== 'object' || raw === null || !element) return none
  if (element.isChoice) {
    for (const type of element.types) {
      const found = membersOf(raw, { element, type }, model)
      if (found.length > 0) return found
    }
    return none
  }
  return membersOf(raw, { element, type: element.types[0]! }, model)
}

const none: readonly Located[] = []

function membersOf(raw: Raw, member: Member, model: Model): readonly Located[] {
  const { element } = member
  const name = member.type.member
  const value = raw[name]
  const type = model.type(member.type.code)!
  const sibling = type.kind === 'primitive' ? raw[`_${name}`] : undefined
  if (value === undefined && sibling === undefined) return none
  const step = stepOf(member)
  if (element.max <= 1) return located(value, sibling, actual(type, value, model), element, step, undefined)
  const values = Array.isArray(value) ? value : value === undefined ? [] : [value]
  const siblings = Array.isArray(sibling) ? sibling : []
  const found: Located[] = []
  for (let i = 0; i < Math.max(values.length, siblings.length); i++)
    found.push(...located(values[i], siblings[i], actual(type, values[i], model), element, step, i))
  return found
}

/** A resource says itself which type it is. */
function actual(type: TypeDefinition, value: unknown, model: Model): TypeDefinition {
  return type.kind === 'resource' ? (model.type(String((value as Raw | null | undefined)?.['resourceType'])) ?? type) : type
}

function located(
  value: unknown,
  sibling: unknown,
  type: TypeDefinition,
  element: ElementDefinition,
  step: string,
  index: number | undefined,
): readonly Located[] {
  const own = typeof sibling === 'object' && sibling !== null && !Array.isArray(sibling) ? (sibling as Raw) : undefined
  const isThere = value !== null && value !== undefined
  if (!isThere && !own) return none
  if (isThere && type.kind !== 'primitive' && (typeof value !== 'object' || Array.isArray(value))) return none
  return [{ value: isThere ? value : undefined, sibling: own, type, element, step, index }]
}

/** As FHIRPath takes it: raw where the value says everything, else a node. */
export function focusOf({ value, sibling, type, element }: Pick<Located, 'value' | 'sibling' | 'type' | 'element'>): PathItem {
  return value === undefined || sibling !== undefined ? new Node(type, value, sibling, element) : (value as PathItem)
}
