// The journal: what the log received, and what became of it. An advance belongs to one attempt, so its effect happens once.
import type { DatabaseSync, StatementSync } from 'node:sqlite'
import type { JournalAdvance, JournalEntry } from '#kernel/commit.ts'
import { messageName } from '#kernel/envelope.ts'
import { type Fault, fault } from '#kernel/fault.ts'
import { messageStatuses } from '../journal-codes.ts'
import { type NameWriter, nameOf } from '../names.ts'
import type { WireCommit } from '../wire.ts'

export class JournalWriter {
  readonly #names: NameWriter
  readonly #attempt: StatementSync
  readonly #insert: StatementSync
  readonly #tag: StatementSync
  readonly #advance: StatementSync

  constructor(db: DatabaseSync, names: NameWriter) {
    this.#names = names
    this.#attempt = db.prepare('SELECT attempt FROM message WHERE seq = ?', { returnArrays: true })
    this.#insert = db.prepare('INSERT OR IGNORE INTO message VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0, ?, ?, NULL, NULL, NULL, ?)')
    this.#tag = db.prepare('INSERT OR IGNORE INTO tag VALUES (?, ?)')
    this.#advance = db.prepare(
      `UPDATE message SET status = ?, attempt = ?, fault_code = ?, faults = ?, plan = coalesce(?, plan), settled_at = ?, retry_at = ? WHERE seq = ?`,
    )
  }

  /** Refuses an advance whose attempt is not the next one: the journal is further, or does not know the message yet. */
  check(commit: WireCommit): Fault | undefined {
    const next = new Map((commit.receives ?? []).map(entry => [entry.seq, this.#attemptOf(entry.seq) ?? 0]))
    for (const { seq, attempt } of commit.advances ?? []) {
      const found = next.get(seq) ?? this.#attemptOf(seq)
      if (found !== attempt) {
        const subject = `message ${messageName({ tenant: commit.tenant, seq })}`
        return fault('store.conflict', { args: { subject, expected: attempt, found: found ?? -1 } })
      }
      next.set(seq, attempt + 1)
    }
    return undefined
  }

  write(commit: WireCommit): void {
    for (const entry of commit.receives ?? []) this.#receive(entry)
    for (const advance of commit.advances ?? []) this.#settle(advance, commit.atMs)
  }

  /** A message that is journalled already stays as it is: recovery may hand in the same record twice. */
  #receive(entry: JournalEntry): void {
    const { seq, receivedAtMs, channel, type, status, controlId, duplicateKey, duplicateOf, faults, ...envelope } = entry
    const { changes } = this.#insert.run(
      seq,
      receivedAtMs,
      this.#names.number(nameOf.channel(channel)),
      this.#names.number(nameOf.kind(type)),
      messageStatuses.indexOf(status),
      controlId,
      duplicateKey,
      duplicateOf ?? null,
      this.#faultCode(faults),
      JSON.stringify(faults),
      JSON.stringify(envelope),
    )
    if (changes > 0) for (const tag of entry.tags) this.#tag.run(tag.value, seq)
  }

  #settle({ seq, attempt, status, faults, plan, retryAtMs }: JournalAdvance, atMs: number): void {
    this.#advance.run(
      messageStatuses.indexOf(status),
      attempt + 1,
      this.#faultCode(faults),
      JSON.stringify(faults),
      plan === undefined ? null : this.#names.number(nameOf.plan(plan)),
      atMs,
      retryAtMs ?? null,
      seq,
    )
  }

  #attemptOf(seq: number): number | undefined {
    return (this.#attempt.get(seq) as unknown as [number] | undefined)?.[0]
  }

  #faultCode(faults: readonly Fault[]): number | null {
    return faults.length === 0 ? null : this.#names.number(nameOf.fault(faults[0]!.code))
  }
}
