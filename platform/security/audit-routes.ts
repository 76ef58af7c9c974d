// The audit trail over the console API (等保三级 安全审计): who looked at or changed what, newest first.

import { fault } from '#kernel/fault.ts'
import type { Storage } from '#kernel/ports/storage.ts'
import { failed, ok, type Result } from '#kernel/result.ts'
import type { TenantCode } from '#kernel/tenant.ts'
import type { Call, Route } from '../http/route.ts'
import { instantMs, integer, list, object, string } from '../http/schema.ts'

const rowsMax = 200

const entry = object({
  tenant: string,
  seq: integer,
  atMs: instantMs,
  principal: string,
  action: string,
  outcome: string,
  subject: string,
  'patient?': string,
  'remote?': string,
  'detail?': string,
})

export function auditRoutes({ storage }: { storage: Pick<Storage, 'reader'> }): Route[] {
  return [
    {
      method: 'GET',
      path: '/api/audit/{tenant}',
      right: 'audit.read',
      tag: 'audit',
      summary: '审计记录 · the audit trail of one tenant',
      query: {
        principal: string,
        patient: string,
        action: string,
        since: instantMs,
        until: instantMs,
        before: { ...integer, description: '上一页最后一条的 seq · seq of the last row before' },
        limit: { type: 'integer', minimum: 1, maximum: rowsMax },
      },
      answer: object({ entries: list(entry) }),
      handle: call => readTrail(call, storage),
    },
  ]
}

/** One tenant at a time: each keeps a trail of its own. */
async function readTrail({ path, query, principal, scope }: Call, storage: Pick<Storage, 'reader'>): Promise<Result<unknown>> {
  const tenant: TenantCode = path['tenant']!
  if (!scope.tenants.includes(tenant)) return failed(fault('auth.tenant', { args: { tenant: tenant.slice(0, 40) } }))
  const rows = await storage.reader({ principal, tenants: [tenant] }).auditTrail({
    principal: (query['principal'] as string) || undefined,
    patient: (query['patient'] as string) || undefined,
    action: (query['action'] as string) || undefined,
    sinceMs: query['since'] as number | undefined,
    untilMs: query['until'] as number | undefined,
    beforeSeq: query['before'] as number | undefined,
    limit: (query['limit'] as number | undefined) ?? rowsMax,
  })
  return rows.ok ? ok({ entries: rows.value }) : rows
}
