// The chart of one Patient, opened: who it is, whom it covers, and a reader that sees its tenant alone. Nothing is read before it is audited.
import { readStored } from '#formats/fhir/json/stored.ts'
import type { Clock } from '#kernel/clock.ts'
import { fault } from '#kernel/fault.ts'
import type { JsonObject } from '#kernel/json.ts'
import type { Reader, Storage, StoredVersion } from '#kernel/ports/storage.ts'
import { failed, ok, type Result } from '#kernel/result.ts'
import type { TenantCode } from '#kernel/tenant.ts'
import type { Call } from '#platform/http/route.ts'
import { auditEntry } from '../access/audit.ts'
import { coveredPatients } from '../search/covered.ts'

export type ChartTools = {
  readonly storage: Storage
  readonly clock: Clock
  /** Keyed hash of a sensitive value, as the index holds it. */
  readonly digest: (value: string) => string
  /** Seals page marks. */
  readonly cursorKey: Uint8Array
  /** How a tenant is called and what it is; undefined when nobody registered it. */
  readonly tenant: (code: TenantCode) => { readonly name: string; readonly kind: 'hospital' | 'centre' } | undefined
}

export type Chart = {
  readonly tenant: TenantCode
  readonly id: string
  readonly version: number
  readonly patient: JsonObject
  /** The Patient and those merged into it. */
  readonly ids: readonly string[]
  readonly reader: Reader
}

/** Opens the chart of the path; `part` is what of it is looked at, for the audit. A Patient of another tenant looks as if there were none. */
export async function openChart(call: Call, tools: ChartTools, part: string): Promise<Result<Chart>> {
  const tenant = call.path['tenant']!
  const id = call.path['id']!
  const unknown = failed(fault('fhir.unknown', { args: { type: 'Patient', id: id.slice(0, 64) } }))
  if (!call.scope.tenants.includes(tenant)) return unknown
  const noted = noteChart(call, tools, tenant, id, part)
  if (!noted.ok) return noted
  const reader = tools.storage.reader({ principal: call.principal, tenants: [tenant] })
  const read = await reader.read([{ type: 'Patient', id }])
  if (!read.ok) return read
  const [stored] = read.value
  if (!stored) return unknown
  if (stored.op === 'delete') return failed(fault('fhir.deleted', { args: { type: 'Patient', id } }))
  const ids = await coveredPatients(id, [tenant], reader)
  if (!ids.ok) return ids
  return ok({ tenant, id, version: stored.version, patient: resourceOf(stored), ids: ids.value, reader })
}

/** The audit entry of one look into a chart; the look is refused when the audit cannot take it. */
export function noteChart(call: Call, tools: ChartTools, tenant: TenantCode, patient: string, part: string, detail?: string): Result<void> {
  const touch = { action: 'chart', subject: `Patient/${patient} ${part}`, patient, ...(detail === undefined ? {} : { detail }) }
  return tools.storage.audit(tenant, auditEntry(call, touch, tools.clock.now()))
}

export function resourceOf(stored: StoredVersion): JsonObject {
  return readStored(stored.body.toString('utf8'))
}
