// Documents against their names: each is found by the hash of its bytes, so its bytes must still have it.
import { createHash } from 'node:crypto'
import type { DatabaseSync } from 'node:sqlite'
import { unpackDocument } from './document.ts'

const documentsPerStep = 20

/** Sentences about documents whose bytes are not what they were; `step` reads a few, false when there are no more. */
export class DocumentCheck {
  readonly #db: DatabaseSync
  #after = ''

  constructor(db: DatabaseSync) {
    this.#db = db
  }

  step(find: (what: string) => void): boolean {
    const rows = this.#db
      .prepare(`SELECT sha256, bytes FROM document WHERE sha256 > ? ORDER BY sha256 LIMIT ${documentsPerStep}`)
      .all(this.#after) as unknown as { sha256: string; bytes: Uint8Array }[]
    for (const { sha256, bytes } of rows) {
      const document = unpackDocument(bytes)
      if (!document || createHash('sha256').update(document).digest('hex') !== sha256) find(`document ${sha256} is damaged`)
    }
    this.#after = rows.at(-1)?.sha256 ?? this.#after
    return rows.length === documentsPerStep
  }
}
