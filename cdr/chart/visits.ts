// Visits of a chart: one row per Encounter, in the lane a Chinese clinician looks for it (门诊 急诊 住院 院前急救 体检 其他).
import type { JsonObject } from '#kernel/json.ts'
import { ok, type Result } from '#kernel/result.ts'
import type { Call } from '#platform/http/route.ts'
import { boolean, integer, list, oneOf, object as shape, string } from '#platform/http/schema.ts'
import { type Chart, type ChartTools, openChart, resourceOf } from './chart.ts'
import { codesOf, conceptText, object, objects, referenceText, text } from './element.ts'

export const lanes = ['outpatient', 'emergency', 'inpatient', 'prehospital', 'checkup', 'other'] as const
export type Lane = (typeof lanes)[number]

export const visitSchema = shape({
  id: string,
  version: integer,
  lane: oneOf(...lanes),
  status: string,
  'start?': string,
  'end?': string,
  number: string,
  department: string,
  place: string,
  doctor: string,
  diagnoses: list(string),
  reason: string,
  outcome: string,
})

export const visitsSchema = shape({ visits: list(visitSchema), complete: boolean })

/** More visits than any person has made; beyond it the list says that it is not complete. */
const visitsMax = 2_000

export async function readVisits(call: Call, tools: ChartTools): Promise<Result<unknown>> {
  const chart = await openChart(call, tools, 'visits')
  if (!chart.ok) return chart
  const page = await chart.value.reader.compartment({ patients: chart.value.ids, types: ['Encounter'], count: visitsMax, at: {} })
  if (!page.ok) return page
  const visits = page.value.entries.map(stored => visitOf(resourceOf(stored), stored.version, chart.value, tools))
  return ok({ visits, complete: page.value.next === undefined })
}

export function visitOf(encounter: JsonObject, version: number, chart: Pick<Chart, 'tenant'>, tools: Pick<ChartTools, 'tenant'>) {
  const period = object(encounter['period'])
  const locations = objects(encounter['location'])
  const current = locations.findLast(location => location['status'] === 'active') ?? locations.at(-1)
  const attender = objects(encounter['participant']).find(each => codesOf(each['type']).some(({ code }) => code === 'ATND'))
  return {
    id: text(encounter['id']),
    version,
    lane: laneOf(encounter, tools.tenant(chart.tenant)?.kind),
    status: text(encounter['status']),
    start: text(period['start']) || undefined,
    end: text(period['end']) || undefined,
    number: text(objects(encounter['identifier'])[0]?.['value']),
    department: conceptText(encounter['serviceType']) || referenceText(encounter['serviceProvider']),
    place: referenceText(current?.['location']),
    doctor: referenceText((attender ?? objects(encounter['participant'])[0])?.['individual']),
    diagnoses: [
      ...new Set(
        objects(encounter['diagnosis'])
          .map(each => referenceText(each['condition']))
          .filter(Boolean),
      ),
    ],
    reason: conceptText(encounter['reasonCode']),
    outcome: conceptText(object(encounter['hospitalization'])['dischargeDisposition']),
  }
}

const laneByClass: Readonly<Record<string, Lane>> = {
  AMB: 'outpatient',
  SS: 'outpatient',
  VR: 'outpatient',
  HH: 'outpatient',
  EMER: 'emergency',
  IMP: 'inpatient',
  ACUTE: 'inpatient',
  NONAC: 'inpatient',
  OBSENC: 'inpatient',
  PRENC: 'inpatient',
  FLD: 'prehospital',
}

/** By v3 ActEncounterCode; what a 120 centre does is pre-hospital, whatever class it carries. */
export function laneOf(encounter: JsonObject, kind: 'hospital' | 'centre' | undefined): Lane {
  if (kind === 'centre') return 'prehospital'
  const { system, code } = object(encounter['class']) as { system?: unknown; code?: unknown }
  if (typeof code !== 'string') return 'other'
  if (typeof system === 'string' && !system.includes('ActCode')) return 'other'
  return laneByClass[code] ?? (/体检|健康检查/.test(conceptText(encounter['type'])) ? 'checkup' : 'other')
}
