// The banner of a chart: who this is, numbers masked, allergies, fresh critical values, where the patient lies now, and every doubt about identity.
import type { JsonObject } from '#kernel/json.ts'
import { ok, type Result } from '#kernel/result.ts'
import type { Call } from '#platform/http/route.ts'
import { boolean, integer, list, oneOf, object as shape, string } from '#platform/http/schema.ts'
import { hasTag, provisionalTag } from '../store/body.ts'
import { type Chart, type ChartTools, openChart, resourceOf } from './chart.ts'
import { codesOf, conceptText, firstText, nameText, object, objects, referenceId, text, texts } from './element.ts'
import { flagOf, flags, isCritical } from './flags.ts'
import { identifiersOf, phonesOf } from './identifiers.ts'
import { itemOf, measured } from './observation.ts'
import { visitOf, visitSchema } from './visits.ts'

const other = shape({ id: string, name: string, 'birthDate?': string, sex: string, number: string })

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
  critical: list(shape({ id: string, name: string, text: string, unit: string, flag: oneOf(...flags), at: string })),
  'current?': visitSchema,
  provisional: boolean,
  active: boolean,
  'mergedInto?': other,
  merged: list(other),
  linked: list(other),
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
  const others = await othersOf(chart)
  if (!others.ok) return others
  const current = visits.value.entries.map(stored => ({ stored, resource: resourceOf(stored) })).find(({ resource }) => isStay(resource))
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
    current: current && visitOf(current.resource, current.stored.version, chart, tools),
    ...others.value,
  })
}

/** Somebody who lies here or is being seen in the emergency room now. */
function isStay(encounter: JsonObject): boolean {
  const stays = ['IMP', 'ACUTE', 'NONAC', 'OBSENC', 'EMER']
  return encounter['status'] === 'in-progress' && stays.includes(text(object(encounter['class'])['code']))
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

/** The newest value of every item that was critical; a later normal value takes it off again. Bodies without a flag at all are not parsed. */
function criticalOf(newestFirst: readonly { readonly body: Buffer; read(): JsonObject }[]) {
  const mentioned = newestFirst.some(({ body }) => criticalMarks.some(mark => body.includes(mark)))
  if (!mentioned) return []
  const seen = new Set<string>()
  return newestFirst.flatMap(({ read }) => {
    const observation = read()
    const item = itemOf(observation)
    if (seen.has(item.key)) return []
    seen.add(item.key)
    const flag = flagOf(observation)
    if (!isCritical(flag)) return []
    const { id, text: said, unit, at } = measured(observation, 0)
    return [{ id, name: item.name, text: said, unit, flag, at }]
  })
}

const criticalMarks = ['"HH"', '"LL"', '"AA"', '"HU"', '"LU"']

async function othersOf(chart: Chart) {
  const links = objects(chart.patient['link']).flatMap(link => {
    const id = referenceId(link['other'], 'Patient')
    return id === undefined ? [] : [{ id, type: text(link['type']) }]
  })
  const ids = [...new Set([...links.map(link => link.id), ...chart.ids.slice(1)])]
  const read = await chart.reader.read(ids.map(id => ({ type: 'Patient', id })))
  if (!read.ok) return read
  const known = new Map(
    read.value.flatMap(stored => (stored && stored.op !== 'delete' ? [[stored.id, otherOf(resourceOf(stored))] as const] : [])),
  )
  const pick = (wanted: readonly string[]) => wanted.flatMap(id => known.get(id) ?? [])
  const ofType = (...types: readonly string[]) => links.filter(link => types.includes(link.type)).map(link => link.id)
  return ok({
    mergedInto: pick(ofType('replaced-by'))[0],
    merged: pick(chart.ids.slice(1)),
    linked: pick(ofType('seealso', 'refer').filter(id => !chart.ids.includes(id))),
  })
}

export function otherOf(patient: JsonObject) {
  return {
    id: text(patient['id']),
    name: nameText(objects(patient['name'])[0]),
    birthDate: firstText(patient, 'birthDate') || undefined,
    sex: text(patient['gender']),
    number: recordNumberOf(patient),
  }
}

export function recordNumberOf(patient: JsonObject): string {
  const identifiers = objects(patient['identifier'])
  return text((identifiers.find(each => codesOf(each['type']).some(({ code }) => code === 'MR')) ?? identifiers[0])?.['value'])
}
