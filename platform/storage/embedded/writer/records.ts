// Small keyed documents with a version each, and the counters that only grow.
import type { DatabaseSync, StatementSync } from 'node:sqlite'
import { type Fault, fault } from '#kernel/fault.ts'
import type { WireCommit } from '../wire.ts'

export class RecordWriter {
  readonly #version: StatementSync
  readonly #put: StatementSync
  readonly #remove: StatementSync
  readonly #count: StatementSync

  constructor(db: DatabaseSync) {
    this.#version = db.prepare('SELECT version FROM record WHERE kind = ? AND key = ?', { returnArrays: true })
    this.#put = db.prepare('INSERT INTO record VALUES (?, ?, 1, ?) ON CONFLICT DO UPDATE SET version = version + 1, value = excluded.value')
    this.#remove = db.prepare('DELETE FROM record WHERE kind = ? AND key = ?')
    this.#count = db.prepare('INSERT INTO tally VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET sum = sum + excluded.sum')
  }

  check(commit: WireCommit): Fault | undefined {
    const next = new Map<string, number>()
    for (const { kind, key, value, expected } of commit.records ?? []) {
      const name = `${kind}\u001f${key}`
      const found = next.get(name) ?? (this.#version.get(kind, key) as unknown as [number] | undefined)?.[0] ?? 0
      if (expected !== undefined && expected !== found)
        return fault('store.conflict', { args: { subject: `${kind} ${key}`, expected, found } })
      next.set(name, value === undefined ? 0 : found + 1)
    }
    return undefined
  }

  write(commit: WireCommit): void {
    for (const { kind, key, value } of commit.records ?? []) {
      if (value === undefined) this.#remove.run(kind, key)
      else this.#put.run(kind, key, value)
    }
    for (const { kind, hour, key, add } of commit.counts ?? []) this.#count.run(kind, hour, key, add)
  }
}
