// Conditions on writes (http.html#cond-update, #ccreate): the resources a query means, and the claim by which only one of two racing creates succeeds.
import { fault } from '#kernel/fault.ts'
import type { Reader, StoredVersion } from '#kernel/ports/storage.ts'
import { failed, ok, type Result } from '#kernel/result.ts'
import type { TenantCode } from '#kernel/tenant.ts'
import { withinCharts } from '../search/charts.ts'
import { coveredBy, widen } from '../search/covered.ts'
import { readSearch } from '../search/plan.ts'
import { printQuery } from '../search/query.ts'
import { basesOf, type Caller, type Rest } from './call.ts'

export type Condition = {
  /** The one match; undefined when there is none. */
  readonly match: StoredVersion | undefined
  /** To be claimed by whoever creates because there is none. */
  readonly claim: string
}

/** Several matches are a fault; so is a query that is not understood whole, or asks nothing. */
export async function condition(
  type: string,
  query: string,
  tenant: TenantCode,
  reader: Reader,
  caller: Caller,
  rest: Rest,
): Promise<Result<Condition>> {
  const search = readSearch(type, query, { bases: basesOf(caller), nowMs: rest.clock.now(), digest: rest.digest, strict: true })
  if (!search.ok) return search
  const { applied, plan } = search.value
  if (plan.where.op === 'and' && plan.where.of.length === 0) return failed(fault('fhir.condition-empty', { args: { type } }))
  const claim = await freeClaim(`condition|${type}|${rest.digest(printQuery(applied))}`, tenant, reader)
  if (!claim.ok) return claim
  const covered = await coveredBy(plan.where, [tenant], reader)
  if (!covered.ok) return covered
  const where = widen(withinCharts(type, plan.where), covered.value)
  const page = await reader.search({ ...plan, where, sort: [], count: 2, total: 'none' })
  if (!page.ok) return page
  if (page.value.entries.length > 1) return failed(fault('fhir.multiple-matches', { args: { type, count: '≥ 2' } }))
  return ok({ match: page.value.entries[0], claim: claim.value })
}

/**
 * The first key of a chain that nobody holds. A key stays with the resource it was taken for even when that no longer matches, so the next
 * key of the chain is named after its holder. Read before the search: a holder seen here is seen by the search too, unless it stopped matching.
 */
async function freeClaim(key: string, tenant: TenantCode, reader: Reader): Promise<Result<string>> {
  for (;;) {
    const held = await reader.claims(tenant, [key])
    if (!held.ok) return held
    const holder = held.value[0]
    if (holder === undefined) return ok(key)
    key = `${key.slice(0, 200)}|${holder}`
  }
}
