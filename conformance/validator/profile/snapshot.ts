// Snapshots from differentials (profiling.html#snapshot): every element of the type in its order, with what the profile and its bases say of it.
import type { Model, ElementDefinition as ModelElement, TypeDefinition } from '#formats/fhir/model/model.ts'
import type { BindingTable, InvariantTable } from '#formats/fhir/model/tables.ts'
import { coreRoot, type ElementDefinition } from '../definitions/definition.ts'
import type { ProfileNode } from './tree.ts'

const depthMax = 30

/** Elements with id, path, base, cardinality, types, bindings, constraints and slicing; the texts of the base specification are not kept here. */
export function snapshotOf(root: ProfileNode, model: Model): readonly ElementDefinition[] {
  const type = model.type(root.name)
  const out: ElementDefinition[] = []
  if (!type) return out
  const own = { min: 0, max: '*', constraint: type.invariants.filter(({ element }) => element === undefined).map(constraintOf) }
  out.push(merged({ id: root.name, path: root.name, base: { path: root.name, min: 0, max: '*' }, ...own }, root))
  children(root.name, root.name, type, root, model, out, 0)
  return out
}

function children(
  id: string,
  path: string,
  type: TypeDefinition,
  node: ProfileNode | undefined,
  model: Model,
  out: ElementDefinition[],
  depth: number,
): void {
  if (depth > depthMax) return
  for (const element of type.elements.values()) emit(id, path, type, element, node?.children.get(element.name), model, out, depth)
}

function emit(
  parentId: string,
  parentPath: string,
  owner: TypeDefinition,
  element: ModelElement,
  node: ProfileNode | undefined,
  model: Model,
  out: ElementDefinition[],
  depth: number,
): void {
  const name = element.isChoice ? `${element.name}[x]` : element.name
  const [id, path] = [`${parentId}.${name}`, `${parentPath}.${name}`]
  const base = baseOf(element, owner, model)
  out.push(merged({ ...base, id, path }, node))
  inside(id, path, element, node, node, model, out, depth)
  for (const slice of node?.slices.values() ?? []) sliced(id, path, base, element, node!, slice, model, out, depth)
}

function sliced(
  id: string,
  path: string,
  base: Partial<ElementDefinition>,
  element: ModelElement,
  node: ProfileNode,
  slice: ProfileNode,
  model: Model,
  out: ElementDefinition[],
  depth: number,
): void {
  const inherited = merged({ ...base, id, path }, node, false)
  const sliceId = `${id}:${slice.sliceName}`
  out.push(merged({ ...inherited, min: 0, id: sliceId, path, sliceName: slice.sliceName! }, slice))
  inside(sliceId, path, element, slice, node, model, out, depth)
  for (const inner of slice.slices.values()) sliced(id, path, base, element, node, inner, model, out, depth + 1)
}

/** Backbone elements are spelled out; data types where the profile, or what it slices, reaches into them. */
function inside(
  id: string,
  path: string,
  element: ModelElement,
  node: ProfileNode | undefined,
  outer: ProfileNode | undefined,
  model: Model,
  out: ElementDefinition[],
  depth: number,
): void {
  const code = node?.rules.type?.length === 1 ? node.rules.type[0]!.code : element.types.length === 1 ? element.types[0]!.code : undefined
  const type = code === undefined ? undefined : model.type(code)
  const isOwn = type?.name.startsWith(path.replace(/\[x\]/g, '')) ?? false
  const reaches = (node?.children.size ?? 0) > 0 || (outer?.children.size ?? 0) > 0
  if (type && (isOwn || reaches)) children(id, path, type, node?.children.size ? node : outer, model, out, depth + 1)
}

function baseOf(element: ModelElement, owner: TypeDefinition, model: Model): Partial<ElementDefinition> {
  const max = element.max === Number.POSITIVE_INFINITY ? '*' : String(element.max)
  const type = element.types.map(ref => ({
    code: ref.code.includes('.') ? 'BackboneElement' : ref.code,
    ...(ref.targets.length > 0 ? { targetProfile: ref.targets.map(target => coreRoot + target) } : {}),
    ...(ref.profiles.length > 0 ? { profile: ref.profiles.map(profile => coreRoot + profile) } : {}),
  }))
  const inner = element.types.length === 1 ? (model.type(element.types[0]!.code)?.invariants ?? []) : []
  const constraint = [
    ...inner.filter(one => one.element === undefined),
    ...owner.invariants.filter(one => one.element === element.name),
  ].map(constraintOf)
  return {
    min: element.min,
    max,
    base: { path: element.path, min: element.min, max },
    type,
    ...(element.maxLength === undefined ? {} : { maxLength: element.maxLength }),
    ...(element.isModifier ? { isModifier: true } : {}),
    ...(element.binding ? { binding: bindingOf(element.binding) } : {}),
    ...(constraint.length > 0 ? { constraint } : {}),
  }
}

function bindingOf({ strength, set, max }: BindingTable): NonNullable<ElementDefinition['binding']> {
  const extension = [{ url: `${coreRoot}elementdefinition-maxValueSet`, valueCanonical: max }]
  return { strength, valueSet: set, ...(max === undefined ? {} : { extension }) }
}

function constraintOf({ key, severity, human, expression }: InvariantTable) {
  return { key, severity, human, expression }
}

/** A slice does not inherit the slicing it is part of. */
function merged(base: Partial<ElementDefinition>, node: ProfileNode | undefined, withSlicing = true): ElementDefinition {
  if (!node) return base as ElementDefinition
  const own = [...node.constraints.values()].map(({ profile, ...constraint }) => ({ ...constraint, source: profile }))
  const keys = new Set(own.map(({ key }) => key))
  const constraint = [...(base.constraint ?? []).filter(({ key }) => !keys.has(key)), ...own]
  return {
    ...base,
    ...node.rules,
    ...(node.slicing && withSlicing ? { slicing: node.slicing } : {}),
    ...(constraint.length > 0 ? { constraint } : {}),
  } as ElementDefinition
}
