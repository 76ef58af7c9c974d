// Who is here now: patients in hospital and in the emergency room, newest first. Where a clinician starts who has not typed anything yet.
import type { JsonObject } from '#kernel/json.ts'
import type { StoredVersion } from '#kernel/ports/storage.ts'
import { ok, type Result } from '#kernel/result.ts'
import type { Call } from '#platform/http/route.ts'
import { boolean, list, object as shape, string } from '#platform/http/schema.ts'
import { auditEntry } from '../access/audit.ts'
import { clinicalDateParameters } from '../index/clinical-date.ts'
import { type ChartTools, resourceOf } from './chart.ts'
import { departmentsOf } from './departments.ts'
import { nameText, objects, referenceId, text } from './element.ts'
import { recordNumberOf } from './other-records.ts'
import { staysNow } from './stay.ts'
import { visitOf, visitSchema } from './visits.ts'

export const presentSchema = shape({
  present: list(
    shape({
      tenant: string,
      tenantName: string,
      id: string,
      name: string,
      sex: string,
      'birthDate?': string,
      number: string,
      visit: visitSchema,
    }),
  ),
  more: boolean,
})

const presentMax = 100

export async function listPresent(call: Call, tools: ChartTools): Promise<Result<unknown>> {
  for (const tenant of call.scope.tenants) {
    const noted = tools.storage.audit(
      tenant,
      auditEntry(call, { action: 'list-present', subject: 'Encounter in-progress' }, tools.clock.now()),
    )
    if (!noted.ok) return noted
  }
  const found = await tools.storage.reader(call.scope).search({
    type: 'Encounter',
    where: staysNow(tools.clock.now()),
    sort: [{ param: clinicalDateParameters('Encounter')[0]!, kind: 'when', descending: true }],
    count: presentMax,
    total: 'none',
    at: {},
  })
  if (!found.ok) return found
  const rows = await Promise.all(call.scope.tenants.map(tenant => rowsOf(tenant, found.value.entries, call, tools)))
  const failure = rows.find(each => !each.ok)
  if (failure) return failure
  const present = rows.flatMap(each => (each.ok ? each.value : []))
  return ok({
    present: present.sort((a, b) => (b.visit.start ?? '').localeCompare(a.visit.start ?? '')),
    more: found.value.next !== undefined,
  })
}

/** Rows of one tenant: an id means something only in its own. */
async function rowsOf(tenant: string, entries: readonly StoredVersion[], call: Call, tools: ChartTools) {
  const reader = tools.storage.reader({ principal: call.principal, tenants: [tenant] })
  const stays = entries
    .filter(stored => stored.tenant === tenant)
    .map(stored => ({ encounter: resourceOf(stored), version: stored.version }))
    .flatMap(stay => {
      const patient = referenceId(stay.encounter['subject'], 'Patient')
      return patient === undefined ? [] : [{ ...stay, patient }]
    })
  const departments = await departmentsOf(
    stays.map(stay => stay.encounter),
    reader,
  )
  if (!departments.ok) return departments
  const ids = [...new Set(stays.map(stay => stay.patient))]
  const read = await reader.read(ids.map(id => ({ type: 'Patient', id })))
  if (!read.ok) return read
  const patients = new Map(read.value.flatMap(stored => (stored && stored.op !== 'delete' ? [[stored.id, resourceOf(stored)]] : [])))
  return ok(
    stays.flatMap(({ patient: id, encounter, version }) => {
      const patient = patients.get(id)
      const visit = visitOf(encounter, version, { tenant, departments: departments.value, tools })
      return patient ? [{ tenant, tenantName: tools.tenant(tenant)?.name ?? tenant, id, ...personOf(patient), visit }] : []
    }),
  )
}

function personOf(patient: JsonObject) {
  return {
    name: nameText(objects(patient['name'])[0]),
    sex: text(patient['gender']),
    birthDate: text(patient['birthDate']) || undefined,
    number: recordNumberOf(patient),
  }
}
