// The blood group as the laboratory last found it: ABO (LOINC 883-9) and RhD (LOINC 10331-7), with the day it was found.
import { ok, type Result } from '#kernel/result.ts'
import type { Filter } from '#kernel/search-plan.ts'
import { clinicalDateParameters } from '../index/clinical-date.ts'
import { type Chart, resourceOf } from './chart.ts'
import { codesOf } from './element.ts'
import { valueText, whenOf } from './observation.ts'

export type BloodGroup = { readonly abo: string; readonly rhd: string; readonly at: string }

const loinc = 'http://loinc.org'
const factors = ['abo', 'rhd'] as const
type Factor = (typeof factors)[number]

/** LOINC where the terminology added it, else the abbreviations that laboratories use. */
const codes: Readonly<Record<Factor, readonly { readonly system?: string; readonly code: string }[]>> = {
  abo: [{ system: loinc, code: '883-9' }, { code: 'ABO' }],
  rhd: [{ system: loinc, code: '10331-7' }, { code: 'RHD' }],
}

/** About the newest determinations; earlier ones say the same or are wrong. */
const looked = 8

/** Undefined when no ABO group was ever found. */
export async function readBloodGroup(chart: Chart): Promise<Result<BloodGroup | undefined>> {
  const tokens = factors.flatMap(factor => codes[factor].map((code): Filter => ({ op: 'token', param: 'code', ...code })))
  const found = await chart.reader.search({
    type: 'Observation',
    where: {
      op: 'and',
      of: [
        { op: 'patient', ids: chart.ids },
        { op: 'or', of: tokens },
      ],
    },
    sort: [{ param: clinicalDateParameters('Observation')[0]!, kind: 'when', descending: true }],
    count: looked,
    total: 'none',
    at: {},
  })
  if (!found.ok) return found
  const valid = found.value.entries.map(resourceOf).filter(({ status }) => status !== 'entered-in-error' && status !== 'cancelled')
  const newest = (factor: Factor) => valid.find(({ code }) => codesOf(code).some(each => isOf(factor, each)))
  const abo = newest('abo')
  if (!abo) return ok(undefined)
  const rhd = newest('rhd')
  return ok({ abo: valueText(abo), rhd: rhd ? valueText(rhd) : '', at: whenOf(abo) })
}

function isOf(factor: Factor, found: { readonly system: string; readonly code: string }): boolean {
  return codes[factor].some(({ system, code }) => code === found.code && (system === undefined || system === found.system))
}
