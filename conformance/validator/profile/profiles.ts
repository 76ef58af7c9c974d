// Profiles by URL, each laid out and compiled at its first use.
import type { Model } from '#formats/fhir/model/model.ts'
import { coreRoot, type StructureDefinition, versionedUrl } from '../definitions/definition.ts'
import type { Definitions } from '../definitions/registry.ts'
import { ProfileProgram } from './program.ts'
import { layOver, ProfileNode } from './tree.ts'

const lineageMax = 30

export class ProfilePrograms {
  readonly #definitions: Definitions
  readonly #model: Model
  readonly #byUrl = new Map<string, ProfileProgram | undefined>()
  readonly #trees = new Map<StructureDefinition, ProfileTree>()
  readonly #programs = new Map<StructureDefinition, ProfileProgram>()

  constructor(definitions: Definitions, model: Model) {
    this.#definitions = definitions
    this.#model = model
  }

  /** Undefined when there is no such profile, or the URL is that of a type of the specification, which has nothing to add. */
  find(url: string): ProfileProgram | undefined {
    if (this.#byUrl.has(url)) return this.#byUrl.get(url)
    const definition = this.#definitions.structure(url)
    const program = definition && !this.#isType(definition) ? this.ofDefinition(definition) : undefined
    this.#byUrl.set(url, program)
    return program
  }

  ofDefinition(definition: StructureDefinition): ProfileProgram {
    let program = this.#programs.get(definition)
    if (!program) {
      program = new ProfileProgram(definition, this.treeOf(definition), this.#model)
      this.#programs.set(definition, program)
    }
    return program
  }

  /** The constraints of a profile and all it derives from. */
  treeOf(definition: StructureDefinition, depth = 0): ProfileTree {
    const known = this.#trees.get(definition)
    if (known) return known
    const type = this.#model.type(definition.type)
    const url = versionedUrl(definition)
    const tree: ProfileTree = { root: new ProfileNode(definition.type, definition.type, undefined, type ? [type] : [], url), problems: [] }
    this.#trees.set(definition, tree)
    const { baseDefinition } = definition
    const base = baseDefinition === undefined ? undefined : this.#definitions.structure(baseDefinition)
    if (base && !this.#isType(base) && depth < lineageMax) {
      const inherited = this.treeOf(base, depth + 1)
      tree.root = inherited.root.copy()
      tree.root.profile = url
      tree.problems.push(...inherited.problems)
    }
    const knowsBase = base !== undefined && definition.differential !== undefined
    const elements = knowsBase ? definition.differential!.element : (definition.snapshot?.element ?? definition.differential?.element)
    if (!elements) tree.problems.push(definition.snapshot || base ? 'differential' : `baseDefinition ${baseDefinition ?? ''}`)
    else tree.problems.push(...layOver(tree.root, definition, elements, this.#model))
    return tree
  }

  /** A type of the specification itself: the walk by type already holds everything against it. */
  #isType({ url, type }: StructureDefinition): boolean {
    return url === coreRoot + type && this.#model.type(type) !== undefined
  }
}

export type ProfileTree = { root: ProfileNode; readonly problems: string[] }
