// The seed data of the simulators, typed: what stands in seeds/*.json, read once when first asked.
import { readFileSync } from 'node:fs'

/** Rows say so where they are not `recalled` with `high` confidence. Synthetic use only, not reviewed by a clinician. */
export type Judged = { readonly status?: string; readonly confidence?: string; readonly verifiedFields?: readonly string[] }

export type Sex = 'M' | 'F'

export type Diagnosis = Judged & {
  readonly code: string
  readonly name: string
  readonly department?: string
  readonly course?: 'acute' | 'chronic'
  readonly usedBy: readonly string[]
  /** Years, both included. */
  readonly ages?: readonly [number, number]
  readonly sex?: Sex
  readonly notifiable?: string
  readonly hours?: number
}

export type AgeLimit = readonly [number, 'y' | 'm' | 'd']

export type LabRange = {
  readonly sex?: Sex
  readonly ageFrom?: AgeLimit
  readonly ageTo?: AgeLimit
  readonly low?: number | null
  readonly high?: number | null
}

export type LabItem = Judged & {
  readonly code: string
  readonly name: string
  readonly abbreviation: string
  readonly panel: string
  readonly specimen: string
  readonly unit?: string
  readonly decimals?: number
  readonly ranges?: readonly LabRange[]
  readonly criticalLow?: number
  readonly criticalHigh?: number
  /** Healthy adult. */
  readonly mean?: number
  readonly sd?: number
  /** Coded results: usual value and shares. */
  readonly reference?: string
  readonly values?: readonly { readonly value: string; readonly share: number }[]
}

export type LabPanel = { readonly code: string; readonly name: string; readonly specimen: string; readonly tube: string }

export type ExamReport = { readonly findings: string; readonly impression: string; readonly critical: boolean; readonly normal: boolean }

export type Exam = Judged & {
  readonly code: string
  readonly name: string
  readonly modality: string
  readonly bodySite: string
  readonly contrast: boolean
  readonly reports?: readonly ExamReport[]
  readonly ages?: readonly [number | null, number | null]
  readonly sex?: Sex
}

export type Drug = Judged & {
  readonly kind: string
  readonly category: string
  readonly code: string
  readonly name: string
  readonly form?: string
  readonly strength?: string
  readonly route: string
  readonly usualDose: { readonly value?: number; readonly low?: number; readonly high?: number; readonly unit: string }
  readonly frequency?: string
  readonly allergyGroup?: string
}

export type Procedure = Judged & {
  readonly code: string
  readonly name: string
  readonly type: string
  readonly level: number
  readonly anaesthesia: string
  readonly department: string
  readonly diagnosis?: string
  readonly sex?: Sex
}

export type Place = Judged & {
  readonly kind: string
  readonly org: string
  readonly code: string
  readonly name: string
  readonly department?: string
  readonly beds?: number
  readonly vehicles?: number
  readonly group?: string
}

export type NameRow = Judged & {
  readonly kind: string
  readonly value: string | readonly string[]
  readonly weight?: number
  readonly sex?: Sex
  readonly era?: string
  readonly name?: string
}

export type Scale = Judged & {
  readonly code: string
  readonly name: string
  readonly group: string
  readonly range: readonly [number, number]
  readonly bands: readonly { readonly from: number; readonly to: number; readonly label: string }[]
}

/** What an illness does to a healthy person's values at full severity, and what is ordered for it. */
export type Illness = {
  readonly name: string
  /** ICD-10 prefixes; the longest that matches decides. */
  readonly codes: readonly string[]
  readonly panels: readonly string[]
  readonly exams: readonly string[]
  readonly effects: Readonly<Record<string, readonly ['*' | '+', number]>>
  readonly coded?: Readonly<Record<string, string>>
}

export type PanelItems = {
  readonly panel: string
  readonly core: readonly string[]
  readonly optional?: readonly string[]
  readonly female?: readonly string[]
  readonly male?: readonly string[]
}

type Files = {
  readonly illnesses: { readonly rows: readonly Illness[] }
  readonly 'panel-items': { readonly rows: readonly PanelItems[] }
  readonly diagnoses: { readonly rows: readonly Diagnosis[] }
  readonly 'lab-items': { readonly rows: readonly LabItem[]; readonly panels: readonly LabPanel[] }
  readonly exams: { readonly rows: readonly Exam[] }
  readonly drugs: { readonly rows: readonly Drug[]; readonly allergyGroups: readonly { code: string; name: string }[] }
  readonly procedures: { readonly rows: readonly Procedure[] }
  readonly departments: { readonly rows: readonly Place[] }
  readonly names: { readonly rows: readonly NameRow[] }
  readonly scales: { readonly rows: readonly Scale[] }
}

const read = new Map<string, unknown>()

export function content<Name extends keyof Files>(name: Name): Files[Name] {
  const known = read.get(name)
  if (known) return known as Files[Name]
  const file = JSON.parse(readFileSync(new URL(`./seeds/${name}.json`, import.meta.url), 'utf8')) as Files[Name]
  read.set(name, file)
  return file
}
