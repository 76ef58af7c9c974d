// What the outbox owes: a delivery is owed once, however often it is put; each attempt settles once.
import type { DatabaseSync, StatementSync } from 'node:sqlite'
import { type Fault, fault } from '#kernel/fault.ts'
import { deliveryStatuses } from '../journal-codes.ts'
import { type NameWriter, nameOf } from '../names.ts'
import type { WireCommit } from '../wire.ts'

export class DeliveryWriter {
  readonly #names: NameWriter
  readonly #attempt: StatementSync
  readonly #put: StatementSync
  readonly #advance: StatementSync

  constructor(db: DatabaseSync, names: NameWriter) {
    this.#names = names
    this.#attempt = db.prepare('SELECT attempt FROM delivery WHERE id = ?', { returnArrays: true })
    this.#put = db.prepare(
      `INSERT INTO delivery (id, destination, lane, message, control_id, status, attempt, due_at) VALUES (?, ?, ?, ?, ?, 0, 0, ?) ON CONFLICT DO NOTHING`,
    )
    this.#advance = db.prepare(
      'UPDATE delivery SET status = ?, attempt = ?, due_at = coalesce(?, due_at), settled_at = ?, answer = ?, fault = ? WHERE id = ?',
    )
  }

  check(commit: WireCommit): Fault | undefined {
    const next = new Map((commit.deliveries ?? []).map(({ id }) => [id, this.#attemptOf(id) ?? 0]))
    for (const { id, attempt } of commit.deliveryAdvances ?? []) {
      const found = next.get(id) ?? this.#attemptOf(id) ?? -1
      if (found !== attempt) return fault('store.conflict', { args: { subject: `delivery ${id}`, expected: attempt, found } })
      next.set(id, attempt + 1)
    }
    return undefined
  }

  write(commit: WireCommit): void {
    for (const { id, destination, key, message, controlId, dueAtMs } of commit.deliveries ?? [])
      this.#put.run(id, this.#names.number(nameOf.destination(destination)), key, message, controlId, dueAtMs)
    for (const { id, attempt, status, dueAtMs, fault: cause, answer } of commit.deliveryAdvances ?? []) {
      const code = deliveryStatuses.indexOf(status)
      const settledAt = status === 'queued' ? null : commit.atMs
      this.#advance.run(code, attempt + 1, dueAtMs ?? null, settledAt, answer ?? null, cause ? JSON.stringify(cause) : null, id)
    }
  }

  #attemptOf(id: string): number | undefined {
    return (this.#attempt.get(id) as unknown as [number] | undefined)?.[0]
  }
}
