// A type of the model as a program: what each JSON member must be, what must be there, what must hold (json.html, conformance-rules.html).
import type { ElementDefinition, ElementType, Model, TypeDefinition } from '#formats/fhir/model/model.ts'
import { canonicalCheck } from '../datatypes/canonical.ts'
import { datatypeChecks } from '../datatypes/checks.ts'
import { checkTargetTypes } from '../datatypes/reference.ts'
import type { Raw } from '../definitions/definition.ts'
import { resourceChecks } from '../resources/checks.ts'
import { stepOf } from '../walk/item.ts'
import type { Run } from '../walk/run.ts'
import { bindingCheck } from './binding.ts'
import { compileInvariant, type Invariant } from './invariant.ts'
import { type PrimitiveCheck, primitiveCheck } from './primitive.ts'

export type TypeCheck = (value: Raw, run: Run) => void
export type ElementCheck = (value: unknown, run: Run) => void

export type MemberProgram = {
  /** JSON member without a leading underscore. */
  readonly name: string
  readonly step: string
  readonly element: ElementDefinition
  readonly ref: ElementType
  readonly type: TypeDefinition
  readonly repeats: boolean
  /** Primitives only. */
  readonly primitive: PrimitiveCheck | undefined
  /** Resolved at first use: types contain each other. */
  content: TypeProgram | undefined
  /** Of the value of this very element: its binding, its targets. */
  readonly checks: readonly ElementCheck[]
  /** Invariants that the definition puts on the element, not on its type. */
  readonly invariants: readonly Invariant[]
}

export type Required = { readonly element: ElementDefinition; readonly members: readonly string[] }

export type TypeProgram = {
  readonly type: TypeDefinition
  readonly members: ReadonlyMap<string, MemberProgram>
  readonly required: readonly Required[]
  readonly invariants: readonly Invariant[]
  readonly checks: readonly TypeCheck[]
}

export class TypePrograms {
  readonly #model: Model
  readonly #programs: (TypeProgram | undefined)[] = []

  constructor(model: Model) {
    this.#model = model
  }

  of(type: TypeDefinition): TypeProgram {
    let program = this.#programs[type.index]
    if (!program) {
      program = this.#compile(type)
      this.#programs[type.index] = program
    }
    return program
  }

  contentOf(member: MemberProgram): TypeProgram {
    member.content ??= this.of(member.type)
    return member.content
  }

  #compile(type: TypeDefinition): TypeProgram {
    const ofElements = type.invariants.filter(invariant => invariant.element !== undefined)
    const members = new Map<string, MemberProgram>()
    for (const { element, type: ref } of type.members.values()) {
      const memberType = this.#model.type(ref.code)!
      const own = ofElements.filter(invariant => invariant.element === element.name || invariant.element === `${element.name}[x]`)
      members.set(ref.member, {
        name: ref.member,
        step: stepOf({ element, type: ref }),
        element,
        ref,
        type: memberType,
        repeats: element.max > 1,
        primitive: memberType.kind === 'primitive' ? primitiveCheck(memberType, element) : undefined,
        content: undefined,
        checks: elementChecks(element, ref, memberType),
        invariants: own.map(invariant => compileInvariant(invariant, memberType.name)).filter(invariant => invariant !== undefined),
      })
    }
    return {
      type,
      members,
      required: [...type.elements.values()]
        .filter(element => element.min > 0)
        .map(element => ({ element, members: element.types.map(ref => ref.member) })),
      invariants: type.invariants
        .filter(invariant => invariant.element === undefined)
        .map(invariant => compileInvariant(invariant, type.name))
        .filter(invariant => invariant !== undefined),
      checks: [...lineage(type)].flatMap(name => [...(datatypeChecks[name] ?? []), ...(resourceChecks[name] ?? [])]),
    }
  }
}

function elementChecks(element: ElementDefinition, ref: ElementType, type: TypeDefinition): ElementCheck[] {
  const binding = bindingCheck(element.binding, type.name)
  const canonical = type.name === 'canonical' ? canonicalCheck(ref.targets) : undefined
  const profiles = ref.profiles.map(name => `http://hl7.org/fhir/StructureDefinition/${name}`)
  return [
    ...(binding ? [binding] : []),
    ...(canonical ? [canonical] : []),
    ...(type.name === 'Reference' ? [(value: unknown, run: Run) => checkTargetTypes(value, ref.targets, run)] : []),
    ...profiles.map(url => (value: unknown, run: Run) => run.world.applyProfile(url, value as Raw, type, run)),
  ]
}

/** The type and its ancestors, the farthest first. */
function lineage(type: TypeDefinition): readonly string[] {
  return [...(type.base ? lineage(type.base) : []), type.name]
}
