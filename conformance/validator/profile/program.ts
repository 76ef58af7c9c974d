// A profile as a program: runs over the elements it constrains, and no others (profiling.html).
import type { Model, TypeDefinition } from '#formats/fhir/model/model.ts'
import type { Raw, StructureDefinition } from '../definitions/definition.ts'
import { versionedUrl } from '../definitions/definition.ts'
import { childrenOf, type Located } from '../walk/item.ts'
import type { Run } from '../walk/run.ts'
import type { ProfileTree } from './profiles.ts'
import { type ElementRules, elementRules } from './rules.ts'
import { SliceProgram } from './slicing.ts'
import type { ProfileNode } from './tree.ts'

export class ProfileProgram {
  readonly url: string
  readonly definition: StructureDefinition
  readonly tree: ProfileTree
  readonly root: NodeProgram
  readonly #model: Model

  constructor(definition: StructureDefinition, tree: ProfileTree, model: Model) {
    this.url = versionedUrl(definition)
    this.definition = definition
    this.tree = tree
    this.#model = model
    this.root = new NodeProgram(tree.root, model)
  }

  applyTo(value: Raw, type: TypeDefinition, run: Run): void {
    this.apply({ value, sibling: undefined, type, element: undefined, step: '', index: undefined }, run)
  }

  apply(item: Located, run: Run): void {
    const { type } = this.definition
    if (!this.#model.isA(item.type.name, type))
      return run.error('validator.profile-wrong-type', { profile: this.url, expected: type, found: item.type.name })
    if (this.tree.problems.length > 0)
      run.warning('validator.profile-unusable', { profile: this.url, reason: this.tree.problems.slice(0, 5).join(', ') })
    if (item.type.kind === 'resource' && !run.findings.isFirst(item.value, this)) return
    this.root.check(item, run)
  }

  /** Whether a value would be assigned to a slice of any element; null when there is no slice of that name. */
  inSlice(name: string, value: Raw, type: TypeDefinition, run: Run): boolean | null {
    const slicing = this.root.findSlicing(name)
    if (!slicing) return null
    return slicing.isIn(name, { value, sibling: undefined, type, element: undefined, step: '', index: undefined }, run)
  }
}

export class NodeProgram {
  readonly node: ProfileNode
  readonly #model: Model
  readonly #rules: ElementRules
  readonly #children: readonly NodeProgram[]
  readonly slicing: SliceProgram | undefined
  readonly #min: number
  readonly #max: number

  constructor(node: ProfileNode, model: Model) {
    this.node = node
    this.#model = model
    this.#rules = elementRules(node)
    this.#children = [...node.children.values()].map(child => new NodeProgram(child, model))
    this.slicing = node.slices.size === 0 ? undefined : new SliceProgram(node, slice => new NodeProgram(slice, model))
    this.#min = node.rules.min ?? 0
    this.#max = node.rules.max === undefined || node.rules.max === '*' ? Number.POSITIVE_INFINITY : Number(node.rules.max)
  }

  /** One element, the trail standing on it. */
  check(item: Located, run: Run): void {
    this.#rules.check(item, run)
    if (this.#children.length === 0) return
    if (item.type.kind === 'resource') run.world.insideOf(item.value as object, run, () => this.#checkChildren(item, run))
    else this.#checkChildren(item, run)
  }

  #checkChildren(item: Located, run: Run): void {
    for (const child of this.#children) child.checkAll(childrenOf(item, child.node.name, this.#model), run)
  }

  /** All elements of a name under one parent, the trail standing on the parent. */
  checkAll(items: readonly Located[], run: Run): void {
    this.count(items.length, run)
    if (items.length === 0 && !this.slicing) return
    for (const item of items) this.#enter(item, run, () => this.check(item, run))
    this.slicing?.check(items, run, (item, check) => this.#enter(item, run, check))
  }

  count(count: number, run: Run): void {
    const { path, profile, sliceName } = this.node
    if (count < this.#min) {
      if (sliceName === undefined) run.error('validator.minimum', { path, min: this.#min, count, profile })
      else run.error('validator.slice-minimum', { slice: `${path}:${sliceName}`, path, min: this.#min, count, profile })
    }
    if (count > this.#max)
      run.error('validator.maximum', { path: sliceName === undefined ? path : `${path}:${sliceName}`, max: this.#max, count, profile })
  }

  findSlicing(name: string): SliceProgram | undefined {
    if (this.slicing?.has(name)) return this.slicing
    for (const child of this.#children) {
      const found = child.findSlicing(name)
      if (found) return found
    }
    return undefined
  }

  #enter({ step, index, value, type }: Located, run: Run, check: () => void): void {
    const depth = run.trail.depth
    run.trail.push(step)
    if (index !== undefined) run.trail.push(index)
    if (type.kind === 'resource') run.trail.push(value as Raw)
    check()
    run.trail.cut(depth)
  }
}
