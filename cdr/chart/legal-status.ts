// 住院性质 (精神卫生法 第三十条): on what ground somebody stays in a psychiatric ward, as the hospital states it on the Encounter.
import { canonicalRoot } from '#kernel/canonical.ts'
import type { JsonObject } from '#kernel/json.ts'
import { conceptText, objects } from './element.ts'

export const legalStatusExtension = `${canonicalRoot}/StructureDefinition/admission-legal-status`

/** In the hospital's words; `''` where nothing is stated. */
export function legalStatusOf(encounter: JsonObject): string {
  const stated = objects(encounter['extension']).find(extension => extension['url'] === legalStatusExtension)
  return conceptText(stated?.['valueCodeableConcept'])
}
