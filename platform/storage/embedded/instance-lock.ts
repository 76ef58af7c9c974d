// One process per data directory: the lock is a file lock held by an open SQLite transaction, so the system itself lets go of it when the process dies,
// however it dies. No process numbers, nothing to clean up.
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { fault } from '#kernel/fault.ts'
import { failed, ok, type Result } from '#kernel/result.ts'
import { faultOf } from './sqlite-fault.ts'

const busy = 5

export type InstanceLock = { release(): void }

/** `store.unwritable` when it cannot be made or written, `store.locked` while another process (or another store of this one) holds the directory. */
export function lockDirectory(directory: string): Result<InstanceLock> {
  let db: DatabaseSync | undefined
  try {
    mkdirSync(directory, { recursive: true, mode: 0o700 })
    db = new DatabaseSync(join(directory, 'instance.lock'))
    db.exec('PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF; BEGIN EXCLUSIVE')
  } catch (error) {
    db?.close()
    if (((error as { errcode?: number }).errcode ?? 0) % 256 === busy) return failed(fault('store.locked', { args: { dir: directory } }))
    return faultOf(error)
  }
  const held = db
  return ok({ release: () => held.close() })
}
