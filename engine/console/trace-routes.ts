// From bytes to resources, made visible: the stages of one message, and the preview of a message that is not stored.
import { readStored } from '#formats/fhir/json/stored.ts'
import { fault } from '#kernel/fault.ts'
import type { Mapped } from '#kernel/intent.ts'
import type { JsonObject } from '#kernel/json.ts'
import type { StoredVersion } from '#kernel/ports/storage.ts'
import { failed, ok, type Result } from '#kernel/result.ts'
import type { Call, Route } from '#platform/http/route.ts'
import { anything, faultSchema, integer, list, object, string } from '#platform/http/schema.ts'
import type { Traced } from './engine.ts'
import { describeFault, type MessageTools, messageOf, note } from './message-routes.ts'

const traceEntry = object({ resource: integer, path: string, rule: string, sources: list(string) })
const gap = object({ map: string, system: string, code: string, 'display?': string, source: string })
const resource = object({
  type: string,
  id: string,
  key: string,
  standing: string,
  content: anything,
  coded: anything,
  clears: list(string),
  'stored?': anything,
  'storedVersion?': integer,
})

const stages = object({
  text: string,
  charset: string,
  plan: string,
  resources: list(resource),
  merges: anything,
  trace: list(traceEntry),
  unread: list(string),
  gaps: list(gap),
  faults: list(faultSchema),
})

export function traceRoutes(tools: MessageTools): Route[] {
  return [
    {
      method: 'GET',
      path: '/api/messages/{id}/stages',
      right: 'message-bodies.read',
      tag: 'messages',
      summary: '逐级查看：原文、映射、编码、入库，含字段追溯 · stages with the trace of every element',
      answer: stages,
      handle: call => readStages(call, tools),
    },
    {
      method: 'POST',
      path: '/api/mappings/preview',
      right: 'mappings.preview',
      tag: 'mappings',
      summary: '试映射，不入库 · map a message without storing anything',
      query: { source: { enum: ['hl7v2', 'json'] }, channel: string },
      body: 'bytes',
      answer: object({ bundle: anything, trace: list(traceEntry), unmapped: list(string), gaps: list(gap), faults: list(faultSchema) }),
      handle: call => preview(call, tools),
    },
  ]
}

async function readStages(call: Call, tools: MessageTools): Promise<Result<unknown>> {
  const message = await messageOf(call, tools)
  if (!message.ok) return message
  const { tenant, seq, source, facility, receivedAtMs, charset } = message.value
  const channel = tools.engine.channels().find(each => each.id === message.value.channel)
  if (!channel) return failed(fault('channel.unknown', { args: { channel: message.value.channel } }))
  const noted = note(call, message.value, 'view-message', tools)
  if (!noted.ok) return noted
  const record = await tools.log.read(tenant, message.value.position)
  if (!record.ok) return record
  const traced = await tools.engine.trace({ channel, tenant, source, facility, receivedAtMs, bytes: record.value.bytes, charset })
  if (!traced.ok)
    return ok({
      ...emptyStages,
      text: record.value.bytes.toString(charset === 'utf-8' ? 'utf8' : 'latin1'),
      charset,
      faults: [describeFault(traced.fault, call.language)],
    })
  const stored = await storedVersions(call, tools, tenant, seq)
  return stored.ok ? ok(stagesOf(traced.value, stored.value, call)) : stored
}

const emptyStages = { plan: '', resources: [], merges: [], trace: [], unread: [], gaps: [] }

function stagesOf(traced: Traced, stored: ReadonlyMap<string, StoredVersion>, call: Call): unknown {
  return {
    text: traced.text,
    charset: traced.charset,
    plan: traced.plan,
    resources: traced.mapped.intents.map((intent, i) => {
      const version = stored.get(`${intent.type}/${intent.id}`)
      return {
        type: intent.type,
        id: intent.id,
        key: intent.key,
        standing: intent.standing,
        content: intent.content,
        coded: traced.coded.intents[i]?.content ?? intent.content,
        clears: intent.clears,
        stored: version && version.body.length > 0 ? readStored(version.body.toString('utf8')) : undefined,
        storedVersion: version?.version,
      }
    }),
    merges: traced.mapped.merges,
    ...traceOf(traced.mapped),
    gaps: traced.coded.gaps,
    faults: traced.mapped.faults.map(each => describeFault(each, call.language)),
  }
}

function traceOf(mapped: Mapped) {
  return { trace: (mapped.trace ?? []).map(({ intent, ...entry }) => ({ resource: intent, ...entry })), unread: mapped.unread ?? [] }
}

/** The versions that this message wrote, as they stand. */
async function storedVersions(call: Call, tools: MessageTools, tenant: string, seq: number): Promise<Result<Map<string, StoredVersion>>> {
  const reader = tools.storage.reader({ principal: call.principal, tenants: [tenant] })
  const effects = await reader.effects(tenant, seq)
  if (!effects.ok) return effects
  const versions = new Map<string, StoredVersion>()
  for (const { type, id, version } of effects.value) {
    const read = await reader.vread(type, id, version)
    if (!read.ok) return read
    if (read.value) versions.set(`${type}/${id}`, read.value)
  }
  return ok(versions)
}

async function preview(call: Call, tools: MessageTools): Promise<Result<unknown>> {
  const format = call.query['source'] ?? 'hl7v2'
  const wanted = call.query['channel']
  const channel = tools.engine.channels().find(each => (wanted ? each.id === wanted : each.id === 'default' && format === 'hl7v2'))
  if (!channel) return failed(fault('channel.unknown', { args: { channel: String(wanted ?? format).slice(0, 40) } }))
  const tenant = call.scope.tenants.includes(channel.tenant) ? channel.tenant : (call.scope.tenants[0] ?? channel.tenant)
  const traced = await tools.engine.trace({
    channel,
    tenant,
    source: channel.source,
    facility: channel.facility,
    receivedAtMs: tools.clock.now(),
    bytes: call.bytes,
  })
  if (!traced.ok)
    return ok({ bundle: emptyBundle, trace: [], unmapped: [], gaps: [], faults: [describeFault(traced.fault, call.language)] })
  const { trace, unread } = traceOf(traced.value.mapped)
  const places = entryPlaces(traced.value.mapped)
  const faults = traced.value.mapped.faults.map(each => describeFault(each, call.language))
  return ok({
    bundle: traced.value.bundle,
    trace: trace.map(each => ({ ...each, resource: places[each.resource]! })),
    unmapped: unread,
    gaps: traced.value.coded.gaps,
    faults,
  })
}

const emptyBundle: JsonObject = { resourceType: 'Bundle', type: 'collection', entry: [] }

/** Of each intent the entry of the bundle that it is in: what is only likely and what is stated of a resource stand in one. */
function entryPlaces({ intents }: Mapped): readonly number[] {
  const names = intents.map(({ type, id }) => `${type}/${id}`)
  const entries = [...new Set(names)]
  return names.map(name => entries.indexOf(name))
}
