// Where a search runs: here, for as long as that holds nobody up, else in a reader thread until its deadline.
import { fault } from '#kernel/fault.ts'
import type { SearchPage } from '#kernel/ports/storage.ts'
import { failed, type Result } from '#kernel/result.ts'
import type { SearchPlan } from '#kernel/search-plan.ts'
import type { TenantCode } from '#kernel/tenant.ts'
import type { Connections } from '../reader/connection.ts'
import { snapshots } from '../reader/embedded-reader.ts'
import { diskFault } from '../sqlite-fault.ts'
import { searchTenants } from './search.ts'

/** Runs a search in this thread; undefined when it did not end within the given milliseconds. */
export function searchWithin(
  connections: Connections,
  tenants: readonly TenantCode[],
  plan: SearchPlan,
  ms: number,
): Result<SearchPage> | undefined {
  const each = tenants.flatMap(tenant => connections.of(tenant) ?? [])
  const deadline = performance.now() + ms
  try {
    for (const connection of each) connection.deadline = deadline
    return snapshots(each, () => searchTenants(each, plan))
  } catch (error) {
    if (each.some(connection => connection.overran)) return undefined
    const disk = diskFault(error)
    if (disk) return failed(disk)
    throw error
  } finally {
    for (const connection of each) connection.deadline = Number.POSITIVE_INFINITY
  }
}

export function deadlineFault(ms: number): Result<never> {
  return failed(fault('store.deadline', { args: { ms } }))
}
