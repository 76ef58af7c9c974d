// The audit trail: numbered without a gap, never changed.
import type { DatabaseSync, StatementSync } from 'node:sqlite'
import type { AuditEntry } from '#kernel/commit.ts'
import { type NameWriter, nameOf } from '../names.ts'

export class AuditWriter {
  readonly #names: NameWriter
  readonly #insert: StatementSync
  /** Entries written so far; the number of the newest. */
  entries: number

  constructor(db: DatabaseSync, names: NameWriter, entries: number) {
    this.#names = names
    this.entries = entries
    this.#insert = db.prepare('INSERT INTO audit VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)')
  }

  write(entries: readonly AuditEntry[]): void {
    for (const { atMs, principal, action, outcome, subject, patient, remote, detail } of entries) {
      const by = this.#names.number(nameOf.by(principal))
      this.#insert.run(++this.entries, atMs, by, action, outcome, subject, patient ?? null, remote ?? null, detail ?? null)
    }
  }
}
