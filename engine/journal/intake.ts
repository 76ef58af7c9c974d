// The way in: read, route, refuse or accept, append to the log, answer. The answer is the log's return value; what follows runs at our own pace.
import type { Clock } from '#kernel/clock.ts'
import type { JournalEntry } from '#kernel/commit.ts'
import { type MessageStatus, messageName } from '#kernel/envelope.ts'
import { type Fault, fault, faultAnswer } from '#kernel/fault.ts'
import { limits } from '#kernel/limits.ts'
import type { MessageLog } from '#kernel/ports/log.ts'
import type { Storage } from '#kernel/ports/storage.ts'
import type { Result } from '#kernel/result.ts'
import { systemPrincipal } from '#kernel/tenant.ts'
import type { Channel } from '../channels/channel.ts'
import type { Reception } from '../connectors/connector.ts'
import { duplicateKey, type First, type RecentMessages } from './duplicates.ts'
import type { AckLetter, Reading, Support } from './reading.ts'
import { type Route, type RoutingTools, routeMessage } from './routing.ts'

export type IntakeTools = {
  readonly clock: Clock
  readonly log: MessageLog
  readonly storage: Storage
  readonly routing: RoutingTools
  readonly recent: RecentMessages
  /** What the plans for this type ask of a message, or why no plan takes it. */
  readonly support: (channel: Channel, type: string) => Result<Support>
  /** What the log holds goes to the journal; `text` saves decoding again. */
  readonly onKept: (entry: JournalEntry, text: string) => void
  readonly backlog: () => number
  readonly stopping: () => boolean
}

export type Taken = {
  readonly code: AckLetter
  readonly status: MessageStatus
  readonly faults: readonly Fault[]
  /** Undefined when the bytes could not be kept. */
  readonly seq: number | undefined
  readonly duplicateOf?: number
  readonly route: Route
  readonly reply: Buffer
}

/** Takes one message whatever it is: it is kept byte for byte unless the disk refuses, and answered in its own protocol. */
export async function takeMessage(reception: Reception, reading: Reading, fallback: Channel, tools: IntakeTools): Promise<Taken> {
  const named = routeMessage(
    { application: reading.application, facility: reading.facility, address: reception.remote },
    fallback,
    tools.routing,
  )
  // Who signed in names a sender of a tenant that is not his: it stays at the door.
  const isOutside = reception.tenants?.includes(named.tenant) === false
  const route = isOutside ? { ...named, channel: fallback, tenant: fallback.tenant, quarantine: undefined } : named
  await slowDown(tools.backlog())
  const faults = isOutside ? [fault('auth.tenant', { args: { tenant: named.tenant } })] : refusals(reading, route, tools)
  if (faults.length > 0) {
    const code = faults.some(each => faultAnswer(each).ack === 'AR') ? 'AR' : 'AE'
    return keep(reception, reading, route, { status: route.quarantine ? 'quarantined' : 'rejected', code, faults, key: '' }, tools)
  }
  const key = duplicateKey(route.source, route.facility, reading.controlId, reading.body)
  return key === '' ? keep(reception, reading, route, accepted(''), tools) : takeOnce(reception, reading, route, key, tools)
}

/** A repeat of a message that is just being taken waits for it; the key is held before anything is awaited, so that two at once cannot both be new. */
async function takeOnce(reception: Reception, reading: Reading, route: Route, key: string, tools: IntakeTools): Promise<Taken> {
  for (let known = tools.recent.get(route.tenant, key); known; known = tools.recent.get(route.tenant, key)) {
    const first = await known
    if (first) return keep(reception, reading, route, repeated(first), tools)
  }
  const taken = findStored(route, key, tools).then(first => keep(reception, reading, route, first ? repeated(first) : accepted(key), tools))
  tools.recent.add(
    route.tenant,
    key,
    taken.then(({ seq, code, duplicateOf }) => (seq === undefined ? undefined : { seq: duplicateOf ?? seq, ack: code })),
  )
  return taken
}

function accepted(key: string): Decision {
  return { status: 'received', code: 'AA', faults: [], key }
}

function repeated(first: First): Decision {
  return { status: 'duplicate', code: first.ack as AckLetter, faults: [], key: '', duplicateOf: first.seq }
}

/** Why the message is not accepted; empty when it is. */
function refusals(reading: Reading, route: Route, tools: IntakeTools): readonly Fault[] {
  if (reading.faults.length > 0) return reading.faults
  if (route.quarantine) return [route.quarantine]
  if (tools.stopping()) return [fault('engine.stopping')]
  if (tools.backlog() >= limits.backlogMessagesMax) return [fault('engine.overloaded')]
  const support = tools.support(route.channel, reading.type)
  return support.ok ? reading.missing(support.value.required) : [support.fault]
}

async function findStored(route: Route, key: string, tools: IntakeTools): Promise<First | undefined> {
  const reader = tools.storage.reader({ principal: systemPrincipal('intake'), tenants: [route.tenant] })
  const stored = await reader.firstWithKey(route.tenant, key)
  return stored.ok && stored.value ? { seq: stored.value.seq, ack: stored.value.ack } : undefined
}

type Decision = { status: MessageStatus; code: AckLetter; faults: readonly Fault[]; key: string; duplicateOf?: number }

async function keep(reception: Reception, reading: Reading, route: Route, decision: Decision, tools: IntakeTools): Promise<Taken> {
  const nowMs = tools.clock.now()
  const lanes = reading.lanes(route.channel)
  const support = tools.support(route.channel, reading.type)
  const header = {
    channel: route.channel.id,
    source: route.source,
    facility: route.facility,
    format: route.channel.format,
    type: reading.type,
    controlId: reading.controlId,
    receivedAtMs: nowMs,
    remote: reception.remote,
    charset: reading.charset,
    orderKeys: lanes.orderKeys,
    eventTimeMs: reading.eventTimeMs(support.ok ? support.value.time : [], route.channel.zone),
    tags: lanes.tags,
    status: decision.status,
    ack: decision.code,
    duplicateKey: decision.key,
    duplicateOf: decision.duplicateOf,
    faults: decision.faults,
  }
  const kept = await tools.log.append(route.tenant, JSON.stringify(header), reception.bytes)
  if (!kept.ok) {
    const reply = reading.acknowledge('AE', [kept.fault], `E${nowMs}`, nowMs)
    return { code: 'AE', status: 'rejected', faults: [kept.fault], seq: undefined, route, reply }
  }
  const entry: JournalEntry = { ...header, tenant: route.tenant, seq: kept.value.seq, position: kept.value.position }
  tools.onKept(entry, reading.text)
  const reply = reading.acknowledge(decision.code, decision.faults, messageName(entry), nowMs)
  return {
    code: decision.code,
    status: decision.status,
    faults: decision.faults,
    seq: kept.value.seq,
    duplicateOf: decision.duplicateOf,
    route,
    reply,
  }
}

const calmBacklog = 5_000
const slowestMs = 1_000

/** Over a calm backlog every acknowledgement waits a little, the more the larger it is: senders slow down before anything is refused. */
function slowDown(backlog: number): Promise<void> | undefined {
  if (backlog <= calmBacklog) return undefined
  const wait = Math.min(slowestMs, ((backlog - calmBacklog) / (limits.backlogMessagesMax - calmBacklog)) * slowestMs * 20)
  return new Promise(resolve => setTimeout(resolve, wait))
}
