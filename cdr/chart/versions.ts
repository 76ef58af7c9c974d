// Behind a card: every version of a resource as it was stored, and the message or person that caused it.
import { readStored } from '#formats/fhir/json/stored.ts'
import { messageName } from '#kernel/envelope.ts'
import { fault } from '#kernel/fault.ts'
import { isFhirId } from '#kernel/ids.ts'
import type { StoredVersion } from '#kernel/ports/storage.ts'
import { failed, ok, type Result } from '#kernel/result.ts'
import type { Call } from '#platform/http/route.ts'
import { anything, instantMs, integer, list, object as shape, string } from '#platform/http/schema.ts'
import { mayTouch } from '#platform/security/rights.ts'
import { auditEntry, patientOf } from '../access/audit.ts'
import type { ChartTools } from './chart.ts'

export const versionsSchema = shape({
  tenant: string,
  type: string,
  id: string,
  versions: list(
    shape({
      version: integer,
      op: string,
      atMs: instantMs,
      t: integer,
      by: string,
      'message?': string,
      'plan?': string,
      'body?': anything,
    }),
  ),
})

const versionsMax = 50

export async function readVersions(call: Call, tools: ChartTools): Promise<Result<unknown>> {
  const { tenant, type, id } = call.path as { tenant: string; type: string; id: string }
  if (!mayTouch(call.principal, 'read', type)) return failed(fault('auth.scope', { args: { scope: `${type.slice(0, 40)}.read` } }))
  const unknown = failed(fault('fhir.unknown', { args: { type: type.slice(0, 40), id: id.slice(0, 64) } }))
  if (!call.scope.tenants.includes(tenant) || !isFhirId(id)) return unknown
  const reader = tools.storage.reader({ principal: call.principal, tenants: [tenant] })
  const history = await reader.history(type, id, { count: versionsMax })
  if (!history.ok) return history
  const bodied = history.value.find(stored => stored.body.length > 0)
  if (!bodied) return unknown
  const patient = patientOf(type, id, bodied.body)
  const touch = { action: 'history', subject: `${type}/${id}`, ...(patient === undefined ? {} : { patient }) }
  const noted = tools.storage.audit(tenant, auditEntry(call, touch, tools.clock.now()))
  if (!noted.ok) return noted
  return ok({ tenant, type, id, versions: history.value.map(versionOf) })
}

function versionOf({ tenant, version, op, committedAtMs, t, cause, body }: StoredVersion) {
  return {
    version,
    op,
    atMs: committedAtMs,
    t,
    by: cause.by,
    message: cause.message === undefined ? undefined : messageName({ tenant, seq: cause.message }),
    plan: cause.plan,
    body: body.length === 0 ? undefined : readStored(body.toString('utf8')),
  }
}
