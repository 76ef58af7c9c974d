// A profile as a tree that holds only what it constrains (profiling.html): the differentials of its lineage laid over one another.
import type { Model, TypeDefinition } from '#formats/fhir/model/model.ts'
import type { Constraint, ElementDefinition, Slicing, StructureDefinition } from '../definitions/definition.ts'

export type ProfileConstraint = Constraint & { readonly profile: string }

export class ProfileNode {
  /** Name of the element without `[x]`; the type for the root. */
  readonly name: string
  /** As definitions write it, slices included: `Observation.component:systolic.code`. */
  readonly id: string
  readonly sliceName: string | undefined
  /** What the element may be before any constraint; empty where nobody knows. */
  readonly types: readonly TypeDefinition[]
  /** Everything said of the element, later words over earlier ones. */
  rules: Partial<ElementDefinition> = {}
  /** Which profile said what of a rule last, for findings. */
  profile: string
  readonly constraints = new Map<string, ProfileConstraint>()
  slicing: Slicing | undefined
  readonly slices = new Map<string, ProfileNode>()
  readonly children = new Map<string, ProfileNode>()
  /** The id without slices, as findings name the element. */
  readonly path: string

  constructor(name: string, id: string, sliceName: string | undefined, types: readonly TypeDefinition[], profile: string) {
    this.name = name
    this.id = id
    this.path = id.replace(/:[^.]+/g, '')
    this.sliceName = sliceName
    this.types = types
    this.profile = profile
  }

  copy(): ProfileNode {
    const copy = new ProfileNode(this.name, this.id, this.sliceName, this.types, this.profile)
    copy.rules = this.rules
    copy.slicing = this.slicing
    for (const [key, constraint] of this.constraints) copy.constraints.set(key, constraint)
    for (const [name, slice] of this.slices) copy.slices.set(name, slice.copy())
    for (const [name, child] of this.children) copy.children.set(name, child.copy())
    return copy
  }
}

/** Lays the elements of a definition over a tree. Returns what could not be placed. */
export function layOver(
  root: ProfileNode,
  definition: StructureDefinition,
  elements: readonly ElementDefinition[],
  model: Model,
): string[] {
  const profile = definition.version ? `${definition.url}|${definition.version}` : definition.url
  const problems: string[] = []
  let open: { path: string; slice: string }[] = []
  for (const element of elements) {
    open = open.filter(({ path }) => element.path.startsWith(`${path}.`))
    const steps = stepsOf(element, open)
    let node: ProfileNode | undefined = root
    for (const step of steps) {
      const next: ProfileNode | undefined = childOf(node, step, profile, model)
      if (!next) problems.push(element.id ?? element.path)
      node = next ?? node
      if (!next) break
    }
    if (element.sliceName) open.push({ path: element.path, slice: element.sliceName })
    constrain(node, element, profile)
  }
  return problems
}

type Step = { readonly name: string; readonly slice: string | undefined }

/** By the id where it agrees with the path, else by the path and the slices that are open. */
function stepsOf({ id, path, sliceName }: ElementDefinition, open: readonly { path: string; slice: string }[]): Step[] {
  const names = path.split('.')
  const parts = id?.split('.')
  if (parts?.length === names.length && (sliceName === undefined || parts.at(-1)!.includes(':')))
    return parts.slice(1).map(part => {
      const colon = part.indexOf(':')
      return colon < 0 ? { name: part, slice: undefined } : { name: part.slice(0, colon), slice: part.slice(colon + 1) }
    })
  return names.slice(1).map((name, i) => {
    const prefix = names.slice(0, i + 2).join('.')
    const slice = prefix === path ? sliceName : open.findLast(one => one.path === prefix)?.slice
    return { name, slice }
  })
}

function childOf(parent: ProfileNode, { name, slice }: Step, profile: string, model: Model): ProfileNode | undefined {
  const plain = name.endsWith('[x]') ? name.slice(0, -3) : name
  const owner = typesWithin(parent, model)
  const element = owner.map(type => type.elements.get(plain)).find(found => found !== undefined)
  if (element) {
    const types = element.types.map(({ code }) => model.type(code)).filter(type => type !== undefined)
    const child = childNamed(parent, plain, element.isChoice ? `${plain}[x]` : plain, types, profile)
    return slice === undefined ? child : sliceNamed(child, slice, profile)
  }
  const member = owner.map(type => type.members.get(plain)).find(found => found !== undefined)
  if (!member) return undefined
  const choice = childNamed(parent, member.element.name, `${member.element.name}[x]`, [], profile)
  const typed = sliceNamed(choice, plain, profile)
  typed.rules = { type: [{ code: member.type.code }], ...typed.rules }
  return slice === undefined || slice === plain ? typed : sliceNamed(typed, slice, profile)
}

/** Types whose elements may be named beneath a node: those it is constrained to, where it is. */
function typesWithin(node: ProfileNode, model: Model): readonly TypeDefinition[] {
  const named = node.rules.type?.map(({ code }) => model.type(code)).filter(type => type !== undefined)
  const narrowed = named?.filter(
    type => type.kind !== 'backbone' && !(type.abstract && type.kind !== 'resource') && type.name !== 'Resource',
  )
  return narrowed && narrowed.length > 0 ? narrowed : node.types.length > 0 ? node.types : []
}

function childNamed(parent: ProfileNode, name: string, idName: string, types: readonly TypeDefinition[], profile: string): ProfileNode {
  let child = parent.children.get(name)
  if (!child) {
    child = new ProfileNode(name, `${parent.id}.${idName}`, undefined, types, profile)
    parent.children.set(name, child)
  }
  return child
}

/** `a/b` is the slice b of the slice a (reslicing). */
function sliceNamed(node: ProfileNode, name: string, profile: string): ProfileNode {
  const slash = name.lastIndexOf('/')
  const parent = slash < 0 ? node : (node.slices.get(name.slice(0, slash)) ?? node)
  let slice = parent.slices.get(name)
  if (!slice) {
    const member =
      node.types.length > 0 ? node.types.find(type => name === node.name + type.name[0]!.toUpperCase() + type.name.slice(1)) : undefined
    slice = new ProfileNode(node.name, `${node.id.replace(/:[^.:]+$/, '')}:${name}`, name, member ? [member] : node.types, profile)
    if (member && node.types.length > 1) slice.rules = { type: [{ code: member.name }] }
    parent.slices.set(name, slice)
  }
  return slice
}

function constrain(node: ProfileNode, element: ElementDefinition, profile: string): void {
  const { constraint, slicing, id, path, sliceName, ...rules } = element
  node.rules = { ...node.rules, ...rules }
  node.profile = profile
  if (slicing) node.slicing = { ...node.slicing, ...slicing }
  for (const one of constraint ?? []) node.constraints.set(one.key, { ...one, profile })
}
