// What happens in a hospital of the demo, before any system says it: the events that HIS, LIS, PACS and insurance turn into messages of their own.
import type { Diagnosis, Exam, LabPanel } from './content.ts'
import type { EmsEvent } from './ems-run.ts'
import type { ExamDone } from './exam.ts'
import type { Bed, Department, Hospital, Staff } from './hospital.ts'
import type { LabResult } from './lab-panel.ts'
import type { Person } from './person.ts'

export type PatientRecord = {
  /** Medical record number. */
  readonly number: string
  readonly person: Person
  /** Opened for somebody unknown, to be merged later. */
  readonly temporary?: boolean
  /** Record of the mother of a newborn. */
  readonly mother?: string
  readonly deathMs?: number
}

export type VisitClass = 'AMB' | 'EMER' | 'IMP'
export type VisitStatus = 'planned' | 'in-progress' | 'finished' | 'cancelled'

export type Visit = {
  readonly number: string
  readonly record: string
  readonly class: VisitClass
  readonly status: VisitStatus
  readonly department: Department
  readonly bed?: Bed
  readonly attending: Staff
  readonly startMs: number
  readonly endMs?: number
  /** CV09.00.403. */
  readonly route: string
  /** CV06.00.226. */
  readonly disposition?: string
  /** CV07.10.005. */
  readonly payment: string
  readonly diagnoses: readonly Diagnosis[]
  /** Psychiatric wards: code of `qpjw-admission-legal-status`. */
  readonly legalStatus?: string
}

export type Order = {
  readonly placer: string
  readonly orderedMs: number
  readonly orderer: Staff
  readonly from: Department
  readonly urgent: boolean
  readonly what: { readonly kind: 'lab'; readonly panel: LabPanel } | { readonly kind: 'exam'; readonly exam: Exam }
}

export type Trigger = 'A01' | 'A02' | 'A03' | 'A04' | 'A05' | 'A06' | 'A07' | 'A08' | 'A11' | 'A12' | 'A13' | 'A40'

export type AdtEvent = {
  readonly about: 'adt'
  readonly trigger: Trigger
  readonly patient: PatientRecord
  /** Absent only for A40. */
  readonly visit?: Visit
  readonly previousBed?: Bed
  /** A40: the record that ends; `patient` goes on. */
  readonly retired?: PatientRecord
}

export type OrderEvent = {
  readonly about: 'order'
  readonly control: 'NW' | 'CA'
  readonly order: Order
  readonly patient: PatientRecord
  readonly visit: Visit
}

/** The laboratory has the tube and begins. */
export type AcceptedEvent = {
  readonly about: 'accepted'
  readonly order: Order
  readonly patient: PatientRecord
  readonly visit: Visit
  /** Filler number: the laboratory's report. */
  readonly report: string
  /** Bar code of the tube. */
  readonly specimen: string
  readonly panel: LabPanel
  readonly collectedMs: number
  readonly receivedMs: number
  readonly technician: Staff
}

export type ResultState = 'preliminary' | 'final' | 'corrected'

export type LabEvent = Omit<AcceptedEvent, 'about'> & {
  readonly about: 'lab'
  readonly results: readonly LabResult[]
  readonly state: ResultState
  /** Codes of the items this message corrects. */
  readonly changed: readonly string[]
  readonly reviewer: Staff
}

export type ImagingEvent = {
  readonly about: 'imaging'
  readonly order: Order
  readonly patient: PatientRecord
  readonly visit: Visit
  readonly accession: string
  readonly done: ExamDone
  readonly state: ResultState
  readonly performedMs: number
  readonly reporter: Staff
  readonly reviewer: Staff
}

export type InsuranceEvent = {
  readonly about: 'insurance'
  readonly patient: PatientRecord
  readonly hospital: Hospital
  readonly clerk: Staff
  readonly found: boolean
}

export type EmsStoryEvent = { readonly about: 'ems'; readonly event: EmsEvent }

/** `atMs`: when it is told. `eventMs`: when it happened, earlier only for a message that comes late. */
export type StoryEvent = { readonly atMs: number; readonly eventMs: number; readonly journey: number } & (
  | AdtEvent
  | OrderEvent
  | AcceptedEvent
  | LabEvent
  | ImagingEvent
  | InsuranceEvent
  | EmsStoryEvent
)
