// Elements that FHIR requires: every plan has a rule for each, and a list item that lacks one in a message is left out with a fault.
import type { Model } from '#formats/fhir/model/model.ts'
import type { JsonObject } from '#kernel/json.ts'

/** Names of the members (one per choice type) that must not all be absent, per required element. */
export function requiredMembers(type: string, model: Model): readonly (readonly string[])[] {
  const elements = model.type(type)?.elements.values() ?? []
  // The URL of an extension is part of the path that leads to it.
  return [...elements]
    .filter(element => element.min > 0 && element.path !== 'Extension.url')
    .map(element => element.types.map(of => of.member))
}

/** Required elements that none of the members written fills. */
export function missingElements(type: string, writes: ReadonlySet<string>, model: Model): string[] {
  if (writes.has('$value')) return []
  return requiredMembers(type, model)
    .filter(members => !members.some(member => writes.has(member)))
    .map(members => members.join(' or '))
}

/** The first required element that an object lacks; undefined when it has them all. */
export function lacking(object: JsonObject, required: readonly (readonly string[])[]): string | undefined {
  return required.find(members => members.every(member => object[member] === undefined))?.[0]
}
