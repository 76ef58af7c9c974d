// The generator's intent: what a message says about the world, in plain data. Chaos runs compare the repository with this, never with the mapper.
import { type EmsRun, nameOnRecord, type RunState } from './ems-run.ts'
import type { LabResult } from './lab-panel.ts'
import type { ImagingEvent, LabEvent, Order, PatientRecord, ResultState, Visit } from './story-event.ts'

/** Each statement is the whole of what its subject is at `eventMs`; the newest of a subject is what the repository should show. */
export type Statement =
  | PatientStatement
  | VisitStatement
  | MergeStatement
  | OrderStatement
  | LabStatement
  | ImagingStatement
  | CoverageStatement
  | RunStatement

export type PatientStatement = {
  readonly about: 'patient'
  readonly number: string
  readonly name: string
  readonly sex: 'male' | 'female' | 'unknown'
  readonly birthDate?: string
  readonly idCard?: string
  readonly phone?: string
  readonly mother?: string
  readonly deathMs?: number
}

export type VisitStatement = {
  readonly about: 'visit'
  readonly number: string
  readonly patient: string
  readonly class: Visit['class']
  readonly status: Visit['status']
  readonly department: string
  readonly ward?: string
  readonly bed?: string
  readonly startMs: number
  readonly endMs?: number
  readonly disposition?: string
  readonly diagnoses: readonly string[]
  readonly legalStatus?: string
}

/** The retired number means the survivor from now on. */
export type MergeStatement = { readonly about: 'merge'; readonly survivor: string; readonly retired: string }

export type OrderStatement = {
  readonly about: 'order'
  readonly placer: string
  readonly patient: string
  readonly visit: string
  readonly code: string
  readonly status: 'active' | 'revoked'
}

export type LabStatement = {
  readonly about: 'lab-report'
  readonly report: string
  readonly placer: string
  readonly patient: string
  readonly visit: string
  readonly panel: string
  readonly state: ResultState
  readonly results: readonly { readonly code: string; readonly value: string; readonly unit: string; readonly flag: LabResult['flag'] }[]
}

export type ImagingStatement = {
  readonly about: 'imaging-report'
  readonly accession: string
  readonly placer: string
  readonly patient: string
  readonly visit: string
  readonly exam: string
  readonly state: ResultState
  readonly findings: string
  readonly impression: string
  readonly studyUid: string
}

export type CoverageStatement = {
  readonly about: 'coverage'
  readonly personNumber: string
  readonly idCard?: string
  readonly name: string
  readonly insutype: string
  readonly active: boolean
}

export type RunStatement = {
  readonly about: 'run'
  readonly number: string
  readonly state: RunState | 'ended'
  readonly vehicle: string
  readonly patient?: { readonly name: string; readonly idCard?: string }
  readonly destination?: string
  /** Only in the record: item, value, time. */
  readonly vitals: readonly { readonly item: string; readonly value: number; readonly atMs: number }[]
  readonly measures: readonly string[]
}

/** What a message should do to the world, in words and as statements. */
export type Intent = {
  /** For people who look at a difference: `张珅 登记门诊 M260301…`. */
  readonly words: string
  /** When it happened; a statement older than the newest of its subject changes nothing. */
  readonly eventMs: number
  readonly statements: readonly Statement[]
}

export function patientStatement(patient: PatientRecord): PatientStatement {
  const { person } = patient
  return {
    about: 'patient',
    number: patient.number,
    name: person.name.text,
    sex: person.sex === 'M' ? 'male' : 'female',
    ...(patient.temporary ? {} : { birthDate: person.birthDate, phone: person.phone }),
    ...(person.idCard ? { idCard: person.idCard } : {}),
    ...(patient.mother ? { mother: patient.mother } : {}),
    ...(patient.deathMs === undefined ? {} : { deathMs: patient.deathMs }),
  }
}

export function visitStatement(visit: Visit): VisitStatement {
  return {
    about: 'visit',
    number: visit.number,
    patient: visit.record,
    class: visit.class,
    status: visit.status,
    department: visit.department.code,
    ...(visit.bed ? { ward: visit.bed.ward.code, bed: visit.bed.bed } : {}),
    startMs: visit.startMs,
    ...(visit.endMs === undefined ? {} : { endMs: visit.endMs }),
    ...(visit.disposition === undefined ? {} : { disposition: visit.disposition }),
    diagnoses: visit.diagnoses.map(row => row.code),
    ...(visit.legalStatus === undefined ? {} : { legalStatus: visit.legalStatus }),
  }
}

export function orderStatement(order: Order, visit: Visit, status: OrderStatement['status']): OrderStatement {
  return { about: 'order', placer: order.placer, patient: visit.record, visit: visit.number, code: orderCode(order).code, status }
}

export function orderCode(order: Order): { readonly code: string; readonly name: string } {
  return order.what.kind === 'lab' ? order.what.panel : order.what.exam
}

export function labStatement(event: LabEvent): LabStatement {
  const { report, order, patient, visit, panel, state } = event
  const results = event.results.map(({ item, value, flag }) => ({ code: item.code, value, unit: printedUnit(item.unit), flag }))
  return {
    about: 'lab-report',
    report,
    placer: order.placer,
    patient: patient.number,
    visit: visit.number,
    panel: panel.code,
    state,
    results,
  }
}

/** Ratios are printed with a dash for a unit; messages leave the field empty. */
export function printedUnit(unit: string | undefined): string {
  return unit === undefined || unit === '-' ? '' : unit
}

export function imagingStatement(event: ImagingEvent): ImagingStatement {
  const { accession, order, patient, visit, done, state } = event
  return {
    about: 'imaging-report',
    accession,
    placer: order.placer,
    patient: patient.number,
    visit: visit.number,
    exam: done.exam.code,
    state,
    findings: done.report.findings,
    impression: done.report.impression,
    studyUid: done.studyUid,
  }
}

/** `full`: the pre-hospital record with vital signs and measures; else a vehicle state. */
export function runStatement(run: EmsRun, state: RunStatement['state'], full: boolean): RunStatement {
  const card = run.unknown || run.person.idCard === undefined ? {} : { idCard: run.person.idCard }
  return {
    about: 'run',
    number: run.number,
    state,
    vehicle: run.vehicle,
    ...(full ? { patient: { name: nameOnRecord(run), ...card } } : {}),
    ...(run.destination ? { destination: run.destination.hospital } : {}),
    vitals: full ? run.vitals.flatMap(at => Object.entries(at.values).map(([item, value]) => ({ item, value, atMs: at.atMs }))) : [],
    measures: full ? run.measures.map(measure => measure.code) : [],
  }
}

/** Key of what a statement is about: two with the same key speak of the same thing. */
export function subjectOf(statement: Statement): string {
  switch (statement.about) {
    case 'patient':
    case 'visit':
    case 'run':
      return `${statement.about} ${statement.number}`
    case 'merge':
      return `merge ${statement.retired}`
    case 'order':
      return `order ${statement.placer}`
    case 'lab-report':
      return `lab-report ${statement.report}`
    case 'imaging-report':
      return `imaging-report ${statement.accession}`
    case 'coverage':
      return `coverage ${statement.personNumber} ${statement.insutype}`
  }
}

/**
 * The world after these intents, in any order of arrival: per subject the statement of the latest event, and of equals the one told last.
 */
export function expectedWorld(intents: Iterable<Intent>): ReadonlyMap<string, Statement> {
  const newest = new Map<string, { eventMs: number; statement: Statement }>()
  for (const { eventMs, statements } of intents) {
    for (const statement of statements) {
      const key = subjectOf(statement)
      const before = newest.get(key)
      if (before === undefined || eventMs >= before.eventMs) newest.set(key, { eventMs, statement })
    }
  }
  return new Map([...newest].map(([key, { statement }]) => [key, statement]))
}

/** `张珅（男，1958-03-21）`. */
export function inWords(patient: PatientRecord): string {
  const { person } = patient
  return `${person.name.text}（${person.sex === 'M' ? '男' : '女'}，${patient.temporary ? '年龄不详' : person.birthDate}）`
}

/** The record number that a number means after all merges of the world. */
export function survivingNumber(world: ReadonlyMap<string, Statement>, number: string): string {
  const merge = world.get(`merge ${number}`)
  return merge?.about === 'merge' ? survivingNumber(world, merge.survivor) : number
}
