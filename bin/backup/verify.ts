// Checks everything a data directory or a backup holds: files against the manifest, pages, versions, documents, index rows, and the message log against the
// journal. Reads only; a server may be running on it.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { openExtractor } from '#cdr/index/extract.ts'
import { checkSegments } from '#engine/log/check-segments.ts'
import { logDirectory } from '#engine/log/message-log.ts'
import { nodeFiles } from '#engine/log/node-files.ts'
import { readStored } from '#formats/fhir/json/stored.ts'
import { type Fault, fault } from '#kernel/fault.ts'
import { failed, ok, type Result } from '#kernel/result.ts'
import { blindIndex } from '#platform/storage/blind-index.ts'
import { partOf } from '#platform/storage/embedded/copy-store.ts'
import { checkTenant, pageFindings, type RowsOf } from '#platform/storage/embedded/integrity.ts'
import { journalPositions } from '#platform/storage/embedded/journal-positions.ts'
import { storedTenants, storeFile } from '#platform/storage/embedded/paths.ts'
import { diskFault } from '#platform/storage/embedded/sqlite-fault.ts'
import { differences, readManifest } from './manifest.ts'

export type Checked = {
  /** A tenant, or `backup.json` for the files as such. */
  readonly what: string
  /** Logical time of the store, newest message of the journal and of the log; undefined when the file cannot be read. */
  readonly reached: { readonly t: number; readonly seq: number; readonly lastSeq: number } | undefined
  readonly findings: readonly Fault[]
}

/** One after the other, each as soon as it is known; `store.restore` when there is no store. */
export async function* verify(directory: string): AsyncGenerator<Result<Checked>> {
  const tenants = storedTenants(directory)
  if (tenants.length === 0) {
    yield failed(fault('store.restore', { args: { reason: `no store in ${directory}` } }))
    return
  }
  if (existsSync(join(directory, 'backup.json'))) yield checkFiles(directory)
  const rowsOf = rowsWith(join(directory, 'keys', 'blind-index.key'))
  for (const tenant of tenants) yield ok(await checkOne(directory, tenant, rowsOf))
}

async function checkFiles(directory: string): Promise<Result<Checked>> {
  const manifest = readManifest(directory)
  if (!manifest.ok) return manifest
  const findings = (await differences(directory, manifest.value)).map(path => damaged(path))
  return ok({ what: 'backup.json', reached: undefined, findings })
}

async function checkOne(directory: string, tenant: string, rowsOf: RowsOf | undefined): Promise<Checked> {
  const path = storeFile(directory, tenant)
  try {
    const { t, seq } = partOf(tenant, path)
    const pages = pageFindings(path)
    const inside = pages.length > 0 ? [] : await checkTenant(tenant, path, rowsOf)
    const log = await checkSegments(logDirectory(directory, tenant), nodeFiles, journalPositions(path))
    const findings = [...pages.map(what => damaged(`${tenant}: ${what}`)), ...inside.map(damaged), ...log.findings]
    return { what: tenant, reached: { t, seq, lastSeq: log.lastSeq }, findings }
  } catch (error) {
    return { what: tenant, reached: undefined, findings: [diskFault(error) ?? damaged(`${tenant}: ${(error as Error).message}`)] }
  }
}

/** Index rows are compared only where the key of their hashes is. */
function rowsWith(keyPath: string): RowsOf | undefined {
  if (!existsSync(keyPath)) return undefined
  const extract = openExtractor(blindIndex(Buffer.from(readFileSync(keyPath, 'utf8'), 'base64')))
  return (_type, body) => extract(readStored(body.toString()))
}

function damaged(what: string): Fault {
  return fault('store.corrupt', { args: { what } })
}
