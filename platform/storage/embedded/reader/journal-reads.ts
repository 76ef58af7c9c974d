// Reads of the journal: messages by number, by the duplicate rule, and newest first by what the console searches them by.

import type { MessageQuery, StoredMessage } from '#kernel/ports/storage.ts'
import type { TenantCode } from '#kernel/tenant.ts'
import { messageStatuses } from '../journal-codes.ts'
import { nameOf } from '../names.ts'
import { limitSql } from '../search/fragment.ts'
import type { Connection } from './connection.ts'

const columns = `m.seq, m.received_at, m.channel, m.type, m.status, m.control_id, m.duplicate_key, m.duplicate_of, m.attempt, m.faults, m.plan,
  m.settled_at, m.retry_at, m.envelope`

type MessageRow = readonly [
  seq: number,
  receivedAt: number,
  channel: number,
  type: number,
  status: number,
  controlId: string,
  duplicateKey: string,
  duplicateOf: number | null,
  attempt: number,
  faults: string,
  plan: number | null,
  settledAt: number | null,
  retryAt: number | null,
  envelope: string,
]

export function readMessage(connection: Connection, seq: number): StoredMessage | undefined {
  const row = connection.get<MessageRow>(`SELECT ${columns} FROM message m WHERE seq = ?`, seq)
  return row && storedMessage(connection, row)
}

export function readLastMessage(connection: Connection): number {
  return connection.get<[number | null]>('SELECT max(seq) FROM message')?.[0] ?? 0
}

export function readFirstWithKey(connection: Connection, duplicateKey: string): StoredMessage | undefined {
  if (duplicateKey === '') return undefined
  const row = connection.get<MessageRow>(
    `SELECT ${columns} FROM message m INDEXED BY message_duplicate WHERE duplicate_key = ? AND duplicate_key <> '' ORDER BY seq LIMIT 1`,
    duplicateKey,
  )
  return row && storedMessage(connection, row)
}

/** Newest first over all tenants: each gives its own newest, the merged head is the page. */
export function readMessages(connections: readonly Connection[], query: MessageQuery): StoredMessage[] {
  const all = connections.flatMap(connection => messagesOf(connection, query))
  all.sort((a, b) => b.receivedAtMs - a.receivedAtMs || compareText(b.tenant, a.tenant) || b.seq - a.seq)
  return all.slice(0, query.limit)
}

type Condition = { readonly sql: string; readonly values: readonly (string | number)[] }

function messagesOf(connection: Connection, query: MessageQuery): StoredMessage[] {
  const source = sourceOf(connection, query)
  if (!source) return []
  const conditions = [...source.conditions, ...boundsOf(connection.tenant, query)]
  const where = conditions.map(condition => condition.sql).join(' AND ') || '1'
  const sql = `SELECT ${columns} FROM ${source.from} WHERE ${where} ORDER BY m.received_at DESC, m.seq DESC ${limitSql}`
  const values = conditions.flatMap(condition => condition.values)
  return connection.all<MessageRow>(sql, ...values, query.limit).map(row => storedMessage(connection, row))
}

/** The most selective index leads; every other condition is checked on the row. Undefined when a word of the query was never seen. */
function sourceOf(connection: Connection, query: MessageQuery): { from: string; conditions: Condition[] } | undefined {
  const conditions: Condition[] = []
  const indexes: string[] = []
  const is = (column: string, index: string, value: string | number, extra = '') => {
    conditions.push({ sql: `m.${column} = ?${extra}`, values: [value] })
    indexes.push(index)
  }
  if (query.controlId !== undefined) is('control_id', 'message_control', query.controlId, " AND m.control_id <> ''")
  for (const [column, index, name] of [
    ['fault_code', 'message_fault', query.faultCode === undefined ? undefined : nameOf.fault(query.faultCode)],
    ['channel', 'message_channel', query.channel === undefined ? undefined : nameOf.channel(query.channel)],
    ['type', 'message_type', query.type === undefined ? undefined : nameOf.kind(query.type)],
  ] as const) {
    if (name === undefined) continue
    const number = connection.names.find(name)
    if (number === undefined) return undefined
    is(column, index, number)
  }
  if (query.statuses) {
    const codes = query.statuses.map(status => messageStatuses.indexOf(status))
    conditions.push({ sql: `m.status IN (${codes.map(() => '?').join(', ')})`, values: codes })
    if (!codes.includes(0)) {
      conditions.push({ sql: 'm.status <> 0', values: [] })
      indexes.unshift('message_status')
    }
  }
  if (query.tag !== undefined)
    return {
      from: 'tag g CROSS JOIN message m',
      conditions: [{ sql: 'g.value = ? AND m.seq = g.seq', values: [query.tag] }, ...conditions],
    }
  return { from: `message m INDEXED BY ${indexes[0] ?? 'message_time'}`, conditions }
}

function boundsOf(tenant: TenantCode, { sinceMs, untilMs, before }: MessageQuery): Condition[] {
  const bounds: Condition[] = []
  if (sinceMs !== undefined) bounds.push({ sql: 'm.received_at >= ?', values: [sinceMs] })
  if (untilMs !== undefined) bounds.push({ sql: 'm.received_at < ?', values: [untilMs] })
  if (!before) return bounds
  const order = compareText(tenant, before.tenant)
  if (order === 0) bounds.push({ sql: '(m.received_at, m.seq) < (?, ?)', values: [before.receivedAtMs, before.seq] })
  else bounds.push({ sql: order < 0 ? 'm.received_at <= ?' : 'm.received_at < ?', values: [before.receivedAtMs] })
  return bounds
}

function storedMessage(connection: Connection, row: MessageRow): StoredMessage {
  const [
    seq,
    receivedAtMs,
    channel,
    type,
    status,
    controlId,
    duplicateKey,
    duplicateOf,
    attempt,
    faults,
    plan,
    settledAt,
    retryAt,
    envelope,
  ] = row
  return {
    ...(JSON.parse(envelope) as StoredMessage),
    tenant: connection.tenant,
    seq,
    receivedAtMs,
    channel: connection.names.word(channel),
    type: connection.names.word(type),
    status: messageStatuses[status]!,
    controlId,
    duplicateKey,
    ...(duplicateOf === null ? {} : { duplicateOf }),
    attempt,
    faults: JSON.parse(faults) as StoredMessage['faults'],
    ...(plan === null ? {} : { plan: connection.names.word(plan) }),
    ...(settledAt === null ? {} : { settledAtMs: settledAt }),
    ...(retryAt === null ? {} : { retryAtMs: retryAt }),
  }
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
