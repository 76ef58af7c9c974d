// What a document stands in: the one it replaces, and the visit with its chain of places.
import { attribute, child, children } from '#formats/cda/elements.ts'
import type { XmlElement } from '#formats/xml/model.ts'
import { idRoots } from '#kernel/oid.ts'
import type { Inspection } from '../inspection.ts'
import { checkInterval } from './times.ts'

const places: readonly string[] = [idRoots.bed, idRoots.room, idRoots.department, idRoots.ward, idRoots.organization]

export function checkContext(inspection: Inspection): void {
  const { root } = inspection
  for (const related of children(root, 'relatedDocument')) if (attribute(related, 'typeCode') === 'RPLC') checkReplaced(inspection, related)
  const encounter = child(root, 'componentOf', 'encompassingEncounter')
  if (!encounter) return
  checkInterval(inspection, child(encounter, 'effectiveTime'))
  checkPlaces(inspection, child(encounter, 'location', 'healthCareFacility', 'serviceProviderOrganization'))
}

function checkReplaced(inspection: Inspection, related: XmlElement): void {
  const parent = child(related, 'parentDocument')
  const number = attribute(child(parent, 'id'), 'extension')
  if (!parent || number === undefined) return inspection.warning('document.replaces-incomplete', parent ?? related)
  const { setId, version } = inspection.document
  const set = attribute(child(parent, 'setId'), 'extension')
  if (set !== undefined && setId?.extension !== undefined && set !== setId.extension) inspection.error('document.replaces-set', parent)
  const replaced = attribute(child(parent, 'versionNumber'), 'value')
  if (replaced !== undefined && version !== undefined && !(Number(version) > Number(replaced))) {
    inspection.error('document.replaces-version', parent, { version, replaced })
  }
}

/** From within outwards; levels may be left out, not exchanged. */
function checkPlaces(inspection: Inspection, facility: XmlElement | undefined): void {
  let furthest = -1
  for (let level = facility; level; level = child(level, 'asOrganizationPartOf', 'wholeOrganization')) {
    const at = places.indexOf(attribute(child(level, 'id'), 'root') ?? '')
    if (at < 0) continue
    if (at < furthest) return inspection.error('document.place-order', level)
    furthest = at
  }
}
