// The identity review list and merges over the console API.
import { fault } from '#kernel/fault.ts'
import type { JsonObject } from '#kernel/json.ts'
import type { StoredRecord } from '#kernel/ports/storage.ts'
import { failed, ok, type Result } from '#kernel/result.ts'
import type { TenantCode } from '#kernel/tenant.ts'
import type { Call, Route } from '#platform/http/route.ts'
import { anything, instantMs, list, object, oneOf, string } from '#platform/http/schema.ts'
import { type DecisionTools, decideReview, undoMerge } from './decisions.ts'
import { coveredIds, type MergeRecord, mergeRecord } from './merge-patients.ts'
import { type Review, reviewKind } from './review.ts'

const rowsMax = 500
const verdicts = ['same-person', 'different-persons', 'dismissed'] as const

const review = object({
  tenant: string,
  key: string,
  reason: string,
  message: string,
  atMs: instantMs,
  patients: list(anything),
  'decision?': object({ verdict: oneOf(...verdicts), by: string, atMs: instantMs }),
})
const merge = object({ tenant: string, survivor: anything, retired: anything, message: string, atMs: instantMs })

export function identityRoutes(tools: DecisionTools): Route[] {
  return [
    {
      method: 'GET',
      path: '/api/identity/reviews',
      right: 'identity.review',
      tag: 'identity',
      summary: '身份审核清单 · identity review list',
      query: { state: { enum: ['open', 'decided'] } },
      answer: object({ reviews: list(review) }),
      handle: call => listReviews(call, tools),
    },
    {
      method: 'POST',
      path: '/api/identity/reviews/{tenant}/{key}',
      right: 'identity.review',
      tag: 'identity',
      summary: '作出审核结论 · decide a review item',
      body: object({ verdict: oneOf(...verdicts) }),
      answer: anything,
      handle: call => decide(call, tools),
    },
    {
      method: 'GET',
      path: '/api/identity/merges',
      right: 'identity.review',
      tag: 'identity',
      summary: '患者合并记录 · merges',
      answer: object({ merges: list(merge) }),
      handle: call => listMerges(call, tools),
    },
    {
      method: 'POST',
      path: '/api/identity/merges/{tenant}/{survivor}/{retired}/undo',
      right: 'identity.review',
      tag: 'identity',
      summary: '撤销合并 · take a merge back',
      answer: object({}),
      handle: call => undo(call, tools),
    },
  ]
}

async function listReviews(call: Call, tools: DecisionTools): Promise<Result<unknown>> {
  const rows = await recordsOf(call, tools, reviewKind)
  if (!rows.ok) return rows
  const items = rows.value
    .map(({ tenant, record }) => ({ tenant, key: record.key, ...(JSON.parse(record.value) as Review) }))
    .filter(item => call.query['state'] === undefined || (item.decision !== undefined) === (call.query['state'] === 'decided'))
    .sort((a, b) => b.atMs - a.atMs)
  const reviews = []
  for (const item of items) {
    const patients = await patientsOf(call, tools, item.tenant, item.patients)
    if (!patients.ok) return patients
    reviews.push({ ...item, message: `${item.tenant}-${item.message}`, patients: patients.value })
  }
  return ok({ reviews })
}

async function listMerges(call: Call, tools: DecisionTools): Promise<Result<unknown>> {
  const rows = await recordsOf(call, tools, mergeRecord)
  if (!rows.ok) return rows
  const merges = []
  for (const { tenant, record } of rows.value) {
    const known = JSON.parse(record.value) as MergeRecord
    const patients = await patientsOf(
      call,
      tools,
      tenant,
      [record.key, ...coveredIds(known)].map(id => `Patient/${id}`),
    )
    if (!patients.ok) return patients
    const byId = new Map(patients.value.map(patient => [patient['id'], patient]))
    for (const step of known.merges)
      merges.push({
        tenant,
        survivor: byId.get(record.key),
        retired: byId.get(step.retired),
        message: `${tenant}-${step.message}`,
        atMs: step.atMs,
      })
  }
  return ok({ merges: merges.sort((a, b) => b.atMs - a.atMs) })
}

async function decide(call: Call, tools: DecisionTools): Promise<Result<unknown>> {
  const who = decider(call, tools)
  if (!who.ok) return who
  return decideReview(call.path['key']!, (call.body as { verdict: (typeof verdicts)[number] }).verdict, who.value, tools)
}

async function undo(call: Call, tools: DecisionTools): Promise<Result<unknown>> {
  const who = decider(call, tools)
  if (!who.ok) return who
  const done = await undoMerge(call.path['survivor']!, call.path['retired']!, who.value, tools)
  return done.ok ? ok({}) : done
}

function decider(call: Call, tools: DecisionTools) {
  const tenant = call.path['tenant']!
  if (!call.scope.tenants.includes(tenant)) return failed(fault('auth.tenant', { args: { tenant: tenant.slice(0, 40) } }))
  return ok({ tenant, by: call.principal.id, reader: tools.storage.reader({ principal: call.principal, tenants: [tenant] }) })
}

async function recordsOf(call: Call, tools: DecisionTools, kind: string): Promise<Result<{ tenant: TenantCode; record: StoredRecord }[]>> {
  const reader = tools.storage.reader(call.scope)
  const found: { tenant: TenantCode; record: StoredRecord }[] = []
  for (const tenant of call.scope.tenants) {
    const rows = await reader.records(tenant, kind, { limit: rowsMax })
    if (!rows.ok) return rows
    found.push(...rows.value.map(record => ({ tenant, record })))
  }
  return ok(found)
}

/** Current Patients of one tenant, in the order asked for; unknown ones as their id alone. */
async function patientsOf(call: Call, tools: DecisionTools, tenant: TenantCode, names: readonly string[]): Promise<Result<JsonObject[]>> {
  const reader = tools.storage.reader({ principal: call.principal, tenants: [tenant] })
  const wanted = names.map(name => ({ type: 'Patient', id: name.slice('Patient/'.length) }))
  const stored = await reader.read(wanted)
  if (!stored.ok) return stored
  return ok(wanted.map(({ id }, i) => (stored.value[i]?.body.length ? tools.parse(stored.value[i].body) : { resourceType: 'Patient', id })))
}
