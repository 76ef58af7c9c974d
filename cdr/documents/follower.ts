// Shared documents follow the change feed: every version of a resource that a definition is written from is answered once, whenever that is.
import type { TenantCode } from '#kernel/tenant.ts'
import type { FollowerSpec } from '../subscriptions/follower.ts'
import { type ProductionTools, produce } from './produce.ts'

export const documentFollowerName = 'documents'

/** Give it to a `Follower`, and wake that when the tenant commits. Removing the record of its place makes it look at everything again; what is made stays. */
export function documentFollower(tenant: TenantCode, tools: ProductionTools): FollowerSpec {
  return {
    name: documentFollowerName,
    tenant,
    into: tenant,
    types: [...new Set(tools.writers.map(writer => writer.root))],
    handle: (change, reader) => produce(tenant, change, reader, tools),
  }
}
