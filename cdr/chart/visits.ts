// Visits of a chart: one row per Encounter, in the lane a Chinese clinician looks for it (门诊 急诊 住院 院前急救 体检 其他).
import type { JsonObject } from '#kernel/json.ts'
import { ok, type Result } from '#kernel/result.ts'
import type { Call } from '#platform/http/route.ts'
import { boolean, integer, list, oneOf, object as shape, string } from '#platform/http/schema.ts'
import { type Chart, type ChartTools, openChart, resourceOf } from './chart.ts'
import { type Departments, departmentOf, departmentsOf } from './departments.ts'
import { codesOf, conceptText, firstCode, object, objects, referenceText, text } from './element.ts'
import { legalStatusOf } from './legal-status.ts'

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
  /** 住院性质 of a psychiatric stay. */
  legalStatus: string,
})

export const visitsSchema = shape({ visits: list(visitSchema), complete: boolean })

/** More visits than any person has made; beyond it the list says that it is not complete. */
const visitsMax = 2_000

export async function readVisits(call: Call, tools: ChartTools): Promise<Result<unknown>> {
  const chart = await openChart(call, tools, 'visits')
  if (!chart.ok) return chart
  const page = await chart.value.reader.compartment({ patients: chart.value.ids, types: ['Encounter'], count: visitsMax, at: {} })
  if (!page.ok) return page
  const encounters = page.value.entries.map(resourceOf)
  const departments = await departmentsOf(encounters, chart.value.reader)
  if (!departments.ok) return departments
  const context = { tenant: chart.value.tenant, departments: departments.value, tools }
  const visits = encounters.map((encounter, i) => visitOf(encounter, page.value.entries[i]!.version, context))
  return ok({ visits, complete: page.value.next === undefined })
}

export type VisitContext = {
  readonly tenant: Chart['tenant']
  readonly departments: Departments
  readonly tools: Pick<ChartTools, 'tenant'>
}

export function visitOf(encounter: JsonObject, version: number, { tenant, departments, tools }: VisitContext) {
  const period = object(encounter['period'])
  const locations = objects(encounter['location'])
  const current = locations.findLast(location => location['status'] === 'active') ?? locations.at(-1)
  const attender = objects(encounter['participant']).find(each => codesOf(each['type']).some(({ code }) => code === 'ATND'))
  return {
    id: text(encounter['id']),
    version,
    lane: laneOf(encounter, tools.tenant(tenant)?.kind),
    status: text(encounter['status']),
    start: text(period['start']) || undefined,
    end: text(period['end']) || undefined,
    number: text(objects(encounter['identifier'])[0]?.['value']),
    department: departmentOf(encounter, departments),
    place: placeOf(current, encounter),
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
    legalStatus: legalStatusOf(encounter),
  }
}

/** Ward, room, bed; a clinic without beds repeats its department there, which is not said twice. */
function placeOf(location: JsonObject | undefined, encounter: JsonObject): string {
  const place = referenceText(location?.['location'])
  return place === firstCode(encounter['serviceType'])?.code ? '' : place
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
