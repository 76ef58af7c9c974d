// What the registry says of a document against what the document says itself: number, type, title, time, patient. Values are not repeated in findings.
import { child } from '#formats/cda/elements.ts'
import { cdaMoment } from '#formats/cda/time.ts'
import type { XmlElement } from '#formats/xml/model.ts'
import type { RegisteredDocument } from '#kernel/ports/documents.ts'
import type { Inspection } from '../inspection.ts'

export function checkRegistered(inspection: Inspection, registered: RegisteredDocument): void {
  const { document, root } = inspection
  const compare = (what: string, where: XmlElement | undefined, said: string | undefined, expected: string | undefined) => {
    if (expected !== undefined && said !== expected) inspection.error('document.registered-differs', where ?? root, { what })
  }
  compare('id', child(root, 'id'), document.id.extension, registered.number)
  compare('code', child(root, 'code'), document.code.code, registered.code)
  compare('title', child(root, 'title'), document.title, registered.title)
  const made = registered.effectiveTimeMs === undefined ? undefined : cdaMoment(registered.effectiveTimeMs)
  compare('effectiveTime', child(root, 'effectiveTime'), document.effectiveTime, made)
  const role = child(root, 'recordTarget', 'patientRole')
  compare('patient/name', child(role, 'patient', 'name') ?? role, document.patient.name, registered.patientName)
  for (const { root: oid, extension } of [...document.patient.personIds, ...document.patient.ids]) {
    const expected = registered.patientIds?.[oid ?? '']
    if (expected !== undefined && extension !== undefined && extension !== expected) {
      inspection.error('document.registered-differs', role ?? root, { what: 'patient/id' })
    }
  }
}
