// What a journey through a hospital is written with: the patient, the visit as it stands, and the events so far.

import { minuteMs } from './china-time.ts'
import type { Diagnosis } from './content.ts'
import type { Hospital } from './hospital.ts'
import type { Course } from './illness.ts'
import { courses } from './illness.ts'
import type { Random } from './random.ts'
import type { AdtEvent, PatientRecord, StoryEvent, Trigger, Visit } from './story-event.ts'

type Told = StoryEvent extends infer Event ? (Event extends StoryEvent ? Omit<Event, 'atMs' | 'eventMs' | 'journey'> : never) : never

export class JourneyScript {
  readonly random: Random
  /** The person's own stream. */
  readonly self: Random
  readonly hospital: Hospital
  readonly index: number
  readonly diagnoses: readonly Diagnosis[]
  readonly courses: readonly Course[]
  patient: PatientRecord
  visit: Visit
  readonly #events: StoryEvent[] = []
  #orders = 0

  constructor(start: { random: Random; self: Random; hospital: Hospital; index: number; patient: PatientRecord; visit: Visit }) {
    this.random = start.random
    this.self = start.self
    this.hospital = start.hospital
    this.index = start.index
    this.patient = start.patient
    this.visit = start.visit
    this.diagnoses = start.visit.diagnoses
    this.courses = courses(start.random.fork('courses'), start.visit.diagnoses)
  }

  /** Told at once; `lateMs` later when the message is held up on its way. */
  tell(eventMs: number, told: Told, lateMs = 0): void {
    this.#events.push({ ...told, eventMs, atMs: eventMs + lateMs, journey: this.index } as StoryEvent)
  }

  /** An ADT event that leaves patient and visit as they stand now. */
  adt(eventMs: number, trigger: Trigger, more: Partial<Pick<AdtEvent, 'previousBed' | 'retired'>> = {}, lateMs = 0): void {
    this.tell(eventMs, { about: 'adt', trigger, patient: this.patient, visit: this.visit, ...more }, lateMs)
  }

  change(visit: Partial<Visit>): void {
    this.visit = { ...this.visit, ...visit }
  }

  minutes(from: number, to: number): number {
    return this.random.integer(from * 60, to * 60) * (minuteMs / 60)
  }

  /** Serial number of the next order of this journey. */
  nextOrder(): number {
    this.#orders++
    return this.#orders
  }

  /** In the order they are told. */
  events(): readonly StoryEvent[] {
    return this.#events.toSorted((a, b) => a.atMs - b.atMs || a.eventMs - b.eventMs)
  }
}
