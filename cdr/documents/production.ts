// How production fares: documents produced and valid per type (the rating reads the same), how far it has come, and what went wrong.
import type { Reader } from '#kernel/ports/storage.ts'
import { ok, type Result } from '#kernel/result.ts'
import type { TenantCode } from '#kernel/tenant.ts'
import type { Call } from '#platform/http/route.ts'
import { type DocumentTools, describeFinding } from './document.ts'
import { checkKind, countKind, type DocumentCheck } from './document-set.ts'

export type ProducedDocuments = {
  readonly tenant: TenantCode
  readonly code: string
  readonly title: string
  readonly produced: number
  readonly valid: number
  readonly failed: number
}

const hourMs = 3_600_000

/** Documents made in a stretch of time (ms), per tenant of the reader and type; types without any are not listed. */
export async function producedDocuments(
  reader: Reader,
  stretch: { readonly fromMs: number; readonly toMs: number },
  titleOf: (code: string) => string | undefined,
): Promise<Result<readonly ProducedDocuments[]>> {
  const counts = await reader.counts(countKind, Math.floor(stretch.fromMs / hourMs), Math.floor(stretch.toMs / hourMs) + 1)
  if (!counts.ok) return counts
  const rows = new Map<string, { tenant: TenantCode; code: string; sums: Record<string, number> }>()
  for (const { tenant, key, sum } of counts.value) {
    const [code = '', what = ''] = key.split('/')
    const row = rows.get(`${tenant} ${code}`) ?? { tenant, code, sums: {} }
    rows.set(`${tenant} ${code}`, row)
    row.sums[what] = (row.sums[what] ?? 0) + sum
  }
  const list = [...rows.values()].map(({ tenant, code, sums }) => ({
    tenant,
    code,
    title: titleOf(code) ?? code,
    produced: sums['produced'] ?? 0,
    valid: sums['valid'] ?? 0,
    failed: sums['failed'] ?? 0,
  }))
  return ok(list.sort((a, b) => (`${a.tenant} ${a.code}` < `${b.tenant} ${b.code}` ? -1 : 1)))
}

export async function readProduction(call: Call, tools: DocumentTools): Promise<Result<unknown>> {
  const { since, until } = call.query as { readonly since?: number; readonly until?: number }
  const reader = tools.storage.reader(call.scope)
  const types = await producedDocuments(
    reader,
    { fromMs: since ?? 0, toMs: until ?? tools.clock.now() },
    code => tools.specs.get(code)?.title,
  )
  if (!types.ok) return types
  const progress = []
  for (const tenant of call.scope.tenants) {
    const waiting = await waitingChanges(tenant, reader, tools)
    if (!waiting.ok) return waiting
    progress.push({ tenant, ...waiting.value })
  }
  return ok({ types: types.value, progress })
}

const waitingMax = 1_000

/** Changes that documents could follow from and that were not looked at yet; `more` when there are more than were counted. */
async function waitingChanges(tenant: TenantCode, reader: Reader, tools: DocumentTools): Promise<Result<Record<string, unknown>>> {
  const place = tools.place(tenant)
  if (place === undefined || place < 0) return ok({})
  const changes = await reader.changes(tenant, place, waitingMax)
  if (!changes.ok) return changes
  const waiting = changes.value.filter(change => tools.roots.includes(change.type)).length
  return ok({ place, waiting, more: changes.value.length >= waitingMax })
}

const problemsDefault = 100
const recordsPage = 500
const recordsMax = 20_000

/** Looks through the records of checks, which have no order: `complete` says whether it saw them all. */
export async function listProblems(call: Call, tools: DocumentTools): Promise<Result<unknown>> {
  const limit = Number(call.query['limit'] ?? problemsDefault)
  const reader = tools.storage.reader(call.scope)
  const problems: unknown[] = []
  let complete = true
  for (const tenant of call.scope.tenants) {
    let after: string | undefined
    for (let seen = 0; ; seen += recordsPage) {
      const page = await reader.records(tenant, checkKind, { limit: recordsPage, ...(after !== undefined && { after }) })
      if (!page.ok) return page
      for (const { key, value } of page.value) {
        const { valid, code, checkedAtMs, findings } = JSON.parse(value) as DocumentCheck
        if (valid || (call.query['type'] !== undefined && call.query['type'] !== code)) continue
        if (problems.length === limit) return ok({ problems, complete: false })
        problems.push({ tenant, id: key, code, checkedAtMs, findings: findings.map(finding => describeFinding(finding, call.language)) })
      }
      after = page.value.at(-1)?.key
      if (page.value.length < recordsPage) break
      if (seen + recordsPage >= recordsMax) {
        complete = false
        break
      }
    }
  }
  return ok({ problems, complete })
}
