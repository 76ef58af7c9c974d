// Which illness a diagnosis code means to the simulators: what is ordered, and what it does to laboratory values.

import { ageAt } from './china-time.ts'
import { content, type Diagnosis, type Illness } from './content.ts'
import type { Person } from './person.ts'
import type { Random } from './random.ts'

/** An illness and how far it goes in this patient, 0 (none) to 1 (full) and beyond. */
export type Course = { readonly illness: Illness; readonly severity: number }

/** The illness whose longest code prefix matches; undefined where nothing is measured for it (cataract, caries). */
export function illnessOf(code: string): Illness | undefined {
  let found: Illness | undefined
  let length = 0
  for (const illness of content('illnesses').rows) {
    for (const prefix of illness.codes) {
      if (prefix.length > length && code.startsWith(prefix)) {
        found = illness
        length = prefix.length
      }
    }
  }
  return found
}

/** Diagnoses of a hospital's department (any, when undefined) that fit the person's age and sex. */
export function fittingDiagnoses(org: string, person: Person, atMs: number, department?: string): readonly Diagnosis[] {
  const age = ageAt(person.birthDate, atMs)
  return content('diagnoses').rows.filter(
    row =>
      row.usedBy.includes(org) &&
      row.department !== undefined &&
      (department === undefined || row.department === department) &&
      (row.sex === undefined || row.sex === person.sex) &&
      (row.ages === undefined || (age >= row.ages[0] && age <= row.ages[1])),
  )
}

/** The main diagnosis and up to three chronic ones beside it, each once; empty when nothing the department treats fits the person. */
export function diagnosis(random: Random, org: string, person: Person, atMs: number, department?: string): readonly Diagnosis[] {
  const fitting = fittingDiagnoses(org, person, atMs, department)
  if (fitting.length === 0) return []
  const main = random.pick(fitting)
  const chronic = fittingDiagnoses(org, person, atMs).filter(
    row => row.course === 'chronic' && illnessOf(row.code) && row.code.slice(0, 3) !== main.code.slice(0, 3),
  )
  const age = ageAt(person.birthDate, atMs)
  const wanted = chronic.length === 0 ? 0 : random.integer(0, age < 40 ? 0 : age < 60 ? 1 : 3)
  const beside = new Map(Array.from({ length: wanted }, () => random.pick(chronic)).map(row => [row.code.slice(0, 3), row]))
  return [main, ...beside.values()]
}

/** How ill: the main diagnosis more, those beside it less. */
export function courses(random: Random, diagnoses: readonly Diagnosis[]): readonly Course[] {
  return diagnoses.flatMap((row, index) => {
    const illness = illnessOf(row.code)
    const severity = index === 0 ? random.between(0.35, 1.15) : random.between(0.05, 0.35)
    return illness ? [{ illness, severity }] : []
  })
}
