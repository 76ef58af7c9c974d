// The patient of a document: numbers, name, sex, birth, age; an identity card must be a real one and agree with the rest.
import { attribute, child, children } from '#formats/cda/elements.ts'
import { readText } from '#formats/cda/read-value.ts'
import { isEmptyName } from '#formats/cda/tolerance.ts'
import type { XmlElement } from '#formats/xml/model.ts'
import { readIdCard } from '#kernel/id-card.ts'
import { idRoots } from '#kernel/oid.ts'
import { type Inspection, shown } from '../inspection.ts'
import { checkCode } from './codes.ts'
import { requiredChild } from './header-order.ts'
import { checkTime } from './times.ts'

const sexSystem = '2.16.156.10011.2.3.3.4'
const patientTypeSystem = '2.16.156.10011.2.3.1.271'
/** Numbers that a hospital knows a patient by. */
const patientNumbers: ReadonlySet<string> = new Set([
  idRoots.healthRecord,
  idRoots.outpatientNumber,
  idRoots.inpatientNumber,
  idRoots.medicalRecordNumber,
  idRoots.healthCard,
])
const ageUnits: ReadonlySet<string> = new Set(['岁', '月', '周', '天'])
const ageMax = 150

export function checkPatient(inspection: Inspection): void {
  const target = child(inspection.root, 'recordTarget')
  const role = target && requiredChild(inspection, target, 'patientRole')
  if (!role) return
  for (const id of children(role, 'id')) checkExtension(inspection, id)
  if (!children(role, 'id').some(isPatientNumber)) inspection.error('document.patient-unnumbered', role)
  const type = child(role, 'patientType', 'patienttypeCode')
  if (type) checkCode(inspection, type, patientTypeSystem)
  const patient = requiredChild(inspection, role, 'patient')
  if (patient) checkPerson(inspection, patient)
}

function checkPerson(inspection: Inspection, patient: XmlElement): void {
  checkName(inspection, child(patient, 'name'), patient, 'patient')
  const sex = requiredChild(inspection, patient, 'administrativeGenderCode')
  if (sex) checkCode(inspection, sex, sexSystem)
  const birth = child(patient, 'birthTime')
  if (birth) checkTime(inspection, birth)
  const age = child(patient, 'age')
  if (!birth && !age) inspection.warning('document.element-missing', patient, { name: 'birthTime' })
  if (age) checkAge(inspection, age)
  for (const id of children(patient, 'id')) {
    checkExtension(inspection, id)
    if (attribute(id, 'root') === idRoots.idCard) checkCard(inspection, id, sex, birth)
  }
}

/** The name of somebody; signs for “unknown” are none. */
export function checkName(inspection: Inspection, name: XmlElement | undefined, holder: XmlElement, who: string): void {
  const text = readText(name)
  if (text === undefined) inspection.error('document.name-missing', name ?? holder, { who })
  else if (isEmptyName(text)) inspection.warning('document.empty-word', name!, { found: text })
}

/** An identifier says its number, or why it has none. */
export function checkExtension(inspection: Inspection, id: XmlElement): void {
  const extension = attribute(id, 'extension')
  if (extension === undefined && attribute(id, 'nullFlavor') === undefined)
    inspection.warning('document.number-empty', id, { name: id.name }, 'extension')
  else if (extension !== undefined && isEmptyName(extension))
    inspection.warning('document.empty-word', id, { found: extension }, 'extension')
}

function isPatientNumber(id: XmlElement): boolean {
  const extension = attribute(id, 'extension')
  return patientNumbers.has(attribute(id, 'root') ?? '') && extension !== undefined && !isEmptyName(extension)
}

function checkAge(inspection: Inspection, age: XmlElement): void {
  const value = attribute(age, 'value') ?? ''
  const unit = attribute(age, 'unit') ?? ''
  const isNumber = /^\d{1,3}$/.test(value) && (unit !== '岁' || Number(value) <= ageMax)
  if (!isNumber || !ageUnits.has(unit)) inspection.error('document.age-invalid', age, { value: shown(value), unit: shown(unit) })
}

function checkCard(inspection: Inspection, id: XmlElement, sex: XmlElement | undefined, birth: XmlElement | undefined): void {
  const number = attribute(id, 'extension')
  if (number === undefined || isEmptyName(number)) return
  const card = readIdCard(number)
  if (!card) return inspection.error('document.id-card-invalid', id, {}, 'extension')
  const born = attribute(birth, 'value')?.slice(0, 8)
  if (born?.length === 8 && born !== card.birthDate.replaceAll('-', '')) inspection.warning('document.id-card-birth', birth!, {}, 'value')
  const code = attribute(sex, 'code')
  if ((code === '1' && card.sex !== 'male') || (code === '2' && card.sex !== 'female'))
    inspection.warning('document.id-card-sex', sex!, {}, 'code')
}
