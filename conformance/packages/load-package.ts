// A FHIR package (NPM layout: package/package.json beside its resources) from a .tgz or a folder, as definitions in memory. No network, nothing unpacked to disk.
import { lstatSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { basename, join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { type Fault, fault } from '#kernel/fault.ts'
import type { JsonObject } from '#kernel/json.ts'
import { failed, ok, type Result } from '#kernel/result.ts'
import type { Canonical, DefinitionSource } from '../validator/definitions/registry.ts'
import { type ArchiveEntry, readTar } from './tar.ts'

export type FhirPackage = DefinitionSource & {
  readonly name: string
  readonly version: string
  /** `hl7.fhir.r4.core` → `4.0.1`; they are not loaded by themselves. */
  readonly dependencies: Readonly<Record<string, string>>
  /** Canonical URLs of what is in it. */
  urls(): Iterable<string>
  /** Files that are no resources, as far as they were read: the rest of the package is good. */
  readonly skipped: readonly Fault[]
}

export const packageLimits = {
  archiveBytesMax: 64 * 1024 * 1024,
  unpackedBytesMax: 512 * 1024 * 1024,
  fileBytesMax: 64 * 1024 * 1024,
  filesMax: 20_000,
  nameCharactersMax: 250,
} as const
export type PackageLimits = { readonly [name in keyof typeof packageLimits]: number }

/** Faults `package.…`. */
export function loadPackage(path: string, limits: PackageLimits = packageLimits): Result<FhirPackage> {
  const stat = statSync(path, { throwIfNoEntry: false })
  if (!stat) return failed(fault('package.unreadable', { args: { path } }))
  const files = stat.isDirectory() ? readFolder(path, limits) : readArchive(path, stat.size, limits)
  return files.ok ? ok(packageOf(files.value, path)) : files
}

/** Names relative to the folder of package.json. */
type PackageFile = { readonly name: string; readonly read: () => Buffer }

function readArchive(path: string, bytes: number, limits: PackageLimits): Result<readonly PackageFile[]> {
  if (bytes > limits.archiveBytesMax) return failed(fault('package.too-large', { args: { path, max: limits.archiveBytesMax } }))
  const unpacked = gunzip(path, limits.unpackedBytesMax)
  if (!unpacked.ok) return unpacked
  const entries = readTar(unpacked.value, path, limits)
  if (!entries.ok) return entries
  return ok(entries.value.flatMap(entry => inPackage(entry)))
}

/** `package/x.json`, and nothing deeper: examples and other material stand in folders of their own. */
function inPackage({ name, bytes }: ArchiveEntry): PackageFile[] {
  const match = /^(?:\.\/)?package\/([^/]+\.json)$/.exec(name)
  return match ? [{ name: match[1]!, read: () => bytes }] : []
}

function gunzip(path: string, bytesMax: number): Result<Buffer> {
  try {
    return ok(gunzipSync(readFileSync(path), { maxOutputLength: bytesMax }))
  } catch (error) {
    const tooLarge = (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE'
    return failed(tooLarge ? fault('package.too-large', { args: { path, max: bytesMax } }) : fault('package.not-gzip', { args: { path } }))
  }
}

/** The folder of package.json, or the one that holds it as `package`; a folder of plain definitions will do too. Links are not followed. */
function readFolder(path: string, limits: PackageLimits): Result<readonly PackageFile[]> {
  const inner = join(path, 'package')
  const folder = statSync(join(inner, 'package.json'), { throwIfNoEntry: false }) ? inner : path
  const names = readdirSync(folder).filter(name => name.endsWith('.json'))
  if (names.length > limits.filesMax) return failed(fault('package.too-many-files', { args: { path, max: limits.filesMax } }))
  const files: PackageFile[] = []
  let bytes = 0
  for (const name of names) {
    const stat = lstatSync(join(folder, name))
    if (!stat.isFile()) continue
    bytes += stat.size
    if (stat.size > limits.fileBytesMax) return failed(fault('package.file-too-large', { args: { path, name, max: limits.fileBytesMax } }))
    if (bytes > limits.unpackedBytesMax) return failed(fault('package.too-large', { args: { path, max: limits.unpackedBytesMax } }))
    files.push({ name, read: () => readFileSync(join(folder, name)) })
  }
  return ok(files)
}

/** With an index (`.index.json`) a file is read when its definition is first asked for; without one all are read now. */
function packageOf(files: readonly PackageFile[], path: string): FhirPackage {
  const byName = new Map(files.map(file => [file.name, file]))
  const skipped: Fault[] = []
  const resource = (name: string): Canonical | undefined => {
    const value = parse(byName.get(name)!.read())
    if (!value) skipped.push(fault('package.file-broken', { args: { path, name } }))
    return value && typeof value['resourceType'] === 'string' && typeof value['url'] === 'string' ? (value as Canonical) : undefined
  }
  const manifest = (byName.has('package.json') && parse(byName.get('package.json')!.read())) || {}
  const entries = indexed(byName) ?? all(files, resource)
  const byUrl = Map.groupBy(entries, ({ url }) => url)
  const text = (member: string) => (typeof manifest[member] === 'string' ? manifest[member] : undefined)
  return {
    name: text('name') ?? basename(path).replace(/\.tgz$/, ''),
    version: text('version') ?? '',
    dependencies: dependenciesOf(manifest['dependencies']),
    urls: () => byUrl.keys(),
    skipped,
    find(type, url) {
      const fitting = (byUrl.get(url) ?? []).filter(entry => type === undefined || entry.type === type)
      return fitting.flatMap(
        entry => (entry.resource === undefined ? (entry.resource = resource(entry.file) ?? null) : entry.resource) ?? [],
      )
    },
  }
}

/** `resource` is undefined until it is read, null when it turned out to be none. */
type Entry = { readonly url: string; readonly type: string; readonly file: string; resource?: Canonical | null }

/** What the index names among the files that are there. */
function indexed(files: ReadonlyMap<string, PackageFile>): Entry[] | undefined {
  const index = files.get('.index.json')
  const list = index && parse(index.read())?.['files']
  if (!Array.isArray(list)) return undefined
  return list.flatMap(one => {
    const { filename, resourceType, url } = (one ?? {}) as JsonObject
    const isThere = typeof filename === 'string' && files.has(filename)
    return isThere && typeof resourceType === 'string' && typeof url === 'string' ? [{ url, type: resourceType, file: filename }] : []
  })
}

function all(files: readonly PackageFile[], read: (name: string) => Canonical | undefined): Entry[] {
  return files.flatMap(({ name }) => {
    if (name.startsWith('.') || name === 'package.json') return []
    const resource = read(name)
    return resource ? [{ url: resource.url, type: resource.resourceType, file: name, resource }] : []
  })
}

function dependenciesOf(value: unknown): Record<string, string> {
  if (typeof value !== 'object' || value === null) return {}
  return Object.fromEntries(Object.entries(value).filter((pair): pair is [string, string] => typeof pair[1] === 'string'))
}

function parse(bytes: Buffer): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(bytes.toString('utf8').replace(/^\ufeff/, ''))
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : undefined
  } catch {
    return undefined
  }
}
