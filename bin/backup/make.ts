// Makes a backup of a data directory, whether a server uses it or not: per tenant one moment of the store, the message log at least up to it, and the keys
// without which hashes and tokens mean nothing. It only reads the data directory.
import { copyFileSync, existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { copySegments } from '#engine/log/copy-segments.ts'
import { logDirectory } from '#engine/log/message-log.ts'
import { nodeFiles } from '#engine/log/node-files.ts'
import { fault } from '#kernel/fault.ts'
import { failed, ok, type Result } from '#kernel/result.ts'
import { syncDirectory } from '#platform/files/durable-file.ts'
import { copyStore, syncFile } from '#platform/storage/embedded/copy-store.ts'
import { storedTenants, storeFile } from '#platform/storage/embedded/paths.ts'
import { faultOf } from '#platform/storage/embedded/sqlite-fault.ts'
import { type Manifest, type ManifestPart, writeManifest } from './manifest.ts'

/** `to` must be new or empty: a backup is never written over another. What a failed backup wrote is removed. */
export async function makeBackup(from: string, to: string, takenAtMs: number): Promise<Result<Manifest>> {
  if (storedTenants(from).length === 0) return refused(`no store in ${from}`)
  if (existsSync(to) && readdirSync(to).length > 0) return refused(`${to} is not empty`)
  const made = await copyAll(from, to, takenAtMs).catch(faultOf)
  if (!made.ok) for (const name of existsSync(to) ? readdirSync(to) : []) rmSync(join(to, name), { recursive: true })
  return made
}

async function copyAll(from: string, to: string, takenAtMs: number): Promise<Result<Manifest>> {
  mkdirSync(to, { recursive: true, mode: 0o700 })
  const parts: ManifestPart[] = []
  for (const tenant of storedTenants(from)) {
    const { t, seq } = copyStore(tenant, storeFile(from, tenant), storeFile(to, tenant))
    const log = await copySegments(logDirectory(from, tenant), logDirectory(to, tenant), seq, nodeFiles)
    if (!log.ok) return log
    parts.push({ tenant, t, seq, segments: log.value.segments, lastSeq: log.value.lastSeq })
  }
  copyKeys(join(from, 'keys'), join(to, 'keys'))
  return ok(await writeManifest(to, parts, takenAtMs))
}

export function copyKeys(from: string, to: string): void {
  if (!existsSync(from)) return
  mkdirSync(to, { recursive: true, mode: 0o700 })
  for (const name of readdirSync(from).filter(file => file.endsWith('.key'))) {
    copyFileSync(join(from, name), join(to, name))
    syncFile(join(to, name))
  }
  syncDirectory(to)
}

function refused(reason: string): Result<never> {
  return failed(fault('store.backup', { args: { reason } }))
}
