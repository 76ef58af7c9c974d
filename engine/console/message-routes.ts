// Messages over the console API: search across channels, one message's life, its exact bytes, replay.

import type { Clock } from '#kernel/clock.ts'
import { type MessageStatus, messageName, parseMessageName } from '#kernel/envelope.ts'
import { type Fault, fault, faultHint, faultText, type Language } from '#kernel/fault.ts'
import type { MessageLog } from '#kernel/ports/log.ts'
import type { MessageQuery, Storage, StoredMessage } from '#kernel/ports/storage.ts'
import { failed, ok, type Result } from '#kernel/result.ts'
import { maySee } from '#kernel/tenant.ts'
import type { Call, Route } from '#platform/http/route.ts'
import { boolean, faultSchema, instantMs, integer, list, object, oneOf, string } from '#platform/http/schema.ts'
import type { Engine } from './engine.ts'

export type MessageTools = { readonly storage: Storage; readonly log: MessageLog; readonly engine: Engine; readonly clock: Clock }

export const statuses: readonly MessageStatus[] = [
  'received',
  'retrying',
  'processed',
  'filtered',
  'failed',
  'duplicate',
  'rejected',
  'quarantined',
]

const row = object({
  id: string,
  tenant: string,
  channel: string,
  source: string,
  facility: string,
  format: string,
  type: string,
  controlId: string,
  status: oneOf(...statuses),
  ack: string,
  receivedAtMs: instantMs,
  'settledAtMs?': instantMs,
  'retryAtMs?': instantMs,
  attempt: integer,
  bytes: integer,
  charset: string,
  remote: string,
  'duplicateOf?': string,
  tags: list(object({ kind: string, value: string })),
  faults: list(faultSchema),
})

const rowsMax = 200
const textSearchMsMax = 3_000

export function messageRoutes(tools: MessageTools): Route[] {
  return [
    {
      method: 'GET',
      path: '/api/messages',
      right: 'messages.read',
      tag: 'messages',
      summary: '跨通道检索消息 · search messages over all channels',
      query: {
        channel: string,
        status: { ...string, description: '逗号分隔 · comma separated' },
        type: string,
        fault: { ...string, description: '故障代码 · fault code' },
        patient: { ...string, description: '病案号或身份证号 · record number or identity number' },
        q: { ...string, description: '控制号、患者、就诊、单号或正文 · control id, patient, visit, order or text' },
        since: instantMs,
        until: instantMs,
        before: { ...string, description: '上一页最后一条的 id · id of the last row before' },
        limit: { type: 'integer', minimum: 1, maximum: rowsMax },
      },
      answer: object({ messages: list(row), complete: boolean, 'next?': string }),
      handle: call => searchMessages(call, tools),
    },
    {
      method: 'GET',
      path: '/api/messages/{id}',
      right: 'messages.read',
      tag: 'messages',
      summary: '一条消息的经过 · the life of one message',
      answer: lifeSchema(),
      handle: call => readLife(call, tools),
    },
    {
      method: 'GET',
      path: '/api/messages/{id}/raw',
      right: 'message-bodies.read',
      tag: 'messages',
      summary: '原始字节 · the exact bytes',
      answer: 'application/octet-stream',
      handle: call => readRaw(call, tools),
    },
    {
      method: 'POST',
      path: '/api/messages/{id}/replay',
      right: 'messages.replay',
      tag: 'messages',
      summary: '按当前方案重放 · replay under the current plan',
      answer: object({ id: string, ack: string, status: string, faults: list(faultSchema), resources: list(string) }),
      handle: call => replayOne(call, tools),
    },
  ]
}

function lifeSchema() {
  const effect = object({ type: string, id: string, version: integer, op: string, t: integer, 'plan?': string })
  const delivery = object({
    destination: string,
    status: string,
    attempt: integer,
    dueAtMs: instantMs,
    'settledAtMs?': instantMs,
    'answer?': string,
    'fault?': faultSchema,
  })
  return object({
    message: row,
    orderKeys: list(string),
    'eventTimeMs?': instantMs,
    'plan?': string,
    effects: list(effect),
    deliveries: list(delivery),
  })
}

async function searchMessages(call: Call, tools: MessageTools): Promise<Result<unknown>> {
  const limit = Number(call.query['limit'] ?? 50)
  const query = await queryOf(call, limit)
  if (!query.ok) return query
  const text = call.query['q'] as string | undefined
  const found = text ? await findByWords(call, text.trim(), query.value, tools) : await plainSearch(call, query.value, tools)
  if (!found.ok) return found
  const messages = found.value.messages.slice(0, limit)
  const next = found.value.messages.length > limit || (!text && messages.length === limit) ? messages.at(-1) : undefined
  return ok({
    messages: messages.map(message => describe(message, call.language)),
    complete: found.value.complete,
    ...(next ? { next: messageName(next) } : {}),
  })

  async function queryOf({ query: asked, scope }: Call, rows: number): Promise<Result<MessageQuery>> {
    const last = asked['before'] ? parseMessageName(String(asked['before'])) : undefined
    const stored =
      last && scope.tenants.includes(last.tenant) ? await tools.storage.reader(scope).message(last.tenant, last.seq) : ok(undefined)
    if (!stored.ok) return stored
    const patient = asked['patient'] as string | undefined
    return ok({
      channel: asked['channel'] as string | undefined,
      statuses: (asked['status'] as string | undefined)
        ?.split(',')
        .filter((each): each is MessageStatus => statuses.includes(each as MessageStatus)),
      type: asked['type'] as string | undefined,
      faultCode: asked['fault'] as string | undefined,
      tag: patient ? tools.engine.protect(patient.trim()) : undefined,
      sinceMs: asked['since'] as number | undefined,
      untilMs: asked['until'] as number | undefined,
      before: stored.value && { receivedAtMs: stored.value.receivedAtMs, tenant: stored.value.tenant, seq: stored.value.seq },
      limit: rows + 1,
    })
  }
}

type Found = { readonly messages: readonly StoredMessage[]; readonly complete: boolean }

async function plainSearch(call: Call, query: MessageQuery, tools: MessageTools): Promise<Result<Found>> {
  const rows = await tools.storage.reader(call.scope).messages(query)
  return rows.ok ? ok({ messages: rows.value, complete: true }) : rows
}

/** A word may be a message's name, a control id, a tag, or stand in the text: the indexed ways first, the log is searched only when they find nothing. */
async function findByWords(call: Call, words: string, query: MessageQuery, tools: MessageTools): Promise<Result<Found>> {
  const reader = tools.storage.reader(call.scope)
  const name = parseMessageName(words)
  if (name && call.scope.tenants.includes(name.tenant)) {
    const one = await reader.message(name.tenant, name.seq)
    if (!one.ok || one.value) return one.ok ? ok({ messages: [one.value!], complete: true }) : one
  }
  for (const by of [{ controlId: words }, { tag: tools.engine.protect(words) }]) {
    const rows = await reader.messages({ ...query, ...by })
    if (!rows.ok || rows.value.length > 0) return rows.ok ? ok({ messages: rows.value, complete: true }) : rows
  }
  return searchTexts(call, words, query, tools)
}

/** Searching texts reads message bodies, so it needs the right to see them. */
async function searchTexts(call: Call, words: string, query: MessageQuery, tools: MessageTools): Promise<Result<Found>> {
  if (!call.principal.scopes.some(scope => scope === 'message-bodies.read' || scope === 'console.*'))
    return ok({ messages: [], complete: true })
  const reader = tools.storage.reader(call.scope)
  const messages: StoredMessage[] = []
  let complete = true
  for (const tenant of call.scope.tenants) {
    const hits = await tools.log.find(tenant, words, { sinceMs: query.sinceMs, limit: query.limit, msMax: textSearchMsMax })
    complete &&= hits.complete
    for (const seq of hits.seqs) {
      const message = await reader.message(tenant, seq)
      if (message.ok && message.value && fits(message.value, query)) messages.push(message.value)
    }
  }
  return ok({ messages: messages.sort((a, b) => b.receivedAtMs - a.receivedAtMs), complete })
}

function fits(message: StoredMessage, query: MessageQuery): boolean {
  if (query.channel && message.channel !== query.channel) return false
  if (query.type && message.type !== query.type) return false
  return !query.statuses?.length || query.statuses.includes(message.status)
}

async function readLife(call: Call, tools: MessageTools): Promise<Result<unknown>> {
  const message = await messageOf(call, tools)
  if (!message.ok) return message
  const { tenant, seq } = message.value
  const reader = tools.storage.reader(call.scope)
  const effects = await reader.effects(tenant, seq)
  if (!effects.ok) return effects
  const deliveries = await reader.deliveries({ message: seq, limit: rowsMax })
  if (!deliveries.ok) return deliveries
  return ok({
    message: describe(message.value, call.language),
    orderKeys: message.value.orderKeys,
    eventTimeMs: message.value.eventTimeMs,
    plan: message.value.plan,
    effects: effects.value,
    deliveries: deliveries.value
      .filter(delivery => delivery.tenant === tenant)
      .map(({ destination, status, attempt, dueAtMs, settledAtMs, answer, fault: trouble }) => ({
        destination,
        status,
        attempt,
        dueAtMs,
        settledAtMs,
        answer,
        fault: trouble && describeFault(trouble, call.language),
      })),
  })
}

async function readRaw(call: Call, tools: MessageTools): Promise<Result<unknown>> {
  const message = await messageOf(call, tools)
  if (!message.ok) return message
  const noted = note(call, message.value, 'view-message', tools)
  if (!noted.ok) return noted
  const record = await tools.log.read(message.value.tenant, message.value.position)
  return record.ok ? ok({ mediaType: 'application/octet-stream', bytes: record.value.bytes }) : record
}

async function replayOne(call: Call, tools: MessageTools): Promise<Result<unknown>> {
  const message = await messageOf(call, tools)
  if (!message.ok) return message
  const noted = note(call, message.value, 'replay', tools)
  if (!noted.ok) return noted
  const outcome = await tools.engine.replay(message.value)
  if (!outcome.ok) return outcome
  return ok({ ...outcome.value, faults: outcome.value.faults.map(each => describeFault(each, call.language)) })
}

/** The message of the path; one of another tenant looks as if it did not exist. */
export async function messageOf(call: Call, tools: Pick<MessageTools, 'storage'>): Promise<Result<StoredMessage>> {
  const id = call.path['id']!
  const unknown = failed(fault('message.unknown', { args: { id: id.slice(0, 40) } }))
  const name = parseMessageName(id)
  if (!name || !maySee(call.principal, name.tenant) || !call.scope.tenants.includes(name.tenant)) return unknown
  const message = await tools.storage.reader(call.scope).message(name.tenant, name.seq)
  if (!message.ok) return message
  return message.value ? ok(message.value) : unknown
}

/** Seeing a message body is a right of its own, and each view is audited; so is a replay. */
export function note(call: Call, message: StoredMessage, action: string, tools: Pick<MessageTools, 'storage' | 'clock'>): Result<void> {
  return tools.storage.audit(message.tenant, {
    atMs: tools.clock.now(),
    principal: call.principal.id,
    action,
    outcome: 'success',
    subject: `message ${messageName(message)}`,
    remote: call.remote,
  })
}

export function describe(message: StoredMessage, language: Language): Record<string, unknown> {
  const {
    tenant,
    channel,
    source,
    facility,
    format,
    type,
    controlId,
    status,
    ack,
    receivedAtMs,
    settledAtMs,
    retryAtMs,
    attempt,
    charset,
    remote,
    tags,
  } = message
  return {
    id: messageName(message),
    tenant,
    channel,
    source,
    facility,
    format,
    type,
    controlId,
    status,
    ack,
    receivedAtMs,
    settledAtMs,
    retryAtMs,
    attempt,
    bytes: message.position.length,
    charset,
    remote,
    duplicateOf: message.duplicateOf === undefined ? undefined : messageName({ tenant, seq: message.duplicateOf }),
    tags,
    faults: message.faults.map(each => describeFault(each, language)),
  }
}

export function describeFault(trouble: Fault, language: Language): Record<string, unknown> {
  return {
    code: trouble.code,
    category: trouble.category,
    at: trouble.at,
    text: faultText(trouble, language),
    hint: faultHint(trouble, language) || undefined,
  }
}
