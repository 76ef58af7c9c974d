// Originals (CDA, PDF) by content hash: the same bytes are kept once.
import type { DatabaseSync, StatementSync } from 'node:sqlite'
import type { WireCommit } from '../wire.ts'
import type { Batch } from './moment.ts'

export class DocumentWriter {
  readonly #put: StatementSync

  constructor(db: DatabaseSync) {
    this.#put = db.prepare('INSERT INTO document (sha256, media_type, bytes) VALUES (?, ?, ?) ON CONFLICT DO NOTHING')
  }

  write(commit: WireCommit, batch: Batch): void {
    for (const { sha256, mediaType, bytes } of commit.documents) this.#put.run(sha256, mediaType, batch.bytes(bytes))
  }
}
