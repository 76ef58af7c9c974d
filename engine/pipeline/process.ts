// One message from text to commit: read, map, add codings, build the work, commit; rebuilt when others changed the same data meanwhile.
import type { Clock } from '#kernel/clock.ts'
import type { Commit, CountAdd, DeliveryPut, RecordPut } from '#kernel/commit.ts'
import { type MessageStatus, messageName } from '#kernel/envelope.ts'
import { type Fault, fault, isTransient } from '#kernel/fault.ts'
import type { CodeGap, Mapped } from '#kernel/intent.ts'
import { limits } from '#kernel/limits.ts'
import type { CompiledPlan } from '#kernel/ports/mapper.ts'
import type { Repository, Work } from '#kernel/ports/repository.ts'
import type { Reader, Storage } from '#kernel/ports/storage.ts'
import type { CodingPass } from '#kernel/ports/terminology.ts'
import { failed, ok, type Result } from '#kernel/result.ts'
import { systemPrincipal, type TenantCode } from '#kernel/tenant.ts'
import type { Channel } from '../channels/channel.ts'
import type { Item, Settled } from './item.ts'
import { retryDelayMs } from './retry.ts'

export type ProcessTools = {
  readonly storage: Pick<Storage, 'commit' | 'reader'>
  readonly clock: Clock
  readonly repository: Repository
  readonly channel: (id: string) => Channel | undefined
  readonly plan: (channel: Channel, type: string, tenant: TenantCode) => Result<CompiledPlan<unknown>>
  /** The codec of the format, from decoded text to what its plans read. */
  readonly read: (item: Item, text: string) => Result<unknown>
  readonly text: (item: Item) => Promise<Result<string>>
  readonly coding: (tenant: TenantCode) => CodingPass
  readonly gaps: GapList
  readonly onBug: (reference: string, bug: unknown) => void
}

/** The code work list: what a message adds to it, and that it stands there (so the next one is only counted). */
export type GapList = {
  rows(
    tenant: TenantCode,
    gaps: readonly CodeGap[],
    seen: { seq: number; atMs: number },
  ): { readonly records: readonly RecordPut[]; readonly counts: readonly CountAdd[] }
  stored(tenant: TenantCode, gaps: readonly CodeGap[]): void
}

export async function processItem(item: Item, tools: ProcessTools): Promise<Settled> {
  try {
    const mapped = await mapItem(item, tools)
    const done = mapped.ok ? await apply(item, mapped.value, tools) : mapped
    return done.ok ? done.value : await settleFault(item, done.fault, tools)
  } catch (bug) {
    // A bug fails its message, which can be replayed once it is mended; it does not stop the others.
    const reference = messageName(item)
    tools.onBug(reference, bug)
    return settleFault(item, fault('internal.bug', { args: { reference } }), tools)
  }
}

export type MappedItem = { readonly channel: Channel; readonly mapped: Mapped; readonly planHash: string; readonly codes: Codes }
type Codes = { readonly decided: number; readonly missed: number }

/** The pure part: from text to coded intents. */
export async function mapItem(item: Item, tools: ProcessTools): Promise<Result<MappedItem>> {
  const channel = tools.channel(item.channel)
  if (!channel) return failed(fault('channel.unknown', { args: { channel: item.channel } }))
  const plan = tools.plan(channel, item.type, item.tenant)
  if (!plan.ok) return plan
  const text = item.text === undefined ? await tools.text(item) : ok(item.text)
  if (!text.ok) return text
  const message = tools.read(item, text.value)
  if (!message.ok) return message
  const context = { tenant: item.tenant, source: item.source, facility: item.facility, zone: channel.zone, receivedAtMs: item.receivedAtMs }
  const mapped = plan.value.map(message.value, context)
  if (!mapped.ok) return mapped
  const coding = tools.coding(item.tenant)
  const coded = coding.code(mapped.value.intents, item.source)
  return ok({
    channel,
    mapped: { ...mapped.value, intents: coded.intents, gaps: [...mapped.value.gaps, ...coded.gaps] },
    planHash: `${plan.value.hash}.${coding.hash}`,
    codes: coded,
  })
}

async function apply(item: Item, done: MappedItem, tools: ProcessTools): Promise<Result<Settled>> {
  const { mapped, planHash } = done
  const cause = { message: item.seq, plan: planHash, by: `system:${item.source}` }
  const reader = readerOf(item.tenant, tools.storage)
  const input = {
    tenant: item.tenant,
    mapped,
    source: item.source,
    eventAtMs: item.eventTimeMs ?? item.receivedAtMs,
    message: item.seq,
    cause,
    replay: item.replay,
  }
  const status = endOf(mapped)
  let last: Fault | undefined
  for (let tries = 0; tries < limits.conflictRetriesMax; tries++) {
    const work = await tools.repository.work(input, reader)
    if (!work.ok) return work
    const commit = commitOf(item, done, work.value, tools)
    const receipt = await tools.storage.commit(commit)
    work.value.settle(receipt.ok)
    if (receipt.ok) tools.gaps.stored(item.tenant, mapped.gaps)
    const faults = faultsOf(mapped, work.value)
    if (receipt.ok) return ok(settledAs(item, status, faults, work.value, commit.deliveries ?? [], receipt.value.t))
    last = receipt.fault
    const elsewhere = await settledElsewhere(item, reader)
    if (elsewhere) return ok(elsewhere)
    if (last.code !== 'store.conflict' && last.code !== 'store.claim-held') return receipt
  }
  return failed(last ?? fault('engine.stopping'))
}

function faultsOf(mapped: Mapped, { findings = [] }: Work): readonly Fault[] {
  return findings.length > 0 ? [...mapped.faults, ...findings] : mapped.faults
}

/** A message that says nothing about anything, as a refused transaction of the insurance, is taken and filtered out. */
function endOf({ intents, merges, faults }: Mapped): MessageStatus {
  return intents.length === 0 && merges.length === 0 && faults.length === 0 ? 'filtered' : 'processed'
}

/** Set when an earlier life of this thread settled the attempt and could not say so any more: its effect stands, and must not come twice. */
async function settledElsewhere(item: Item, reader: Reader): Promise<Settled | undefined> {
  const stored = await reader.message(item.tenant, item.seq)
  if (!stored.ok || !stored.value || stored.value.attempt <= item.attempt) return undefined
  const { status, faults, retryAtMs, attempt } = stored.value
  return { tenant: item.tenant, seq: item.seq, attempt: attempt - 1, status, faults, retryAtMs, destinations: [], resources: [], t: 1 }
}

function commitOf(item: Item, { channel, mapped, planHash, codes }: MappedItem, work: Work, tools: ProcessTools): Commit {
  const nowMs = tools.clock.now()
  const gaps =
    mapped.gaps.length > 0 ? tools.gaps.rows(item.tenant, mapped.gaps, { seq: item.seq, atMs: nowMs }) : { records: [], counts: [] }
  const name = messageName(item)
  return {
    tenant: item.tenant,
    cause: { message: item.seq, plan: planHash, by: `system:${item.source}` },
    advances: [{ seq: item.seq, attempt: item.attempt, status: endOf(mapped), faults: faultsOf(mapped, work), plan: planHash }],
    expects: work.expects,
    claims: work.claims,
    resources: work.resources,
    deliveries: item.replay ? [] : deliveriesOf(item, channel, nowMs),
    records: [...work.records, ...gaps.records],
    counts: [...gaps.counts, ...codingCounts(item, codes, nowMs)],
    audit: [
      {
        atMs: nowMs,
        principal: `system:${item.source}`,
        action: item.replay ? 'replay' : 'process',
        outcome: 'success',
        subject: `message ${name}`,
      },
    ],
  }
}

/** Coverage of the code maps, by source; a replay says nothing new. */
function codingCounts(item: Item, { decided, missed }: Codes, nowMs: number): CountAdd[] {
  const hour = Math.floor(nowMs / 3_600_000)
  const counts = [
    { kind: 'coding', key: `${item.source}:decided`, hour, add: decided },
    { kind: 'coding', key: `${item.source}:missed`, hour, add: missed },
  ]
  return item.replay ? [] : counts.filter(count => count.add > 0)
}

/** What the channel's destinations are owed; MSH-10 of the copy is the message's own name, so it stays the same however often it is sent. */
function deliveriesOf(item: Item, channel: Channel, nowMs: number): DeliveryPut[] {
  const name = messageName(item)
  return channel.destinations
    .filter(destination => destination.types.length === 0 || destination.types.includes(item.type))
    .map(({ id }) => ({
      id: `${name}>${id}`,
      destination: id,
      key: item.orderKeys[0] ?? name,
      message: item.seq,
      controlId: name,
      dueAtMs: nowMs,
    }))
}

async function settleFault(item: Item, cause: Fault, tools: ProcessTools): Promise<Settled> {
  const nowMs = tools.clock.now()
  const delay = isTransient(cause) ? retryDelayMs(item.attempt, item.seq) : undefined
  const status: MessageStatus = delay === undefined ? 'failed' : 'retrying'
  const retryAtMs = delay === undefined ? undefined : nowMs + delay
  const advance = { seq: item.seq, attempt: item.attempt, status, faults: [cause], retryAtMs }
  const receipt = await tools.storage.commit({
    tenant: item.tenant,
    cause: { message: item.seq, by: `system:${item.source}` },
    advances: [advance],
  })
  const settled = settledAs(item, status, [cause], undefined, [], receipt.ok ? receipt.value.t : 0)
  return receipt.ok ? { ...settled, retryAtMs } : { ...settled, status: 'retrying', retryAtMs: nowMs + limits.retryDelayMsMax }
}

function settledAs(
  item: Item,
  status: MessageStatus,
  faults: readonly Fault[],
  work: Work | undefined,
  deliveries: readonly DeliveryPut[],
  t: number,
): Settled {
  const { tenant, seq, attempt } = item
  const resources = (work?.resources ?? [])
    .filter(put => put.op !== 'touch')
    .map(({ type, id, version }) => ({ type, id, version: version + 1 }))
  return { tenant, seq, attempt, status, faults, destinations: deliveries.map(delivery => delivery.destination), resources, t }
}

const readers = new Map<TenantCode, Reader>()

function readerOf(tenant: TenantCode, storage: Pick<Storage, 'reader'>): Reader {
  let reader = readers.get(tenant)
  if (!reader) readers.set(tenant, (reader = storage.reader({ principal: systemPrincipal('pipeline'), tenants: [tenant] })))
  return reader
}
