// Bundle rules (bundle.html): fullUrls, requests, search modes, and what documents and messages must hold together. Linear in the number of entries.
import type { Raw } from '../definitions/definition.ts'
import type { TypeCheck } from '../program/type-program.ts'
import type { BundleIndex } from '../walk/bundle-index.ts'
import { isObject } from '../walk/by-type.ts'
import type { Run } from '../walk/run.ts'
import { checkDocument } from './bundle-document.ts'
import { checkLinked } from './bundle-links.ts'

type Entry = { readonly entry: Raw; readonly index: number; readonly resource: Raw | undefined; readonly fullUrl: string | undefined }

const withoutFullUrl = new Set(['transaction', 'transaction-response', 'batch', 'batch-response'])
const firstOf: Readonly<Record<string, string>> = { document: 'Composition', message: 'MessageHeader' }

export const bundle: TypeCheck = (resource, run) => {
  const type = String(resource['type'])
  const list = Array.isArray(resource['entry']) ? resource['entry'].filter(isObject) : []
  const entries = list.map((entry, index): Entry => {
    const inner = entry['resource']
    const fullUrl = entry['fullUrl']
    return { entry, index, resource: isObject(inner) ? inner : undefined, fullUrl: typeof fullUrl === 'string' ? fullUrl : undefined }
  })
  const first = firstOf[type]
  if (first !== undefined && entries.length === 0) return run.error('validator.bundle-entry-missing', { type })
  if (first !== undefined && entries[0]!.resource?.['resourceType'] !== first)
    run.error('validator.bundle-first', { expected: first }, '.entry[0]')
  for (const entry of entries) at(entry, run, () => checkEntry(entry, type, run))
  checkDuplicates(entries, type, run)
  const index: BundleIndex = run.scope.ownIndex
  if (type === 'document' && entries[0]!.resource) checkDocument(entries[0]!.resource, entries[0]!.fullUrl, index, run)
  if (first !== undefined) checkLinked(entries, index, type === 'document' ? 'error' : 'warning', run)
  if (type === 'searchset' && !hasSelf(resource)) run.warning('validator.bundle-search-self')
}

function at({ index }: Entry, run: Run, check: () => void): void {
  const { depth } = run.trail
  run.trail.push('.entry')
  run.trail.push(index)
  check()
  run.trail.cut(depth)
}

function checkEntry({ entry, resource, fullUrl }: Entry, type: string, run: Run): void {
  if (fullUrl === undefined) {
    if (!withoutFullUrl.has(type)) run.error('validator.bundle-full-url-missing')
  } else if (!/^[a-zA-Z][a-zA-Z0-9+.-]*:/.test(fullUrl)) run.error('validator.bundle-full-url-absolute', { url: fullUrl }, '.fullUrl')
  else if (resource) checkRestful(fullUrl, resource, run)
  if (type === 'transaction' || type === 'batch') checkRequest(entry, resource, run)
  if (type === 'searchset' && resource) checkSearch(entry['search'], resource, run)
}

/** A fullUrl of the form base/Type/id names its resource. */
function checkRestful(fullUrl: string, { resourceType, id }: Raw, run: Run): void {
  if (!fullUrl.startsWith('http') || typeof id !== 'string') return
  const [, type, last] = /\/([A-Z][A-Za-z]+)\/([^/]+)$/.exec(fullUrl) ?? []
  if (type === undefined || !run.world.model.isResourceType(type)) return
  if (type !== resourceType || last !== id)
    run.error('validator.bundle-full-url-mismatch', { url: fullUrl, type: String(resourceType), id })
}

function checkRequest(entry: Raw, resource: Raw | undefined, run: Run): void {
  const request = entry['request']
  if (!isObject(request)) return
  const { method, url } = request
  if (typeof url !== 'string' || typeof method !== 'string') return
  const path = url.split('?')[0]!.replace(/^\//, '')
  const type = path.split('/')[0]
  const isWrong =
    (method === 'POST' && path.includes('/') && !path.includes('$')) ||
    (resource !== undefined &&
      (method === 'POST' || method === 'PUT') &&
      !path.includes('$') &&
      path !== '' &&
      type !== resource['resourceType'] &&
      !/^https?:/.test(url))
  if (isWrong) run.error('validator.bundle-request-url', { method, url }, '.request.url')
}

function checkSearch(search: unknown, { resourceType, id }: Raw, run: Run): void {
  const mode = isObject(search) ? search['mode'] : undefined
  const isOutcome = resourceType === 'OperationOutcome'
  if (id === undefined && !isOutcome) run.error('validator.bundle-search-id', {}, '.resource')
  if (mode === 'outcome' ? !isOutcome : isOutcome && typeof mode === 'string')
    run.error('validator.bundle-search-outcome', { mode: String(mode), found: String(resourceType) }, '.resource')
}

/** The same resource twice, except as versions in a history (bdl-7 tells of it only once for the whole bundle). */
function checkDuplicates(entries: readonly Entry[], type: string, run: Run): void {
  if (type === 'history' || withoutFullUrl.has(type)) return
  const seen = new Set<string>()
  for (const entry of entries) {
    if (entry.fullUrl === undefined) continue
    const version = isObject(entry.resource?.['meta']) ? String(entry.resource['meta']['versionId'] ?? '') : ''
    const key = `${entry.fullUrl}\n${version}`
    if (seen.has(key)) at(entry, run, () => run.warning('validator.bundle-duplicate', { url: entry.fullUrl! }))
    seen.add(key)
  }
}

function hasSelf(resource: Raw): boolean {
  return Array.isArray(resource['link']) && resource['link'].some(link => isObject(link) && link['relation'] === 'self')
}
