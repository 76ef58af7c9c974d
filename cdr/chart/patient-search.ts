// Finds patients by what a person types, over every tenant the caller may see; each hit with what tells it from its namesakes.
import { fault } from '#kernel/fault.ts'
import type { JsonObject } from '#kernel/json.ts'
import type { Reader, StoredVersion } from '#kernel/ports/storage.ts'
import { failed, ok, type Result } from '#kernel/result.ts'
import type { Filter } from '#kernel/search-plan.ts'
import type { Call } from '#platform/http/route.ts'
import { boolean, list, oneOf, object as shape, string } from '#platform/http/schema.ts'
import { auditEntry } from '../access/audit.ts'
import { hasTag, provisionalTag } from '../store/body.ts'
import { type ChartTools, resourceOf } from './chart.ts'
import { departmentsOf } from './departments.ts'
import { nameText, object, objects, referenceId, text } from './element.ts'
import { identifiersOf, phonesOf } from './identifiers.ts'
import { recordNumberOf } from './other-records.ts'
import { readWays } from './patient-query.ts'
import { lanes, visitOf } from './visits.ts'

export const patientsSchema = shape({
  patients: list(
    shape({
      tenant: string,
      tenantName: string,
      id: string,
      name: string,
      sex: string,
      'birthDate?': string,
      number: string,
      idCard: string,
      phone: string,
      provisional: boolean,
      'mergedInto?': string,
      'lastVisit?': shape({ lane: oneOf(...lanes), start: string, department: string, status: string }),
    }),
  ),
  more: boolean,
})

const patientsMax = 50

export async function searchPatients(call: Call, tools: ChartTools): Promise<Result<unknown>> {
  const ways = readWays(String(call.query['q'] ?? ''), tools.digest)
  if (!ways) return ok({ patients: [], more: false })
  const reader = tools.storage.reader(call.scope)
  const found = await Promise.all([
    ...ways.patients.map(where => run(reader, 'Patient', where)),
    ...ways.visits.map(where => patientsOfVisits(reader, where)),
  ])
  const failure = found.find(each => !each.ok)
  if (failure && !failure.ok) return failure
  const hits = distinct(found.flatMap(each => (each.ok ? each.value : [])))
  const shown = hits.slice(0, patientsMax)
  for (const tenant of call.scope.tenants) {
    const touch = { action: 'search-patient', subject: `Patient by ${ways.kind}`, detail: `${shown.length}` }
    const noted = tools.storage.audit(tenant, auditEntry(call, touch, tools.clock.now()))
    if (!noted.ok) return noted
  }
  const patients = await Promise.all(shown.map(stored => hitOf(stored, call, tools)))
  return ok({ patients: folded(patients).sort(byRelevance(String(call.query['q']))), more: hits.length > patientsMax })
}

async function run(reader: Reader, type: string, where: Filter): Promise<Result<readonly StoredVersion[]>> {
  const page = await reader.search({ type, where, sort: [], count: patientsMax + 1, total: 'none', at: {} })
  if (!page.ok) return page.fault.code === 'store.horizon' ? failed(fault('fhir.page-expired')) : page
  return ok(page.value.entries)
}

/** Patients of the visits that carry the number; an id is read in the tenant of its visit. */
async function patientsOfVisits(reader: Reader, where: Filter): Promise<Result<readonly StoredVersion[]>> {
  const visits = await run(reader, 'Encounter', where)
  if (!visits.ok) return visits
  const ids = visits.value.flatMap(stored => referenceId(resourceOf(stored)['subject'], 'Patient') ?? [])
  const read = await reader.read([...new Set(ids)].map(id => ({ type: 'Patient', id })))
  return read.ok ? ok(read.value.filter(stored => stored !== undefined)) : read
}

function distinct(stored: readonly StoredVersion[]): StoredVersion[] {
  return [...new Map(stored.filter(each => each.op !== 'delete').map(each => [`${each.tenant}/${each.id}`, each])).values()]
}

async function hitOf(stored: StoredVersion, call: Call, tools: ChartTools) {
  const patient = resourceOf(stored)
  const { tenant, id } = stored
  const identifiers = identifiersOf(patient, false)
  return {
    tenant,
    tenantName: tools.tenant(tenant)?.name ?? tenant,
    id,
    name: nameText(objects(patient['name'])[0]),
    sex: text(patient['gender']),
    birthDate: text(patient['birthDate']) || undefined,
    number: recordNumberOf(patient),
    idCard:
      identifiers.find(each => each.label === 'NNCHN' || each.label === 'NI' || each.system.endsWith('2.16.156.10011.1.3'))?.value ?? '',
    phone: phonesOf(patient, false)[0]?.value ?? '',
    provisional: hasTag(object(patient['meta']), provisionalTag.code),
    mergedInto: survivorOf(patient),
    linked: linkedTo(patient),
    lastVisit: await lastVisit(stored, tools.storage.reader({ principal: call.principal, tenants: [tenant] }), tools),
  }
}

type Hit = Awaited<ReturnType<typeof hitOf>>

/**
 * A record that nobody was ever seen under (insurance knows the person by a number of its own) is not shown beside the record it was linked to.
 * What is left says no links: the chart does.
 */
function folded(hits: readonly Hit[]): Omit<Hit, 'linked'>[] {
  return hits
    .filter(hit => hit.lastVisit !== undefined || !hit.linked.some(id => seen(hits, hit.tenant, id)))
    .map(({ linked: _, ...hit }) => hit)
}

function seen(hits: readonly Hit[], tenant: string, id: string): boolean {
  return hits.some(hit => hit.tenant === tenant && hit.id === id && hit.lastVisit !== undefined)
}

function linkedTo(patient: JsonObject): string[] {
  return objects(patient['link']).flatMap(link => (link['type'] === 'seealso' ? (referenceId(link['other'], 'Patient') ?? []) : []))
}

function survivorOf(patient: JsonObject): string | undefined {
  const link = objects(patient['link']).find(each => each['type'] === 'replaced-by')
  return link && referenceId(link['other'], 'Patient')
}

async function lastVisit({ tenant, id }: StoredVersion, reader: Reader, tools: ChartTools) {
  const page = await reader.compartment({ patients: [id], types: ['Encounter'], count: 1, at: {} })
  const stored = page.ok ? page.value.entries[0] : undefined
  if (!stored) return undefined
  const encounter = resourceOf(stored)
  const departments = await departmentsOf([encounter], reader)
  const context = { tenant, departments: departments.ok ? departments.value : new Map(), tools }
  const { lane, start = '', department, status } = visitOf(encounter, stored.version, context)
  return { lane, start, department, status }
}

/** The very name first, then those seen most recently; retired records last. */
function byRelevance(typed: string) {
  const rank = (hit: Omit<Hit, 'linked'>) => (hit.mergedInto ? 2 : hit.name === typed.trim() ? 0 : 1)
  return (a: Omit<Hit, 'linked'>, b: Omit<Hit, 'linked'>) =>
    rank(a) - rank(b) || (b.lastVisit?.start ?? '').localeCompare(a.lastVisit?.start ?? '')
}
