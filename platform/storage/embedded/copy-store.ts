// A copy of one tenant's file as it is at one moment, while commits go on: VACUUM INTO reads one snapshot and writes a compact file.
import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, rmSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { BackupPart } from '#kernel/ports/storage.ts'
import type { TenantCode } from '#kernel/tenant.ts'
import { syncDirectory } from '../../files/durable-file.ts'

export function copyStore(tenant: TenantCode, from: string, to: string): BackupPart {
  mkdirSync(dirname(to), { recursive: true, mode: 0o700 })
  if (existsSync(to)) rmSync(to)
  const source = new DatabaseSync(from, { readOnly: true, timeout: 5_000 })
  try {
    source.prepare('VACUUM INTO ?').run(to)
  } finally {
    source.close()
  }
  syncFile(to)
  syncDirectory(dirname(to))
  return partOf(tenant, to)
}

/** What the copy holds, read from the copy itself. */
export function partOf(tenant: TenantCode, path: string): BackupPart {
  const copy = new DatabaseSync(path, { readOnly: true })
  try {
    const { t } = copy.prepare('SELECT t FROM state').get() as { t: number }
    const { seq } = copy.prepare('SELECT coalesce(max(seq), 0) AS seq FROM message').get() as { seq: number }
    return { tenant, t, seq, bytes: statSync(path).size }
  } finally {
    copy.close()
  }
}

export function syncFile(path: string): void {
  const descriptor = openSync(path, 'r+')
  try {
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
}
