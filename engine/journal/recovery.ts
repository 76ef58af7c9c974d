// After a start: the journal learns of records that the log holds and the store lacks, then every open message goes to the pipeline in the order of its number.
import type { JournalEntry } from '#kernel/commit.ts'
import { openStatuses } from '#kernel/envelope.ts'
import type { MessageLog } from '#kernel/ports/log.ts'
import type { Storage, StoredMessage } from '#kernel/ports/storage.ts'
import { failed, ok, type Result } from '#kernel/result.ts'
import { systemPrincipal, type TenantCode } from '#kernel/tenant.ts'

const batchEntriesMax = 500
const pageRows = 1_000

export type Recovered = { readonly indexed: number; readonly open: readonly StoredMessage[] }

export async function recoverTenant(tenant: TenantCode, log: MessageLog, storage: Storage): Promise<Result<Recovered>> {
  const reader = storage.reader({ principal: systemPrincipal('recovery'), tenants: [tenant] })
  const last = await reader.lastMessage(tenant)
  if (!last.ok) return last
  let batch: JournalEntry[] = []
  let indexed = 0
  const flush = async () => {
    const done = batch.length > 0 ? await storage.commit({ tenant, cause: { by: 'system:recovery' }, receives: batch }) : ok(undefined)
    indexed += batch.length
    batch = []
    return done
  }
  for await (const record of log.scan(tenant, last.value)) {
    batch.push({ ...(JSON.parse(record.header) as JournalEntry), tenant, seq: record.seq, position: record.position })
    if (batch.length < batchEntriesMax) continue
    const done = await flush()
    if (!done.ok) return failed(done.fault)
  }
  const done = await flush()
  if (!done.ok) return failed(done.fault)
  const open = await openMessages(tenant, storage)
  return open.ok ? ok({ indexed, open: open.value }) : open
}

/** Oldest first. */
async function openMessages(tenant: TenantCode, storage: Storage): Promise<Result<readonly StoredMessage[]>> {
  const reader = storage.reader({ principal: systemPrincipal('recovery'), tenants: [tenant] })
  const found: StoredMessage[] = []
  for (;;) {
    const oldest = found.at(-1)
    const before = oldest && { receivedAtMs: oldest.receivedAtMs, tenant, seq: oldest.seq }
    const page = await reader.messages({ statuses: openStatuses, before, limit: pageRows })
    if (!page.ok) return page
    found.push(...page.value)
    if (page.value.length < pageRows) return ok(found.sort((a, b) => a.seq - b.seq))
  }
}
