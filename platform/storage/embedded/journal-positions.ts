// Where the journal of a tenant's file says that the bytes of its messages lie: what the message log is checked against.
import { DatabaseSync } from 'node:sqlite'
import type { LogPosition } from '#kernel/envelope.ts'

export type JournalPosition = { readonly seq: number; readonly position: LogPosition }

/** By rising number, up to the newest message the journal knows when this is called: a log that is looked at later must hold them all. */
export function journalPositions(path: string): Iterable<JournalPosition> {
  const db = new DatabaseSync(path, { readOnly: true, timeout: 5_000 })
  try {
    const { last } = db.prepare('SELECT coalesce(max(seq), 0) AS last FROM message').get() as { last: number }
    return rowsUpTo(path, last)
  } finally {
    db.close()
  }
}

function* rowsUpTo(path: string, last: number): Generator<JournalPosition> {
  const db = new DatabaseSync(path, { readOnly: true, timeout: 5_000 })
  try {
    for (const row of db.prepare('SELECT seq, envelope FROM message WHERE seq <= ? ORDER BY seq').iterate(last)) {
      const { position } = JSON.parse(row['envelope'] as string) as { position: LogPosition }
      yield { seq: row['seq'] as number, position }
    }
  } finally {
    db.close()
  }
}
