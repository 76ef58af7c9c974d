// Puts a backup back: every tenant's file and message log, into a data directory that holds no store yet. Everything is copied beside and takes its
// place in one step, so that an interrupted restore leaves no store rather than half of one.
import { copyFileSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fault } from '#kernel/fault.ts'
import type { BackupPart } from '#kernel/ports/storage.ts'
import { failed, ok, type Result } from '#kernel/result.ts'
import { syncDirectory } from '../../files/durable-file.ts'
import { partOf, syncFile } from './copy-store.ts'
import { checkDataVersion } from './data-version.ts'
import { lockDirectory } from './instance-lock.ts'
import { pageFindings } from './integrity.ts'
import { storedTenants, storeFile, tenantDirectory, tenantsDirectory } from './paths.ts'
import { faultOf } from './sqlite-fault.ts'

/** The parts that were put back; every file was checked before it was copied. `before` is done when all is copied and nothing stands in its place yet. */
export async function restoreStore(from: string, to: string, before: () => void = () => undefined): Promise<Result<readonly BackupPart[]>> {
  const tenants = storedTenants(from)
  if (tenants.length === 0) return failed(fault('store.restore', { args: { reason: `no store in ${from}` } }))
  if (holdsTenants(to)) return failed(fault('store.restore', { args: { reason: `${to} holds a store already` } }))
  const lock = lockDirectory(to)
  if (!lock.ok) return lock
  try {
    for (const tenant of tenants) {
      const findings = pageFindings(storeFile(from, tenant))
      if (findings.length > 0) return failed(fault('store.corrupt', { args: { what: `${tenant}: ${findings[0]}` } }))
    }
    const beside = join(to, 'restoring')
    rmSync(beside, { recursive: true, force: true })
    for (const tenant of tenants) copyTree(tenantDirectory(from, tenant), tenantDirectory(beside, tenant))
    before()
    rmSync(tenantsDirectory(to), { recursive: true, force: true })
    renameSync(tenantsDirectory(beside), tenantsDirectory(to))
    rmSync(beside, { recursive: true })
    syncDirectory(to)
    const version = checkDataVersion(to)
    return version.ok ? ok(tenants.map(tenant => partOf(tenant, storeFile(to, tenant)))) : version
  } catch (error) {
    return faultOf(error)
  } finally {
    lock.value.release()
  }
}

function holdsTenants(directory: string): boolean {
  return existsSync(tenantsDirectory(directory)) && readdirSync(tenantsDirectory(directory)).length > 0
}

function copyTree(from: string, to: string): void {
  mkdirSync(to, { recursive: true, mode: 0o700 })
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const target = join(to, entry.name)
    if (entry.isDirectory()) copyTree(join(from, entry.name), target)
    else {
      copyFileSync(join(from, entry.name), target)
      syncFile(target)
    }
  }
  syncDirectory(to)
}
