// One patient's way through a hospital as events: outpatient, emergency, inpatient, with the cancellations, merges and late messages that real feeds have.
import { dateOf, dayMs, hourMs, minuteMs, stamp } from './china-time.ts'
import { emsRun, runStates } from './ems-run.ts'
import { bedIn, department, type Hospital, hospitals, staff, wardOf } from './hospital.ts'
import { diagnosis } from './illness.ts'
import { orderForIllness } from './journey-orders.ts'
import { JourneyScript } from './journey-script.ts'
import { newborn } from './person.ts'
import type { Random } from './random.ts'
import type { PatientRecord, StoryEvent, Visit, VisitClass } from './story-event.ts'
import type { World } from './world.ts'

export type JourneyKind = 'outpatient' | 'emergency' | 'inpatient'

/** Shares of the kinds, and how often the unusual happens. */
const kinds: Readonly<Record<Hospital['code'], readonly { readonly kind: JourneyKind; readonly share: number }[]>> = {
  ZJJ: [
    { kind: 'outpatient', share: 0.6 },
    { kind: 'emergency', share: 0.22 },
    { kind: 'inpatient', share: 0.18 },
  ],
  QPJW: [
    { kind: 'outpatient', share: 0.58 },
    { kind: 'emergency', share: 0.12 },
    { kind: 'inpatient', share: 0.3 },
  ],
}

const prefixes: Readonly<Record<JourneyKind, string>> = { outpatient: 'M', emergency: 'E', inpatient: 'ZY' }
const classes: Readonly<Record<JourneyKind, VisitClass>> = { outpatient: 'AMB', emergency: 'EMER', inpatient: 'IMP' }

/** Journey number `index` of a hospital: the same events whoever asks. */
export function journey(world: World, hospital: Hospital, index: number, startMs: number): readonly StoryEvent[] {
  const random = world.stream(`journey/${hospital.code}/${index}`)
  const { kind } = random.weighted(kinds[hospital.code], entry => entry.share)
  const { number, diagnoses } = patientFor(world, hospital, random, index, startMs, kind)
  const person = world.resident(number)
  const patient: PatientRecord = { number: hospital.recordNumber(number), person }
  const own = department(hospital, kind === 'emergency' ? hospital.emergencyDepartment : diagnoses[0]?.department)
  const visit: Visit = {
    number: `${prefixes[kind]}${stamp(startMs).slice(2, 8)}${String(index % 100_000).padStart(5, '0')}`,
    record: patient.number,
    class: classes[kind],
    status: 'in-progress',
    department: own,
    attending: staff(random, hospital, own, 'doctor'),
    startMs,
    route: kind === 'inpatient' ? (random.chance(0.7) ? '1' : '2') : '9',
    payment: person.insurance ? (person.insurance.insutype === '310' ? '01' : '02') : '07',
    diagnoses,
    ...(hospital.code === 'QPJW' && kind === 'inpatient' ? { legalStatus: legalStatus(random) } : {}),
  }
  const script = new JourneyScript({ random, self: world.self(number), hospital, index, patient, visit })
  if (person.insurance && !person.borrowed) askInsurance(script, startMs)
  if (kind === 'outpatient') outpatient(script)
  else if (kind === 'emergency') emergency(script)
  else inpatient(script, startMs)
  return script.events()
}

/** A stride through the residents: nobody comes back before almost everybody has been there. Who has nothing the hospital treats is passed over. */
function patientFor(
  world: World,
  hospital: Hospital,
  random: Random,
  index: number,
  atMs: number,
  kind: JourneyKind,
): { number: number; diagnoses: Visit['diagnoses'] } {
  const wanted = kind === 'emergency' ? hospital.emergencyDepartment : hospital.treats && random.pick(hospital.treats)
  for (let skipped = 0; skipped < world.residents; skipped++) {
    const number = (index * 7919 + skipped * 31 + (hospital.code === 'QPJW' ? 1371 : 0)) % world.residents
    const diagnoses = diagnosis(random, hospital.code, world.resident(number), atMs, wanted)
    if (diagnoses.length > 0) return { number, diagnoses }
  }
  throw new Error(`nobody of ${world.residents} residents can be a patient of ${hospital.code}`)
}

function legalStatus(random: Random): string {
  return random.weighted(
    [
      { code: '1', share: 0.62 },
      { code: '2', share: 0.2 },
      { code: '3', share: 0.16 },
      { code: '4', share: 0.02 },
    ],
    entry => entry.share,
  ).code
}

/** Before registering: is the person insured? One in sixty is not found at the centre. */
function askInsurance(script: JourneyScript, startMs: number): void {
  const clerk = staff(script.random, script.hospital, department(script.hospital, undefined), 'nurse')
  const found = !script.random.chance(1 / 60)
  script.tell(startMs - script.minutes(1, 2), { about: 'insurance', patient: script.patient, hospital: script.hospital, clerk, found })
}

function outpatient(script: JourneyScript): void {
  const startMs = script.visit.startMs
  script.adt(startMs, 'A04')
  if (script.random.chance(0.02)) return cancel(script, startMs + script.minutes(3, 30))
  const doneMs = orderForIllness(script, startMs + script.minutes(10, 25), 3)
  if (script.random.chance(0.08)) correctDetails(script, startMs + script.minutes(2, 8))
  finish(script, Math.min(doneMs, startMs + 5 * hourMs) + script.minutes(5, 40), '1')
}

function emergency(script: JourneyScript): void {
  const { random, visit, patient } = script
  const byAmbulance = random.chance(0.35)
  const unknown = byAmbulance && random.chance(0.08)
  if (byAmbulance) ambulance(script, unknown)
  if (unknown) {
    const name = {
      text: `无名氏${dateOf(visit.startMs).replaceAll('-', '')}${String(script.index % 100).padStart(2, '0')}`,
      ethnic: '99',
      style: 'usual' as const,
    }
    const { idCard: _card, insurance: _insurance, ...rest } = patient.person
    script.patient = { number: `T${patient.number}${script.index % 1000}`, temporary: true, person: { ...rest, name, allergies: [] } }
    script.change({ record: script.patient.number })
  }
  script.adt(visit.startMs, 'A04')
  const doneMs = orderForIllness(script, visit.startMs + script.minutes(4, 10), 5)
  const knownMs = unknown ? visit.startMs + script.minutes(50, 160) : visit.startMs
  if (unknown) identified(script, patient, knownMs)
  if (random.chance(0.12) && admitFrom(script, visit.startMs + script.minutes(90, 240))) return
  const dead = random.chance(0.015)
  finish(script, Math.max(doneMs, knownMs, visit.startMs + hourMs) + script.minutes(10, 60), dead ? '5' : random.chance(0.05) ? '4' : '1')
}

/** The unknown patient has a name: the temporary record is merged into the true one. */
function identified(script: JourneyScript, true_: PatientRecord, atMs: number): void {
  const retired = script.patient
  script.patient = true_
  script.change({ record: true_.number })
  script.tell(atMs, { about: 'adt', trigger: 'A40', patient: true_, retired })
  script.adt(atMs + minuteMs, 'A08')
}

function inpatient(script: JourneyScript, startMs: number): void {
  const { random, hospital } = script
  const ward = wardOf(random, hospital, script.visit.department.name, script.patient.person.sex)
  const bed = ward && bedIn(random, ward)
  if (bed) script.change({ bed })
  const admittedMs = random.chance(0.1) ? planned(script, startMs) : startMs
  script.adt(admittedMs, 'A01')
  if (random.chance(0.02)) return cancel(script, admittedMs + script.minutes(10, 90))
  stay(script, admittedMs)
}

/** An admission planned a day or so ahead; returns when it comes about. */
function planned(script: JourneyScript, toldMs: number): number {
  const admittedMs = toldMs + script.minutes(600, 2000)
  script.change({ status: 'planned', startMs: admittedMs })
  script.adt(toldMs, 'A05')
  script.change({ status: 'in-progress' })
  return admittedMs
}

/** From admission to discharge: orders on most mornings, sometimes a transfer, sometimes a discharge taken back. */
function stay(script: JourneyScript, startMs: number): void {
  const { random, hospital } = script
  const days = random.integer(...hospital.stayDays)
  orderForIllness(script, startMs + script.minutes(20, 60), 6)
  for (let day = 1; day < Math.min(days, 9); day += random.integer(1, 3)) orderForIllness(script, startMs + day * dayMs, 2)
  if (isDelivery(script.visit)) birth(script, startMs + script.minutes(120, 900))
  if (random.chance(0.15)) transfer(script, startMs + script.minutes(1000, 3000))
  if (random.chance(0.1)) correctDetails(script, startMs + script.minutes(30, 300), random.chance(0.15))
  if (random.chance(0.02)) {
    script.change({ class: 'AMB', bed: undefined })
    script.adt(startMs + (days - 1) * dayMs, 'A07')
  }
  const dead = random.chance(0.012)
  const endMs = startMs + days * dayMs + script.minutes(0, 240)
  finish(
    script,
    endMs,
    dead
      ? '5'
      : random.weighted(
          [
            { code: '1', share: 0.9 },
            { code: '2', share: 0.04 },
            { code: '3', share: 0.02 },
            { code: '4', share: 0.04 },
          ],
          entry => entry.share,
        ).code,
  )
  if (!dead && random.chance(0.04)) takeBack(script, endMs)
}

function takeBack(script: JourneyScript, endMs: number): void {
  const againMs = endMs + script.minutes(15, 90)
  const { endMs: _end, disposition = '1', ...open } = script.visit
  script.visit = { ...open, status: 'in-progress' }
  script.adt(againMs, 'A13')
  finish(script, againMs + script.minutes(300, 1200), disposition)
}

function transfer(script: JourneyScript, atMs: number): void {
  const { random, hospital, visit } = script
  const ward = wardOf(random, hospital, visit.department.name, script.patient.person.sex)
  if (!ward || !visit.bed) return
  const before = visit.bed
  script.change({ bed: bedIn(random, ward) })
  script.adt(atMs, 'A02', { previousBed: before })
  if (!random.chance(0.12)) return
  const left = script.visit.bed
  script.change({ bed: before })
  script.adt(atMs + script.minutes(5, 40), 'A12', left ? { previousBed: left } : {})
}

/** An emergency patient stays: the same visit becomes an inpatient one. */
function admitFrom(script: JourneyScript, atMs: number): boolean {
  const { sex } = script.patient.person
  const main = script.visit.diagnoses[0]?.department ?? ''
  const otherwise = script.hospital.code === 'ZJJ' ? '内科' : '精神科'
  const ward = wardOf(script.random, script.hospital, main, sex) ?? wardOf(script.random, script.hospital, otherwise, sex)
  if (!ward) return false
  script.change({ class: 'IMP', route: '2', bed: bedIn(script.random, ward) })
  script.adt(atMs, 'A06')
  stay(script, atMs)
  return true
}

/** A new phone number or address; held up on its way for hours when `late`, so that it arrives after newer news. */
function correctDetails(script: JourneyScript, atMs: number, late = false): void {
  const { random, patient } = script
  script.patient = { ...patient, person: { ...patient.person, phone: `12${random.digits(9)}` } }
  script.adt(atMs, 'A08', {}, late ? random.integer(6, 30) * hourMs : 0)
}

function cancel(script: JourneyScript, atMs: number): void {
  script.change({ status: 'cancelled', endMs: atMs })
  script.adt(atMs, 'A11')
}

function finish(script: JourneyScript, atMs: number, disposition: string): void {
  if (disposition === '5') script.patient = { ...script.patient, deathMs: atMs - 20 * minuteMs }
  script.change({ status: 'finished', endMs: atMs, disposition })
  script.adt(atMs, 'A03')
}

function isDelivery(visit: Visit): boolean {
  return visit.diagnoses.some(row => /^O8[02]/.test(row.code))
}

/** A child is born in the hospital: a record and a visit of its own, no number of its own, the mother named. */
function birth(script: JourneyScript, atMs: number): void {
  const { random, hospital, patient, visit, index } = script
  const child = newborn(random.fork('newborn'), patient.person, atMs)
  const record: PatientRecord = { number: `89${String(index % 1_000_000).padStart(6, '0')}`, person: child, mother: patient.number }
  const own = department(hospital, '儿科')
  const born: Visit = {
    number: `XS${stamp(atMs).slice(2, 8)}${String(index % 100_000).padStart(5, '0')}`,
    record: record.number,
    class: 'IMP',
    status: 'in-progress',
    department: own,
    attending: staff(random, hospital, own, 'doctor'),
    startMs: atMs,
    route: '9',
    payment: '07',
    diagnoses: diagnosis(random, hospital.code, child, atMs, '儿科').slice(0, 1),
    ...(visit.bed ? { bed: visit.bed } : {}),
  }
  script.tell(atMs, { about: 'adt', trigger: 'A01', patient: record, visit: born })
  const endMs = atMs + random.integer(2, 4) * dayMs
  script.tell(endMs, { about: 'adt', trigger: 'A03', patient: record, visit: { ...born, status: 'finished', endMs, disposition: '1' } })
}

/** The run that brought the patient, told by the 120 centre. */
function ambulance(script: JourneyScript, unknown: boolean): void {
  const { random, hospital, patient, visit, index } = script
  const run = emsRun(random.fork('run'), {
    number: `${stamp(visit.startMs).slice(0, 8)}${hospital.code === 'ZJJ' ? '1' : '2'}${String(index % 100_000).padStart(5, '0')}`,
    person: patient.person,
    impression: visit.diagnoses[0]!,
    arrivalMs: visit.startMs - 2 * minuteMs,
    destination: { hospital: hospital.code, name: hospitals[hospital.code].name },
    unknown,
  })
  for (const stage of runStates) script.tell(run.times[stage]!, { about: 'ems', event: { run, stage } })
  script.tell(run.times.VS08! + script.minutes(3, 25), { about: 'ems', event: { run, stage: 'record' } })
}
