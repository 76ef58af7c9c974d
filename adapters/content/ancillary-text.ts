// What laboratory and imaging systems know of a patient and a visit: enough to find them, no more (HL7 v2 chapter 3.4).
import { segment } from './hl7v2-text.ts'
import type { Hospital, Staff } from './hospital.ts'
import type { PatientRecord, Visit } from './story-event.ts'

/** Number, name, birth date, sex as the HIS codes it. */
export function shortPid({ number, person, temporary }: PatientRecord, hospital: Hospital): string {
  return segment('PID', {
    1: '1',
    3: [number, '', '', hospital.code, 'MR'],
    5: [person.name.text],
    7: temporary ? undefined : person.birthDate.replaceAll('-', ''),
    8: person.sex === 'M' ? '1' : '2',
  })
}

export function shortPv1(visit: Visit): string {
  return segment('PV1', { 1: '1', 2: { AMB: 'O', EMER: 'E', IMP: 'I' }[visit.class], 10: visit.department.code, 19: visit.number })
}

/** OBR-32 and OBR-33: number and name as subcomponents of the first component (NDL). */
export function interpreter(staff: Staff): readonly (readonly string[])[] {
  return [[staff.id, staff.name]]
}
