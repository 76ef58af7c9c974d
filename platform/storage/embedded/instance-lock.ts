// One process per data directory: the lock is a file lock held by an open SQLite transaction, so the system itself lets go of it when the process dies,
// however it dies. No process numbers, nothing to clean up.
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { fault } from '#kernel/fault.ts'
import { failed, ok, type Result } from '#kernel/result.ts'

const busy = 5

export type InstanceLock = { release(): void }

/** `store.locked` while another process (or another store of this one) holds the directory. */
export function lockDirectory(directory: string): Result<InstanceLock> {
  mkdirSync(directory, { recursive: true, mode: 0o700 })
  const db = new DatabaseSync(join(directory, 'instance.lock'))
  try {
    db.exec('PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF; BEGIN EXCLUSIVE')
  } catch (error) {
    db.close()
    if (((error as { errcode?: number }).errcode ?? 0) % 256 === busy) return failed(fault('store.locked', { args: { dir: directory } }))
    throw error
  }
  return ok({ release: () => db.close() })
}
