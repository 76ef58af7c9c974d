// The engine on the main thread: listeners, intake, log, journal, lanes, outboxes. What maps and commits runs behind `work`.
import type { Clock } from '#kernel/clock.ts'
import type { JournalEntry } from '#kernel/commit.ts'
import { messageName } from '#kernel/envelope.ts'
import { type Fault, fault } from '#kernel/fault.ts'
import type { MessageLog } from '#kernel/ports/log.ts'
import type { Storage, StoredMessage } from '#kernel/ports/storage.ts'
import { failed, ok, type Result } from '#kernel/result.ts'
import type { TenantCode } from '#kernel/tenant.ts'
import type { Channel } from './channels/channel.ts'
import type { Receive, Receiver, Reception } from './connectors/connector.ts'
import type { Endpoints } from './connectors/endpoint.ts'
import { mllpServer } from './connectors/mllp-server.ts'
import { ChannelStats } from './console/channel-stats.ts'
import type { Engine, Outcome, Traced } from './console/engine.ts'
import { RecentMessages } from './journal/duplicates.ts'
import { type IntakeTools, type Taken, takeMessage } from './journal/intake.ts'
import { Journal } from './journal/journal.ts'
import type { Reading } from './journal/reading.ts'
import { recoverTenant } from './journal/recovery.ts'
import { type RoutingTools, sharedChannel } from './journal/routing.ts'
import { Outboxes } from './outbox/outboxes.ts'
import type { Item, Settled } from './pipeline/item.ts'
import { Pipeline } from './pipeline/pipeline.ts'
import { Waiters } from './pipeline/waiters.ts'

export type TraceRequest = Parameters<Engine['trace']>[0]

export type EngineTools = {
  readonly storage: Storage
  readonly log: MessageLog
  readonly clock: Clock
  /** Every channel, the built-in `default` first. */
  readonly channels: readonly Channel[]
  readonly facility: RoutingTools['facility']
  readonly isLoopback: RoutingTools['isLoopback']
  readonly support: IntakeTools['support']
  readonly read: (bytes: Buffer, framing: Fault | undefined, channel: Channel, charset?: string) => Reading
  readonly trace: (request: TraceRequest) => Promise<Result<Traced>>
  /** Hands messages with their texts to the pipeline worker. */
  readonly work: (batch: readonly Item[]) => void
  readonly protect: (value: string) => string
  readonly endpoints: Endpoints
  readonly listen: { readonly host: string; readonly mllpPort: number }
  readonly onTrouble: (what: string, fault: Fault) => void
  readonly onAck: (channel: string, code: string, seconds: number) => void
  readonly onSettled: (item: Item, settled: Settled) => void
}

const answerMsMax = 30_000
/** After these nobody knows where the next frame begins. */
const lostPlace: ReadonlySet<string> = new Set(['mllp.frame-too-large', 'mllp.frame-unfinished'])

export class RunningEngine implements Engine {
  readonly stats: ChannelStats
  readonly #tools: EngineTools
  readonly #intake: IntakeTools
  readonly #journal: Journal
  readonly #pipeline: Pipeline
  readonly #outboxes: Outboxes
  readonly #waiters = new Waiters()
  /** Texts of messages on their way to the journal, so that they are not decoded twice. */
  readonly #texts = new Map<string, string>()
  readonly #receivers = new Map<string, Receiver>()
  #stopping = false

  constructor(tools: EngineTools) {
    this.#tools = tools
    this.stats = new ChannelStats(tools.storage, tools.clock)
    this.#pipeline = new Pipeline({
      clock: tools.clock,
      work: batch => void this.#hand(batch),
      blocks: channel => this.#channel(channel)?.onFailure === 'block',
      onSettled: (item, settled) => this.#onSettled(item, settled),
    })
    this.#journal = new Journal({
      storage: tools.storage,
      onStored: entries => this.#onJournalled(entries),
      onTrouble: (tenant, code) => tools.onTrouble(`journal ${tenant} ${code}`, fault('store.full')),
    })
    this.#outboxes = new Outboxes(tools.channels, {
      storage: tools.storage,
      log: tools.log,
      clock: tools.clock,
      endpoints: tools.endpoints,
      onDelivered: (channel, sent) => this.stats.delivered(channel.tenant, channel.id, sent),
    })
    this.#intake = {
      clock: tools.clock,
      log: tools.log,
      storage: tools.storage,
      routing: { channels: tools.channels, facility: tools.facility, isLoopback: tools.isLoopback },
      recent: new RecentMessages(),
      support: tools.support,
      onKept: (entry, text) => this.#onKept(entry, text),
      backlog: () => this.backlog(),
      stopping: () => this.#stopping,
    }
  }

  /** Brings back what was under way, then opens the listeners; only then is anything new taken. */
  async start(): Promise<Result<void>> {
    for (const tenant of this.#tools.storage.tenants()) {
      const recovered = await recoverTenant(tenant, this.#tools.log, this.#tools.storage)
      if (!recovered.ok) return recovered
      for (const message of recovered.value.open) this.#pipeline.submit(itemOf(message, undefined, false))
    }
    this.#outboxes.wake()
    for (const channel of this.#tools.channels) {
      const opened = await this.#listen(channel)
      if (!opened.ok) return opened
    }
    return ok(undefined)
  }

  async stop(): Promise<void> {
    this.#stopping = true
    await Promise.all([...this.#receivers.values()].map(receiver => receiver.close()))
    await this.#journal.stop()
    await this.#pipeline.stop()
    await this.#outboxes.stop()
    await this.stats.close()
  }

  /** Results of the pipeline worker. */
  settled(batch: readonly Settled[]): void {
    this.#pipeline.settled(batch)
  }

  channels(): readonly Channel[] {
    return this.#tools.channels
  }

  state(channel: string): 'listening' | 'stopped' | 'failed' {
    return this.#stopping ? 'stopped' : this.#channel(channel) ? 'listening' : 'failed'
  }

  /** Ports that listeners have, by channel. */
  ports(): Readonly<Record<string, number>> {
    return Object.fromEntries([...this.#receivers].map(([channel, receiver]) => [channel, receiver.port]))
  }

  backlog(): number {
    return this.#journal.waiting + this.#pipeline.backlog
  }

  oldestQueuedAtMs(channel: string): number | undefined {
    return this.#pipeline.oldestReceivedAtMs(channel)
  }

  /** Something changed that deliveries may have waited for (an address became known). */
  wakeDeliveries(): void {
    this.#outboxes.wake()
  }

  protect(value: string): string {
    return this.#tools.protect(value)
  }

  trace(request: TraceRequest): Promise<Result<Traced>> {
    return this.#tools.trace(request)
  }

  async receive(channel: Channel, bytes: Buffer, remote: string, wait: boolean, tenants?: readonly TenantCode[]): Promise<Outcome> {
    const { taken, outcome } = await this.#take(channel, { bytes, remote, ...(tenants ? { tenants } : {}) })
    if (outcome || taken.seq === undefined || taken.status !== 'received' || !wait) return outcome ?? outcomeOf(taken)
    return this.#after(taken, taken.seq)
  }

  async replay(message: StoredMessage): Promise<Result<Outcome>> {
    const name = messageName(message)
    const channel = this.#channel(message.channel)
    if (!channel) return failed(fault('channel.unknown', { args: { channel: message.channel } }))
    if (message.status === 'received' || message.status === 'retrying')
      return failed(fault('message.not-replayable', { args: { id: name, status: message.status } }))
    const record = await this.#tools.log.read(message.tenant, message.position)
    if (!record.ok) return record
    const reading = this.#tools.read(record.value.bytes, undefined, channel, message.charset)
    const trouble = reading.faults[0] ?? supportTrouble(reading, channel, this.#tools.support)
    if (trouble) return failed(trouble)
    // A sender that was unknown may belong to another tenant by now: then its message is taken anew, there.
    if (message.status === 'quarantined') return ok(await this.receive(channel, record.value.bytes, message.remote, true))
    this.#pipeline.release(name)
    const settled = this.#waiters.wait(name, answerMsMax)
    const lanes = reading.lanes(channel)
    this.#pipeline.submit({
      ...itemOf(message, reading.text, message.plan !== undefined),
      type: reading.type,
      charset: reading.charset,
      orderKeys: lanes.orderKeys,
    })
    return ok(settledOutcome(name, message.ack, await settled))
  }

  #channel(id: string): Channel | undefined {
    return this.#tools.channels.find(channel => channel.id === id)
  }

  async #listen(channel: Channel): Promise<Result<void>> {
    const shared = channel.id === sharedChannel
    if (channel.connector.kind !== 'mllp' || (!shared && channel.connector['port'] === undefined)) return ok(undefined)
    const { kind: _kind, ...settings } = channel.connector
    const port = shared ? this.#tools.listen.mllpPort : Number(settings['port'])
    const receive: Receive = async reception => {
      const { taken } = await this.#take(channel, reception)
      const framing = reception.fault
      return { bytes: taken.reply, close: framing !== undefined && lostPlace.has(framing.code) }
    }
    const opened = await mllpServer.open({ ...channel.limits, ...settings, host: this.#tools.listen.host, port }, receive)
    if (opened.ok) this.#receivers.set(channel.id, opened.value)
    return opened.ok ? ok(undefined) : opened
  }

  /** `outcome` where the channel answers only after processing. */
  async #take(channel: Channel, reception: Reception): Promise<{ taken: Taken; outcome?: Outcome }> {
    const started = performance.now()
    const reading = this.#tools.read(reception.bytes, reception.fault, channel)
    const taken = await takeMessage(reception, reading, channel, this.#intake)
    const waits = taken.route.channel.acknowledge === 'when-processed' && taken.status === 'received' && taken.seq !== undefined
    const outcome = waits ? await this.#after(taken, taken.seq!) : undefined
    this.#tools.onAck(taken.route.channel.id, outcome?.status === 'failed' ? 'AE' : taken.code, (performance.now() - started) / 1000)
    if (outcome?.status !== 'failed') return { taken, outcome }
    const reply = reading.acknowledge('AE', outcome.faults, outcome.id ?? '', this.#tools.clock.now())
    return { taken: { ...taken, code: 'AE', reply }, outcome: { ...outcome, ack: 'AE' } }
  }

  async #after(taken: Taken, seq: number): Promise<Outcome> {
    const name = messageName({ tenant: taken.route.tenant, seq })
    return settledOutcome(name, taken.code, await this.#waiters.wait(name, answerMsMax))
  }

  #onKept(entry: JournalEntry, text: string): void {
    this.stats.received(entry.tenant, entry.channel, entry.status, entry.receivedAtMs)
    if (entry.status === 'received') this.#texts.set(messageName(entry), text)
    this.#journal.add(entry)
  }

  #onJournalled(entries: readonly JournalEntry[]): void {
    for (const entry of entries) {
      if (entry.status !== 'received') continue
      const name = messageName(entry)
      this.#pipeline.submit(itemOf({ ...entry, attempt: 0 }, this.#texts.get(name), false))
      this.#texts.delete(name)
    }
  }

  #onSettled(item: Item, settled: Settled): void {
    if (settled.status !== 'retrying')
      this.stats.settled(item.tenant, item.channel, settled.status, this.#tools.clock.now() - item.receivedAtMs)
    this.#waiters.tell(messageName(item), settled)
    this.#outboxes.wake(settled.destinations)
    this.#tools.onSettled(item, settled)
  }

  /** Messages that waited long lost their text: it is read from the log again. */
  async #hand(batch: readonly Item[]): Promise<void> {
    if (batch.every(item => item.text !== undefined)) return this.#tools.work(batch)
    const whole = await Promise.all(batch.map(item => this.#withText(item)))
    this.#tools.work(whole)
  }

  async #withText(item: Item): Promise<Item> {
    if (item.text !== undefined) return item
    const record = await this.#tools.log.read(item.tenant, item.position)
    const channel = this.#channel(item.channel)
    if (!record.ok || !channel) return { ...item, text: '' }
    return { ...item, text: this.#tools.read(record.value.bytes, undefined, channel, item.charset).text }
  }
}

function itemOf(message: Omit<StoredMessage, 'status' | 'faults'>, text: string | undefined, replay: boolean): Item {
  const { tenant, seq, channel, format, type, source, facility, receivedAtMs, eventTimeMs, orderKeys, position, charset, attempt } = message
  return {
    tenant,
    seq,
    channel,
    format,
    type,
    source,
    facility,
    receivedAtMs,
    eventTimeMs,
    orderKeys,
    position,
    charset,
    attempt,
    replay,
    text,
  }
}

function supportTrouble(reading: Reading, channel: Channel, support: IntakeTools['support']): Fault | undefined {
  const supported = support(channel, reading.type)
  return supported.ok ? reading.missing(supported.value.required)[0] : supported.fault
}

function outcomeOf(taken: Taken): Outcome {
  const id = taken.seq === undefined ? undefined : messageName({ tenant: taken.route.tenant, seq: taken.seq })
  return { id, ack: taken.code, status: taken.status, faults: taken.faults, resources: [] }
}

function settledOutcome(id: string, ack: string, settled: Result<Settled>): Outcome {
  if (!settled.ok) return { id, ack, status: 'received', faults: [settled.fault], resources: [] }
  const { status, faults, resources } = settled.value
  return {
    id,
    ack,
    status,
    faults,
    resources: resources.map(({ type, id: resource, version }) => `${type}/${resource}/_history/${version}`),
  }
}
