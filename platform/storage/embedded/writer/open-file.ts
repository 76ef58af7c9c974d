// Opens a tenant's file for writing, making it on first use.
import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { ok, type Result } from '#kernel/result.ts'
import { syncDirectory } from '../../../files/durable-file.ts'
import { migrate, pageBytes } from '../schema.ts'
import { faultOf } from '../sqlite-fault.ts'

const cacheKilobytes = 64 * 1024

/** FULL: a commit is acknowledged when the write-ahead log is on disk. Checkpoints are made when the writer says so, never inside a commit. */
export function openFile(path: string): Result<DatabaseSync> {
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
    const db = new DatabaseSync(path, { timeout: 5_000 })
    db.exec(`PRAGMA page_size = ${pageBytes}; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 0;
      PRAGMA cache_size = -${cacheKilobytes}; PRAGMA temp_store = MEMORY; PRAGMA trusted_schema = OFF`)
    const migrated = migrate(db)
    if (!migrated.ok) {
      db.close()
      return migrated
    }
    syncDirectory(dirname(path))
    return ok(db)
  } catch (error) {
    return faultOf(error)
  }
}
