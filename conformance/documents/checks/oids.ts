// Every OID of a document: well formed, no placeholder, and one that the registry has (WS/T 682).
import { attribute } from '#formats/cda/elements.ts'
import { usualSystem } from '#formats/cda/tolerance.ts'
import { cdaTypeId, hl7Systems, placeholderOid } from '#formats/cda/vocabulary.ts'
import type { XmlElement } from '#formats/xml/model.ts'
import { isOid } from '#kernel/oid.ts'
import { type Inspection, shown } from '../inspection.ts'

const attributes = ['root', 'codeSystem'] as const
const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i
const hl7: ReadonlySet<string> = new Set([cdaTypeId.root, ...Object.values(hl7Systems)])

export function checkOids(inspection: Inspection): void {
  const { root, spec } = inspection
  const known = new Set([...hl7, ...(spec ? [spec.templateRoot, ...spec.patientIds] : [])])
  const open: XmlElement[] = [root]
  for (let element = open.pop(); element; element = open.pop()) {
    for (const name of attributes) {
      const oid = attribute(element, name)
      if (oid !== undefined && !known.has(oid) && checkOid(inspection, element, name, oid)) known.add(oid)
    }
    for (const child of element.children) if (child.kind === 'element') open.push(child)
  }
}

/** True when there is nothing to say against it. */
function checkOid(inspection: Inspection, element: XmlElement, name: string, oid: string): boolean {
  const bare = oid.replace(/^urn:oid:/, '')
  if (bare === placeholderOid) inspection.error('document.oid-placeholder', element, { oid }, name)
  else if (!isOid(bare)) {
    if (name === 'root' && uuid.test(oid)) return true
    inspection.error('document.oid-invalid', element, { oid: shown(oid) }, name)
  } else if (inspection.tools.knowsOid(bare) || inspection.tools.knowsOid(usualSystem(bare))) return true
  else inspection.warning('document.oid-unknown', element, { oid: shown(oid) }, name)
  return false
}
