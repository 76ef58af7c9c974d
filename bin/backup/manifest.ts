// What a backup holds, written last: a directory without its manifest is no backup. Every file with its size and SHA-256, so that a copy that was damaged
// on its way or in its place is known before it is put back.
import { createHash } from 'node:crypto'
import { createReadStream, existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { fault } from '#kernel/fault.ts'
import { failed, ok, type Result } from '#kernel/result.ts'
import { writeDurably } from '#platform/files/durable-file.ts'

/** One tenant: the logical time of its store, the newest message its journal knows, and what its message log holds. */
export type ManifestPart = {
  readonly tenant: string
  readonly t: number
  readonly seq: number
  readonly segments: number
  readonly lastSeq: number
}
export type ManifestFile = { readonly path: string; readonly bytes: number; readonly sha256: string }
export type Manifest = {
  readonly format: 1
  readonly takenAtMs: number
  readonly parts: readonly ManifestPart[]
  readonly files: readonly ManifestFile[]
}

const manifestName = 'backup.json'

export async function writeManifest(directory: string, parts: readonly ManifestPart[], takenAtMs: number): Promise<Manifest> {
  const files: ManifestFile[] = []
  for (const path of filesIn(directory)) {
    const full = join(directory, path)
    files.push({ path, bytes: statSync(full).size, sha256: await hashOf(full) })
  }
  const manifest: Manifest = { format: 1, takenAtMs, parts, files }
  writeDurably(join(directory, manifestName), `${JSON.stringify(manifest, null, 2)}\n`)
  return manifest
}

export function readManifest(directory: string): Result<Manifest> {
  const path = join(directory, manifestName)
  if (!existsSync(path)) return failed(fault('store.restore', { args: { reason: `no ${manifestName} in ${directory}` } }))
  try {
    const manifest = JSON.parse(readFileSync(path, 'utf8')) as Partial<Manifest>
    if (manifest.format !== 1 || !Array.isArray(manifest.files) || !Array.isArray(manifest.parts)) return corrupt(manifestName)
    return ok(manifest as Manifest)
  } catch {
    return corrupt(manifestName)
  }
}

/** Paths of files that are missing, that differ, or that the manifest does not know. */
export async function differences(directory: string, manifest: Manifest): Promise<string[]> {
  const found: string[] = []
  for (const { path, bytes, sha256 } of manifest.files) {
    const full = join(directory, path)
    if (!existsSync(full) || statSync(full).size !== bytes || (await hashOf(full)) !== sha256) found.push(path)
  }
  const known = new Set(manifest.files.map(file => file.path))
  return [...found, ...filesIn(directory).filter(path => !known.has(path))]
}

/** Below the directory, with slashes; without the manifest, and without what SQLite keeps beside an open file. */
function filesIn(directory: string): string[] {
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile() && !/-(wal|shm|journal)$/.test(entry.name))
    .map(entry => relative(directory, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .filter(path => path !== manifestName)
    .sort()
}

async function hashOf(path: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const piece of createReadStream(path, { highWaterMark: 1024 * 1024 })) hash.update(piece as Buffer)
  return hash.digest('hex')
}

function corrupt(what: string): Result<never> {
  return failed(fault('store.corrupt', { args: { what } }))
}
