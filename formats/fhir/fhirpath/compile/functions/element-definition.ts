// elementDefinition(): what the model says of each element (fhirpath.html#functions).
import type { ElementDefinition, ElementType } from '../../../model/model.ts'
import { collectionOf, itemsOf } from '../../values/collection.ts'
import { Node } from '../../values/node.ts'
import type { Call } from '../call.ts'
import type { Expr } from '../expr.ts'

export function compileElementDefinition({ compiler, input }: Call): Expr {
  const def = compiler.model.type('ElementDefinition')!
  const { run, element } = input
  return {
    type: { kind: 'fhir', def },
    single: input.single,
    ordered: input.ordered,
    run: (focus, evaluation) => {
      const elements = itemsOf(run(focus, evaluation)).map(item => (item instanceof Node ? (item.element ?? element) : element))
      return collectionOf(elements.filter(found => found !== undefined).map(found => definitionJson(found)))
    },
  }
}

const structures = 'http://hl7.org/fhir/StructureDefinition/'

/** The model's element as FHIR writes it. */
function definitionJson(element: ElementDefinition): object {
  const { path, min, max, types, isModifier, isSummary, binding } = element
  return {
    id: path,
    path,
    min,
    max: max === Number.POSITIVE_INFINITY ? '*' : String(max),
    type: types.map(typeJson),
    isModifier,
    isSummary,
    ...(binding ? { binding: { strength: binding.strength, valueSet: binding.set } } : {}),
  }
}

function typeJson({ code, targets, profiles }: ElementType): object {
  return {
    code,
    ...(targets.length > 0 ? { targetProfile: targets.map(target => structures + target) } : {}),
    ...(profiles.length > 0 ? { profile: profiles.map(profile => structures + profile) } : {}),
  }
}
