// Puts a backup into a data directory that holds no store: first every file is compared with the manifest, then keys, then the tenants in one step.
import { join } from 'node:path'
import { fault } from '#kernel/fault.ts'
import { failed, ok, type Result } from '#kernel/result.ts'
import { restoreStore } from '#platform/storage/embedded/restore.ts'
import { faultOf } from '#platform/storage/embedded/sqlite-fault.ts'
import { copyKeys } from './make.ts'
import { differences, type Manifest, readManifest } from './manifest.ts'

export async function restoreBackup(from: string, to: string): Promise<Result<Manifest>> {
  const manifest = readManifest(from)
  if (!manifest.ok) return manifest
  const [wrong] = await differences(from, manifest.value)
  if (wrong !== undefined) return failed(fault('store.corrupt', { args: { what: `${join(from, wrong)}` } }))
  return putBack(from, to, manifest.value).catch(faultOf)
}

async function putBack(from: string, to: string, manifest: Manifest): Promise<Result<Manifest>> {
  const restored = await restoreStore(from, to, () => copyKeys(join(from, 'keys'), join(to, 'keys')))
  return restored.ok ? ok(manifest) : restored
}
