// The sweep: index rows that no search may look at any more are deleted, a few per step, while nothing else waits.
import type { DatabaseSync, StatementSync } from 'node:sqlite'
import type { ClosedRow } from './index-rows.ts'
import type { TenantWriter } from './tenant-writer.ts'

const rowsPerStep = 500
const commitsPerStep = 200

export class Sweep {
  readonly #writer: TenantWriter
  readonly #due: StatementSync
  readonly #forget: StatementSync
  readonly #horizon: StatementSync

  constructor(db: DatabaseSync, writer: TenantWriter) {
    this.#writer = writer
    this.#due = db.prepare(`SELECT t, rows FROM closed WHERE at < ? ORDER BY t LIMIT ${commitsPerStep}`, { returnArrays: true })
    this.#forget = db.prepare('DELETE FROM closed WHERE t = ?')
    this.#horizon = db.prepare('UPDATE state SET horizon = ?')
  }

  /** Sweeps what was closed before `beforeMs`, in part; true when there may be more. */
  step(beforeMs: number): boolean {
    const due = this.#due.all(beforeMs) as unknown as [t: number, rows: string][]
    if (due.length === 0) return false
    this.#writer.transact(() => {
      let swept = 0
      for (const [t, text] of due) {
        if (swept > rowsPerStep) break
        const rows = JSON.parse(text) as ClosedRow[]
        for (const row of rows) this.#writer.versions.sweep(row, t)
        this.#forget.run(t)
        this.#horizon.run(t)
        swept += rows.length
      }
    })
    return true
  }
}
