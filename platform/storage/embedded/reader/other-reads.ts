// Reads of what stands beside the resources: documents, records, deliveries, counts, audit trail.

import type { AuditEntry } from '#kernel/commit.ts'
import type { AuditQuery, DeliveryQuery, StoredDelivery, StoredRecord } from '#kernel/ports/storage.ts'
import type { TenantCode } from '#kernel/tenant.ts'
import { unpackDocument } from '../document.ts'
import { deliveryStatuses } from '../journal-codes.ts'
import { nameOf } from '../names.ts'
import { limitSql } from '../search/fragment.ts'
import type { Connection } from './connection.ts'

export function readDocument(connection: Connection, sha256: string): { mediaType: string; bytes: Buffer | undefined } | undefined {
  const row = connection.get<[string, Uint8Array]>('SELECT media_type, bytes FROM document WHERE sha256 = ?', sha256)
  return row && { mediaType: row[0], bytes: unpackDocument(row[1]) }
}

export function readClaims(connection: Connection, keys: readonly string[]): (string | undefined)[] {
  return keys.map(key => connection.get<[string]>('SELECT holder FROM claim WHERE key = ?', key)?.[0])
}

export function readRecord(connection: Connection, kind: string, key: string): StoredRecord | undefined {
  const row = connection.get<[string, number]>('SELECT value, version FROM record WHERE kind = ? AND key = ?', kind, key)
  return row && { key, value: row[0], version: row[1] }
}

export function readRecords(connection: Connection, kind: string, page: { after?: string; limit: number }): StoredRecord[] {
  const sql = `SELECT key, value, version FROM record WHERE kind = ? AND key > ? ORDER BY key ${limitSql}`
  return connection
    .all<[string, string, number]>(sql, kind, page.after ?? '', page.limit)
    .map(([key, value, version]) => ({ key, value, version }))
}

export type StoredCount = { readonly tenant: TenantCode; readonly key: string; readonly hour: number; readonly sum: number }

export function readCounts(connection: Connection, kind: string, fromHour: number, toHour: number): StoredCount[] {
  const sql = 'SELECT hour, key, sum FROM tally WHERE kind = ? AND hour >= ? AND hour < ? ORDER BY hour, key'
  return connection
    .all<[number, string, number]>(sql, kind, fromHour, toHour)
    .map(([hour, key, sum]) => ({ tenant: connection.tenant, key, hour, sum }))
}

type DeliveryRow = readonly [
  id: string,
  destination: number,
  lane: string,
  message: number,
  controlId: string,
  status: number,
  attempt: number,
  dueAt: number,
  settledAt: number | null,
  answer: string | null,
  fault: string | null,
]

/** In the order they must leave. With `dueByMs`, one that is due but stands behind an undue one of its lane is not given. */
export function readDeliveries(connection: Connection, query: DeliveryQuery): StoredDelivery[] {
  const conditions: string[] = []
  const values: (string | number)[] = []
  const add = (sql: string, ...more: (string | number)[]) => {
    conditions.push(sql)
    values.push(...more)
  }
  const statuses = query.dueByMs === undefined ? query.statuses : (['queued'] as const)
  const codes = statuses?.map(status => deliveryStatuses.indexOf(status))
  if (codes) add(codes.length === 1 ? `d.status = ${codes[0]}` : `d.status IN (${codes.join(', ')})`)
  if (query.message !== undefined) add('d.message = ?', query.message)
  if (query.destination !== undefined) {
    const number = connection.names.find(nameOf.destination(query.destination))
    if (number === undefined) return []
    add('d.destination = ?', number)
  }
  if (query.dueByMs !== undefined) {
    add('d.due_at <= ?', query.dueByMs)
    add(
      `NOT EXISTS (SELECT 1 FROM delivery e INDEXED BY delivery_lane WHERE e.status = 0 AND e.destination = d.destination AND e.lane = d.lane
        AND (e.message, e.number) < (d.message, d.number) AND e.due_at > ?)`,
      query.dueByMs,
    )
  }
  const index = query.message === undefined && codes?.length === 1 ? deliveryIndexes[codes[0]!] : 'delivery_message'
  const sql = `SELECT d.id, d.destination, d.lane, d.message, d.control_id, d.status, d.attempt, d.due_at, d.settled_at, d.answer, d.fault
    FROM delivery d INDEXED BY ${index ?? 'delivery_message'} WHERE ${conditions.join(' AND ') || '1'} ORDER BY d.message, d.number ${limitSql}`
  return connection.all<DeliveryRow>(sql, ...values, query.limit).map(row => storedDelivery(connection, row))
}

/** Index that holds the deliveries of one status, by its code; the settled ones have none. */
const deliveryIndexes: readonly (string | undefined)[] = ['delivery_queue', undefined, 'delivery_failed']

function storedDelivery(connection: Connection, row: DeliveryRow): StoredDelivery {
  const [id, destination, key, message, controlId, status, attempt, dueAtMs, settledAt, answer, cause] = row
  return {
    tenant: connection.tenant,
    id,
    destination: connection.names.word(destination),
    key,
    message,
    controlId,
    status: deliveryStatuses[status]!,
    attempt,
    dueAtMs,
    ...(settledAt === null ? {} : { settledAtMs: settledAt }),
    ...(answer === null ? {} : { answer }),
    ...(cause === null ? {} : { fault: JSON.parse(cause) as StoredDelivery['fault'] & object }),
  }
}

type AuditRow = readonly [
  seq: number,
  at: number,
  principal: number,
  action: string,
  outcome: string,
  subject: string,
  patient: string | null,
  remote: string | null,
  detail: string | null,
]

export type StoredAudit = AuditEntry & { readonly tenant: TenantCode; readonly seq: number }

/** Newest first. */
export function readAudit(connection: Connection, query: AuditQuery): StoredAudit[] {
  const conditions = ['seq < ?']
  const values: (string | number)[] = [query.beforeSeq ?? Number.MAX_SAFE_INTEGER]
  let index = ''
  if (query.principal !== undefined) {
    const number = connection.names.find(nameOf.by(query.principal))
    if (number === undefined) return []
    conditions.push('principal = ?')
    values.push(number)
    index = 'INDEXED BY audit_principal'
  }
  if (query.patient !== undefined) {
    conditions.push('patient = ? AND patient IS NOT NULL')
    values.push(query.patient)
    index = 'INDEXED BY audit_patient'
  }
  for (const [sql, value] of [
    ['action = ?', query.action],
    ['at >= ?', query.sinceMs],
    ['at < ?', query.untilMs],
  ] as const) {
    if (value === undefined) continue
    conditions.push(sql)
    values.push(value)
  }
  const sql = `SELECT seq, at, principal, action, outcome, subject, patient, remote, detail FROM audit ${index}
    WHERE ${conditions.join(' AND ')} ORDER BY seq DESC ${limitSql}`
  return connection
    .all<AuditRow>(sql, ...values, query.limit)
    .map(([seq, atMs, by, action, outcome, subject, patient, remote, detail]) => ({
      tenant: connection.tenant,
      seq,
      atMs,
      principal: connection.names.word(by),
      action,
      outcome: outcome as AuditEntry['outcome'],
      subject,
      ...(patient === null ? {} : { patient }),
      ...(remote === null ? {} : { remote }),
      ...(detail === null ? {} : { detail }),
    }))
}
