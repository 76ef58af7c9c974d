// ADT messages as the two hospitals' HIS write them: which segments, and what differs between the houses (HL7 v2 chapter 3).
import { stamp } from './china-time.ts'
import { type Fields, type FieldValue, messageBytes, repeat, type Sender, segment } from './hl7v2-text.ts'
import type { Hospital } from './hospital.ts'
import type { Person } from './person.ts'
import type { Draft } from './simulator.ts'
import { inWords, patientStatement, type Statement, visitStatement } from './statement.ts'
import type { AdtEvent, PatientRecord, StoryEvent, Visit } from './story-event.ts'

/** What a HIS does in its own way. */
export type Dialect = {
  readonly hospital: Hospital
  readonly name: (person: Person) => readonly string[]
  readonly sex: (person: Person) => string
  readonly marital: (person: Person) => string
  /** Where the identity number stands: as a repetition of PID-3, or in PID-19. */
  readonly idCardIn: 'PID-3' | 'PID-19'
  readonly operator: string
}

/** Message structure by trigger, where it is not the trigger's own (table 0354). */
const structures: Readonly<Record<AdtEvent['trigger'], string>> = {
  A01: 'ADT_A01',
  A02: 'ADT_A02',
  A03: 'ADT_A03',
  A04: 'ADT_A01',
  A05: 'ADT_A05',
  A06: 'ADT_A06',
  A07: 'ADT_A06',
  A08: 'ADT_A01',
  A11: 'ADT_A09',
  A12: 'ADT_A12',
  A13: 'ADT_A01',
  A40: 'ADT_A39',
}

const words: Readonly<Record<AdtEvent['trigger'], string>> = {
  A01: '入院',
  A02: '转床',
  A03: '离院',
  A04: '登记',
  A05: '预约入院',
  A06: '转为住院',
  A07: '转为门诊',
  A08: '更新资料',
  A11: '取消就诊',
  A12: '取消转床',
  A13: '取消出院',
  A40: '合并病历号',
}

/** The draft of an ADT message. */
export function adtDraft(event: StoryEvent & AdtEvent, dialect: Dialect, sender: Sender, controlId: string): Draft {
  const { trigger } = event
  const head = { type: 'ADT', trigger, structure: structures[trigger], controlId, sentMs: event.atMs }
  return {
    kind: `ADT^${trigger}`,
    bytes: messageBytes(sender, head, adtSegments(event, dialect)),
    intent: {
      words: `${inWords(event.patient)} ${words[trigger]} ${event.visit?.number ?? `${event.retired?.number} → ${event.patient.number}`}`,
      eventMs: event.eventMs,
      statements: adtStatements(event),
    },
  }
}

function adtSegments(event: StoryEvent & AdtEvent, dialect: Dialect): readonly string[] {
  const { patient, visit } = event
  const head = segment('EVN', { 1: event.trigger, 2: stamp(event.eventMs), 5: dialect.operator, 6: stamp(event.eventMs) })
  if (event.trigger === 'A40')
    return [head, pid(patient, dialect), segment('MRG', { 1: [event.retired!.number, '', '', dialect.hospital.code, 'MR'] })]
  const person = pid(patient, dialect)
  const stay = pv1(visit!, event, dialect)
  // Moves and cancellations say where the patient is; the rest was said before (their structures have no room for it).
  if (['A02', 'A11', 'A12'].includes(event.trigger)) return [head, person, stay]
  return [head, person, ...nextOfKin(patient), stay, ...pv2(visit!), ...allergies(patient), ...diagnoses(visit!), ...insurance(patient)]
}

function adtStatements(event: AdtEvent): readonly Statement[] {
  const patient = patientStatement(event.patient)
  if (event.retired) return [{ about: 'merge', survivor: event.patient.number, retired: event.retired.number }, patient]
  return event.visit ? [patient, visitStatement(event.visit)] : [patient]
}

export function pid(patient: PatientRecord, dialect: Dialect): string {
  const { person } = patient
  const { address } = person
  const inList = dialect.idCardIn === 'PID-3' && person.idCard
  return segment('PID', {
    1: '1',
    3: repeat(
      [patient.number, '', '', dialect.hospital.code, 'MR'],
      inList ? [person.idCard!, '', '', 'PRC', 'NI'] : undefined,
      person.passport ? [person.passport, '', '', 'PASSPORT', 'PPN'] : undefined,
      person.insurance && !patient.temporary ? [person.insurance.cardNumber, '', '', 'NHSA', 'HC'] : undefined,
    ),
    5: dialect.name(person),
    7: patient.temporary ? undefined : person.birthDate.replaceAll('-', ''),
    8: dialect.sex(person),
    11: patient.temporary ? undefined : [address.line, address.town, address.district, address.province, address.postcode, 'CHN', 'H'],
    13: patient.temporary ? undefined : [person.phone, 'PRN', 'CP'],
    16: patient.temporary ? undefined : dialect.marital(person),
    19: dialect.idCardIn === 'PID-19' ? person.idCard : undefined,
    21: patient.mother ? [patient.mother, '', '', dialect.hospital.code, 'MR'] : undefined,
    22: patient.temporary ? undefined : [person.name.ethnic, '', 'GB3304'],
    29: patient.deathMs === undefined ? undefined : stamp(patient.deathMs),
    30: patient.deathMs === undefined ? undefined : 'Y',
  })
}

export function pv1(visit: Visit, event: Pick<AdtEvent, 'previousBed'>, { hospital }: Dialect): string {
  const place = (bed: Visit['bed']): FieldValue =>
    bed ? [bed.ward.code, bed.room, bed.bed, hospital.code] : [visit.department.code, '', '', hospital.code]
  return segment('PV1', {
    1: '1',
    2: { AMB: 'O', EMER: 'E', IMP: 'I' }[visit.class],
    3: place(visit.bed),
    6: event.previousBed ? place(event.previousBed) : undefined,
    7: [visit.attending.id, visit.attending.name],
    10: visit.department.code,
    14: visit.class === 'IMP' ? visit.route : undefined,
    18: visit.legalStatus,
    19: visit.number,
    20: visit.payment,
    36: visit.disposition,
    44: visit.status === 'planned' ? undefined : stamp(visit.startMs),
    45: visit.endMs === undefined ? undefined : stamp(visit.endMs),
  })
}

function pv2(visit: Visit): string[] {
  const main = visit.diagnoses[0]
  return visit.class === 'IMP' && main
    ? [segment('PV2', { 3: ['', main.name], 8: visit.status === 'planned' ? stamp(visit.startMs) : undefined })]
    : []
}

function nextOfKin({ person, temporary, mother }: PatientRecord): string[] {
  if (temporary) return []
  const fields: Fields = {
    1: '1',
    2: [person.contact.name],
    3: [mother ? '52' : person.contact.relation, '', 'GB4761'],
    5: [person.contact.phone, 'PRN', 'CP'],
  }
  return [segment('NK1', fields)]
}

function allergies({ person }: PatientRecord): string[] {
  return person.allergies.map((allergy, index) => segment('AL1', { 1: String(index + 1), 2: 'DA', 3: [allergy.code, allergy.name, 'L'] }))
}

/** The first is the main one; working while the visit lasts, final at its end. */
function diagnoses(visit: Visit): string[] {
  const kind = visit.status === 'finished' ? 'F' : visit.class === 'IMP' ? 'A' : 'W'
  return visit.diagnoses.map((row, index) =>
    segment('DG1', { 1: String(index + 1), 3: [row.code, row.name, 'ICD-10-CN'], 5: stamp(visit.startMs), 6: kind, 15: String(index + 1) }),
  )
}

function insurance({ person, temporary }: PatientRecord): string[] {
  if (!person.insurance || temporary) return []
  const { insutype, personNumber } = person.insurance
  return [
    segment('IN1', {
      1: '1',
      2: [insutype, insutype === '310' ? '职工基本医疗保险' : '城乡居民基本医疗保险', 'NHSA'],
      3: ['NHSA'],
      36: personNumber,
    }),
  ]
}
