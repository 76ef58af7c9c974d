// The two hospitals of the demo as the simulators see them: numbers, departments, wards, staff. Codes are invented; nobody of the staff exists.
import { content, type Place } from './content.ts'
import { personName } from './person-name.ts'
import { Random } from './random.ts'

export type HospitalCode = 'ZJJ' | 'QPJW'

export type Hospital = {
  readonly code: HospitalCode
  readonly name: string
  /** Organisation code as documents and insurance write it; area 9901 does not exist. */
  readonly organization: string
  readonly insuranceCode: string
  /** Medical record number of a resident. */
  recordNumber(resident: number): string
  readonly emergencyDepartment: string
  /** Departments whose diagnoses bring people here; all, when absent. */
  readonly treats?: readonly string[]
  readonly stayDays: readonly [number, number]
  /** How much of the pace's journeys is this hospital's. */
  readonly share: number
}

export const hospitals: Readonly<Record<HospitalCode, Hospital>> = {
  ZJJ: {
    code: 'ZJJ',
    name: '上海市青浦区朱家角人民医院',
    organization: '990118ZJJ0000000001A1001',
    insuranceCode: 'H99011800001',
    recordNumber: resident => `88${String(resident).padStart(6, '0')}`,
    emergencyDepartment: '急诊医学科',
    stayDays: [3, 9],
    share: 1,
  },
  QPJW: {
    code: 'QPJW',
    name: '上海市青浦区精神卫生中心',
    organization: '990118QPJW000000002A5001',
    insuranceCode: 'H99011800002',
    recordNumber: resident => `Q${String(resident).padStart(7, '0')}`,
    emergencyDepartment: '精神科',
    treats: ['精神科', '精神科', '精神科', '老年精神科'],
    stayDays: [18, 55],
    share: 0.4,
  },
}

export type Department = { readonly code: string; readonly name: string }
export type Ward = Department & { readonly beds: number }
export type Staff = { readonly id: string; readonly name: string; readonly title: string }

/** By its name in the hospital, else the hospital's first clinical one. */
export function department(hospital: Hospital, name: string | undefined): Department {
  const clinical = places(hospital, 'clinical')
  const technical = places(hospital, 'technical')
  const found = [...clinical, ...technical].find(place => place.name === name) ?? clinical[0]!
  return { code: found.code, name: found.name }
}

/** A ward that takes patients of the department and sex; undefined where nobody is admitted (ophthalmology). */
export function wardOf(random: Random, hospital: Hospital, departmentName: string, sex: 'M' | 'F'): Ward | undefined {
  const other = sex === 'M' ? '，女）' : '，男）'
  const fitting = places(hospital, 'ward').filter(place => place.department === departmentName && !place.name.endsWith(other))
  if (fitting.length === 0) return undefined
  const found = random.pick(fitting)
  return { code: found.code, name: found.name, beds: found.beds ?? 1 }
}

export type Bed = { readonly ward: Ward; readonly room: string; readonly bed: string }

/** Three beds to a room. */
export function bedIn(random: Random, ward: Ward): Bed {
  const bed = random.integer(1, ward.beds)
  const room = Math.ceil(bed / 3)
  return { ward, room: String(room).padStart(2, '0'), bed: String(bed).padStart(2, '0') }
}

type Role = 'doctor' | 'nurse' | 'technician'

const titles: Readonly<Record<Role, readonly string[]>> = {
  doctor: ['住院医师', '主治医师', '主治医师', '副主任医师', '主任医师'],
  nurse: ['护士', '护师', '主管护师'],
  technician: ['技师', '主管技师'],
}

const letters: Readonly<Record<Role, string>> = { doctor: 'D', nurse: 'N', technician: 'T' }

/** One of a department's few people in the role: the same number is the same person in every story. */
export function staff(random: Random, hospital: Hospital, of: Department, role: Role): Staff {
  const number = random.integer(1, 6)
  const id = `${of.code}${letters[role]}${String(number).padStart(2, '0')}`
  const own = new Random(`staff/${hospital.code}/${id}`)
  const name = personName(own, role === 'nurse' ? 'F' : own.pick(['M', 'F'] as const), own.integer(1966, 1996)).text
  return { id, name, title: own.pick(titles[role]) }
}

function places(hospital: Hospital, kind: string): readonly Place[] {
  return content('departments').rows.filter(place => place.org === hospital.code && place.kind === kind)
}
