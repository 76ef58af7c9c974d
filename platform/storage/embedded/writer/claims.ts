// Business keys: at most one holder each at a time, so that the same thing is never made twice under two ids.
import type { DatabaseSync, StatementSync } from 'node:sqlite'
import { type Fault, fault } from '#kernel/fault.ts'
import type { WireCommit } from '../wire.ts'

export class ClaimWriter {
  readonly #holder: StatementSync
  readonly #take: StatementSync
  readonly #release: StatementSync

  constructor(db: DatabaseSync) {
    this.#holder = db.prepare('SELECT holder FROM claim WHERE key = ?', { returnArrays: true })
    this.#take = db.prepare('INSERT INTO claim VALUES (?, ?) ON CONFLICT DO NOTHING')
    this.#release = db.prepare('DELETE FROM claim WHERE key = ?')
  }

  /** In the order of the list: a key that is given back first may be taken by another holder in the same work. */
  check(commit: WireCommit): Fault | undefined {
    const next = new Map<string, string | undefined>()
    for (const { key, holder } of commit.claims ?? []) {
      const held = next.has(key) ? next.get(key) : (this.#holder.get(key) as unknown as [string] | undefined)?.[0]
      if (holder !== undefined && held !== undefined && held !== holder) return fault('store.claim-held', { args: { key, holder: held } })
      next.set(key, holder)
    }
    return undefined
  }

  write(commit: WireCommit): void {
    for (const { key, holder } of commit.claims ?? []) {
      if (holder === undefined) this.#release.run(key)
      else this.#take.run(key, holder)
    }
  }
}
