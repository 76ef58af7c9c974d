// Gathers what the rating is computed from: channel counts, document checks, code coverage and delays of one tenant, from the store alone.
import type { Reader } from '#kernel/ports/storage.ts'
import { failed, ok, type Result } from '#kernel/result.ts'
import type { TenantCode } from '#kernel/tenant.ts'
import type { Observed } from './assess.ts'

/** A channel as the rating counts it: `tenant` has its messages, `countsFor` are the tenants it connects. */
export type CountedChannel = {
  readonly id: string
  readonly tenant: TenantCode
  readonly systems: readonly string[]
  readonly reach: 'internal' | 'external'
  readonly source: string
  readonly countsFor: readonly TenantCode[]
}

/** Value of the records that document production leaves (cdr/documents). */
type DocumentCheck = { readonly code: string; readonly title?: string; readonly valid: boolean }

export const windowHours = 7 * 24
const hourMs = 3_600_000
const delaysSampled = 500
const documentsMax = 100_000
const pageRows = 1_000

export async function observe(
  tenant: TenantCode,
  channels: readonly CountedChannel[],
  reader: Reader,
  nowMs: number,
): Promise<Result<Observed>> {
  const hour = Math.floor(nowMs / hourMs)
  const ofTenant = channels.filter(channel => channel.countsFor.includes(tenant))
  const counts = await reader.counts('channel', hour - windowHours, hour + 1)
  if (!counts.ok) return counts
  const sumOf = (key: string) => counts.value.filter(row => row.key === key).reduce((sum, row) => sum + row.sum, 0)
  const codings = await reader.counts('coding', hour - windowHours, hour + 1)
  if (!codings.ok) return codings
  const codingOf = (kind: string) =>
    codings.value.filter(row => row.tenant === tenant && row.key.endsWith(`:${kind}`)).reduce((sum, row) => sum + row.sum, 0)
  const documents = await documentCounts(tenant, reader)
  if (!documents.ok) return documents
  const delays = await sampleDelays(ofTenant, tenant, reader)
  if (!delays.ok) return delays
  return ok({
    tenant,
    channels: ofTenant.map(({ id, systems, reach }) => ({
      id,
      systems,
      reach,
      processed: sumOf(`${id}:processed`),
      failed: sumOf(`${id}:failed`),
    })),
    documents: documents.value,
    codings: { decided: codingOf('decided'), missed: codingOf('missed') },
    delaysMs: delays.value,
  })
}

async function documentCounts(tenant: TenantCode, reader: Reader): Promise<Result<Observed['documents']>> {
  const byCode = new Map<string, { code: string; title: string; produced: number; valid: number }>()
  let after: string | undefined
  for (let seen = 0; seen < documentsMax; ) {
    const rows = await reader.records(tenant, 'document-check', { after, limit: pageRows })
    if (!rows.ok) return rows
    for (const row of rows.value) {
      const check = JSON.parse(row.value) as DocumentCheck
      const count = byCode.get(check.code) ?? { code: check.code, title: check.title ?? '', produced: 0, valid: 0 }
      count.produced++
      if (check.valid) count.valid++
      byCode.set(check.code, count)
    }
    seen += rows.value.length
    after = rows.value.at(-1)?.key
    if (rows.value.length < pageRows) break
  }
  return ok([...byCode.values()])
}

/** Receipt to commit of the newest processed messages. */
async function sampleDelays(channels: readonly CountedChannel[], tenant: TenantCode, reader: Reader): Promise<Result<number[]>> {
  const rows = await reader.messages({ statuses: ['processed'], limit: delaysSampled })
  if (!rows.ok) return failed(rows.fault)
  const known = new Set(channels.map(channel => channel.id))
  const ofTenant = rows.value.filter(message => message.tenant === tenant && known.has(message.channel))
  return ok(ofTenant.flatMap(({ settledAtMs, receivedAtMs }) => (settledAtMs === undefined ? [] : [settledAtMs - receivedAtMs])))
}
