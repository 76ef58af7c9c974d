// Channels and the dashboard over the console API, and the door for messages sent by HTTP.
import type { Clock } from '#kernel/clock.ts'
import { fault } from '#kernel/fault.ts'
import type { Storage } from '#kernel/ports/storage.ts'
import { failed, ok, type Result } from '#kernel/result.ts'
import type { Call, Route } from '#platform/http/route.ts'
import { anything, bilingual, boolean, faultSchema, instantMs, integer, list, object, oneOf, string } from '#platform/http/schema.ts'
import type { Channel } from '../channels/channel.ts'
import { type ChannelFigures, figures } from './channel-stats.ts'
import type { Engine } from './engine.ts'
import { describeFault } from './message-routes.ts'

export type ChannelTools = { readonly storage: Storage; readonly engine: Engine; readonly clock: Clock }

const dashboardRow = object({
  id: string,
  name: bilingual,
  tenant: string,
  source: string,
  connector: string,
  systems: list(string),
  reach: oneOf('internal', 'external'),
  state: oneOf('listening', 'stopped', 'failed'),
  figures: object(Object.fromEntries(figures.map(name => [name, integer]))),
  queued: integer,
  perMinute: list(integer),
  'oldestQueuedAtMs?': instantMs,
  'lastMessageAtMs?': instantMs,
  'lagMs?': integer,
  silent: boolean,
})

export function channelRoutes(tools: ChannelTools): Route[] {
  return [
    {
      method: 'GET',
      path: '/api/dashboard',
      right: 'dashboard.read',
      tag: 'dashboard',
      summary: '通道运行一览（最近 24 小时）· channels at a glance, last 24 hours',
      answer: object({ atMs: instantMs, backlog: integer, channels: list(dashboardRow) }),
      handle: call => dashboard(call, tools),
    },
    {
      method: 'GET',
      path: '/api/channels',
      right: 'channels.read',
      tag: 'channels',
      summary: '通道定义 · channel definitions',
      answer: object({ channels: list(anything) }),
      handle: call => ok({ channels: visible(call, tools).map(withoutSecrets) }),
    },
    {
      method: 'GET',
      path: '/api/channels/{id}',
      right: 'channels.read',
      tag: 'channels',
      summary: '一个通道 · one channel',
      answer: anything,
      handle: call => readChannel(call, tools),
    },
    {
      method: 'POST',
      path: '/api/channels/{id}/messages',
      right: 'messages.send',
      tag: 'channels',
      summary:
        '向通道发送一条消息（原始字节）；JSON 通道拒收时以 problem+json 应答 · send one message, raw bytes; what a JSON channel refuses is answered as problem+json',
      query: { wait: { ...boolean, description: '处理完成后才应答 · answer after processing' } },
      body: 'bytes',
      answer: object({ 'id?': string, ack: string, status: string, faults: list(faultSchema), resources: list(string) }),
      handle: call => postMessage(call, tools),
    },
  ]
}

function visible(call: Call, tools: ChannelTools): Channel[] {
  return tools.engine.channels().filter(channel => call.scope.tenants.includes(channel.tenant))
}

async function dashboard(call: Call, tools: ChannelTools): Promise<Result<unknown>> {
  const all = await tools.engine.stats.read(call.scope)
  const nowMs = tools.clock.now()
  return ok({
    atMs: nowMs,
    backlog: tools.engine.backlog(),
    channels: visible(call, tools).map(channel => dashboardOf(channel, all.get(channel.id), nowMs, tools)),
  })
}

function dashboardOf(channel: Channel, live: ChannelFigures | undefined, nowMs: number, tools: ChannelTools) {
  const totals = live?.totals ?? Object.fromEntries(figures.map(name => [name, 0]))
  const done =
    totals['processed']! + totals['filtered']! + totals['failed']! + totals['rejected']! + totals['quarantined']! + totals['duplicate']!
  const silentMs = channel.silentAfterMinutes * 60_000
  return {
    id: channel.id,
    name: channel.name,
    tenant: channel.tenant,
    source: channel.source,
    connector: channel.connector.kind,
    systems: channel.systems,
    reach: channel.reach,
    state: tools.engine.state(channel.id),
    figures: totals,
    queued: Math.max(0, totals['received']! - done),
    perMinute: live?.perMinute ?? [],
    oldestQueuedAtMs: tools.engine.oldestQueuedAtMs(channel.id),
    lastMessageAtMs: live?.lastMessageAtMs,
    lagMs: live?.lagMs,
    silent: silentMs > 0 && (live?.lastMessageAtMs === undefined || nowMs - live.lastMessageAtMs > silentMs),
  }
}

function readChannel(call: Call, tools: ChannelTools): Result<unknown> {
  const channel = channelOf(call, tools)
  return channel.ok ? ok(withoutSecrets(channel.value)) : channel
}

function channelOf(call: Call, tools: ChannelTools): Result<Channel> {
  const channel = visible(call, tools).find(each => each.id === call.path['id'])
  return channel ? ok(channel) : failed(fault('channel.unknown', { args: { channel: call.path['id']!.slice(0, 40) } }))
}

/** Headers of HTTP destinations may hold credentials. */
function withoutSecrets(channel: Channel): unknown {
  return { ...channel, destinations: channel.destinations.map(each => ({ ...each, connector: { ...each.connector, headers: undefined } })) }
}

async function postMessage(call: Call, tools: ChannelTools): Promise<Result<unknown>> {
  const channel = channelOf(call, tools)
  if (!channel.ok) return channel
  const outcome = await tools.engine.receive(channel.value, call.bytes, call.remote, call.query['wait'] === true, call.scope.tenants)
  // HL7 v2 says inside the answer what it thinks of the message; a JSON system reads the status of HTTP.
  const [refusal] = outcome.faults
  if (channel.value.format === 'json' && outcome.ack !== 'AA' && refusal) return failed({ ...refusal, causes: outcome.faults })
  return ok({ ...outcome, faults: outcome.faults.map(each => describeFault(each, call.language)) })
}
