// The banner of a chart: who this is, numbers masked, allergies, fresh critical values, where the patient lies now, and every doubt about identity.
import type { JsonObject } from '#kernel/json.ts'
import type { StoredVersion } from '#kernel/ports/storage.ts'
import { ok, type Result } from '#kernel/result.ts'
import type { Call } from '#platform/http/route.ts'
import { boolean, integer, list, object as shape, string } from '#platform/http/schema.ts'
import { hasTag, provisionalTag } from '../store/body.ts'
import { readBloodGroup } from './blood-group.ts'
import { type Chart, type ChartTools, openChart, resourceOf } from './chart.ts'
import { criticalOf, criticalSchema } from './critical-values.ts'
import { departmentsOf } from './departments.ts'
import { codesOf, conceptText, nameText, object, objects, text, texts } from './element.ts'
import { identifiersOf, phonesOf } from './identifiers.ts'
import { otherSchema, othersOf } from './other-records.ts'
import { isStay } from './stay.ts'
import { visitOf, visitSchema } from './visits.ts'

export const bannerSchema = shape({
  tenant: string,
  tenantName: string,
  id: string,
  version: integer,
  name: string,
  otherNames: list(string),
  sex: string,
  'birthDate?': string,
  'deceased?': string,
  identifiers: list(shape({ label: string, system: string, value: string, masked: boolean })),
  phones: list(shape({ use: string, value: string, masked: boolean })),
  address: string,
  insurance: string,
  'blood?': shape({ abo: string, rhd: string, at: string }),
  allergies: list(
    shape({
      id: string,
      version: integer,
      name: string,
      categories: list(string),
      criticality: string,
      reactions: list(string),
      status: string,
    }),
  ),
  critical: criticalSchema,
  'current?': visitSchema,
  provisional: boolean,
  active: boolean,
  'mergedInto?': otherSchema,
  merged: list(otherSchema),
  linked: list(otherSchema),
})

const allergiesMax = 200
/** Looked at for critical values: about the newest twenty panels. */
const recentMax = 300
/** A critical value stays in the banner as long as somebody may still act on it. */
const criticalMs = 7 * 86_400_000
const visitsLookedAt = 20

export async function readBanner(call: Call, tools: ChartTools): Promise<Result<unknown>> {
  const opened = await openChart(call, tools, 'banner')
  if (!opened.ok) return opened
  const chart = opened.value
  const newest = (types: readonly string[], count: number, from?: number) =>
    chart.reader.compartment({ patients: chart.ids, types, count, from, at: {} })
  const [allergies, recent, visits, coverages] = await Promise.all([
    newest(['AllergyIntolerance'], allergiesMax),
    newest(['Observation'], recentMax, tools.clock.now() - criticalMs),
    newest(['Encounter'], visitsLookedAt),
    newest(['Coverage'], visitsLookedAt),
  ])
  if (!allergies.ok) return allergies
  if (!recent.ok) return recent
  if (!visits.ok) return visits
  if (!coverages.ok) return coverages
  const [others, blood, current] = await Promise.all([
    othersOf(chart),
    readBloodGroup(chart),
    currentStay(visits.value.entries, chart, tools),
  ])
  if (!others.ok) return others
  if (!blood.ok) return blood
  if (!current.ok) return current
  return ok({
    tenant: chart.tenant,
    tenantName: tools.tenant(chart.tenant)?.name ?? chart.tenant,
    id: chart.id,
    version: chart.version,
    ...personOf(chart.patient),
    insurance:
      coverages.value.entries
        .map(resourceOf)
        .map(coverage => conceptText(coverage['type']))
        .find(Boolean) ?? '',
    allergies: allergies.value.entries
      .map(stored => allergyOf(resourceOf(stored), stored.version))
      .filter(each => each.status !== 'entered-in-error'),
    critical: criticalOf(recent.value.entries.map(stored => ({ body: stored.body, read: () => resourceOf(stored) }))),
    blood: blood.value,
    current: current.value,
    ...others.value,
  })
}

async function currentStay(newestFirst: readonly StoredVersion[], { tenant, reader }: Chart, tools: ChartTools) {
  const stay = newestFirst
    .map(stored => ({ stored, resource: resourceOf(stored) }))
    .find(({ resource }) => isStay(resource, tools.clock.now()))
  if (!stay) return ok(undefined)
  const departments = await departmentsOf([stay.resource], reader)
  return departments.ok ? ok(visitOf(stay.resource, stay.stored.version, { tenant, departments: departments.value, tools })) : departments
}

function personOf(patient: JsonObject) {
  const names = objects(patient['name'])
  const deceased = patient['deceasedBoolean'] === true ? 'true' : text(patient['deceasedDateTime'])
  return {
    name: nameText(names[0]),
    otherNames: [...new Set(names.slice(1).map(nameText).filter(Boolean))],
    sex: text(patient['gender']),
    birthDate: text(patient['birthDate']) || undefined,
    deceased: deceased || undefined,
    identifiers: identifiersOf(patient, false),
    phones: phonesOf(patient, false),
    address: areaOf(objects(patient['address'])[0]),
    provisional: hasTag(object(patient['meta']), provisionalTag.code),
    active: patient['active'] !== false,
  }
}

/** City and district; the street is shown on request only. */
function areaOf(address: JsonObject | undefined): string {
  return [...new Set([text(address?.['state']), text(address?.['city']), text(address?.['district'])].filter(Boolean))].join(' ')
}

function allergyOf(allergy: JsonObject, version: number) {
  const reactions = objects(allergy['reaction']).flatMap(reaction => objects(reaction['manifestation']).map(each => conceptText(each)))
  return {
    id: text(allergy['id']),
    version,
    name: conceptText(allergy['code']),
    categories: texts(allergy['category']),
    criticality: text(allergy['criticality']),
    reactions: reactions.filter(Boolean),
    status: codesOf(allergy['verificationStatus']).some(({ code }) => code === 'entered-in-error')
      ? 'entered-in-error'
      : (codesOf(allergy['clinicalStatus'])[0]?.code ?? ''),
  }
}
