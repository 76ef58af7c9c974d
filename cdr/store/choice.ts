// Elements of several types (value[x], FHIR R4 formats.html#choice): a resource holds one of their members at a time.
import { r4 } from '#formats/fhir/model/r4.ts'

const none: readonly string[] = []
const ofType = new Map<string, ReadonlyMap<string, readonly string[]>>()

/** The members that must be empty where this one is filled; none for elements of one type. */
export function rivalsOf(type: string, member: string): readonly string[] {
  let choices = ofType.get(type)
  if (!choices) ofType.set(type, (choices = choicesOf(type)))
  return choices.get(member) ?? none
}

function choicesOf(type: string): ReadonlyMap<string, readonly string[]> {
  const members = [...(r4.type(type)?.members ?? [])]
  const byElement = Map.groupBy(members, ([, { element }]) => element)
  return new Map(
    [...byElement.values()]
      .filter(choice => choice.length > 1)
      .flatMap(choice => choice.map(([name]) => [name, choice.map(([other]) => other).filter(other => other !== name)] as const)),
  )
}
