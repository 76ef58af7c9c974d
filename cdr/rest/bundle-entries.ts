// The entries of a batch or transaction (http.html#transaction): what each asks for, read before anything is done.
import { type Fault, fault } from '#kernel/fault.ts'
import type { JsonObject, JsonValue } from '#kernel/json.ts'
import { limits } from '#kernel/limits.ts'
import { failed, ok, type Result } from '#kernel/result.ts'
import type { CallHeaders } from './call.ts'
import { splitPath } from './path.ts'

export type RequestEntry = {
  readonly index: number
  /** `Bundle.entry[3]` */
  readonly at: string
  readonly fullUrl: string | undefined
  readonly method: string
  readonly path: readonly string[]
  readonly query: string
  readonly headers: CallHeaders
  readonly resource: JsonObject | undefined
}

export type RequestBundle = { readonly type: 'batch' | 'transaction'; readonly entries: readonly Result<RequestEntry>[] }

/** `bases`: what an absolute request URL may start with. */
export function readRequestBundle(bundle: JsonObject, bases: readonly string[]): Result<RequestBundle> {
  const { resourceType, type, entry = [] } = bundle
  if (resourceType !== 'Bundle') return wrong(`${resourceType}`, 'resourceType')
  if (type !== 'batch' && type !== 'transaction') return wrong(`type ${JSON.stringify(type ?? null)}`, 'Bundle.type')
  if (!Array.isArray(entry)) return wrong('entry', 'Bundle.entry')
  if (entry.length > limits.bundleEntriesMax)
    return failed(fault('fhir.bundle-too-large', { at: 'Bundle.entry', args: { max: limits.bundleEntriesMax } }))
  return ok({ type, entries: entry.map((item, index) => readEntry(item, index, bases)) })
}

const methods: ReadonlySet<unknown> = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'])

function readEntry(item: JsonValue, index: number, bases: readonly string[]): Result<RequestEntry> {
  const at = `Bundle.entry[${index}]`
  if (!isObject(item)) return wrong('entry', at)
  const { fullUrl, request, resource } = item
  if (!isObject(request)) return wrong('request', `${at}.request`)
  const { method, url } = request
  if (!methods.has(method)) return wrong('request.method', `${at}.request.method`)
  if (typeof url !== 'string') return wrong('request.url', `${at}.request.url`)
  if (fullUrl !== undefined && typeof fullUrl !== 'string') return wrong('fullUrl', `${at}.fullUrl`)
  if (resource !== undefined && !isObject(resource)) return wrong('resource', `${at}.resource`)
  const base = bases.find(candidate => url.startsWith(`${candidate}/`))
  const local = base ? url.slice(base.length) : url
  if (/^[a-z]+:/i.test(local)) return wrong(`request.url ${url.slice(0, 100)}`, `${at}.request.url`)
  const mark = local.indexOf('?')
  const path = splitPath(mark < 0 ? local : local.slice(0, mark))
  if (!path) return wrong(`request.url ${url.slice(0, 100)}`, `${at}.request.url`)
  return ok({
    index,
    at,
    fullUrl,
    method: method as string,
    path,
    query: mark < 0 ? '' : local.slice(mark + 1),
    headers: headersOf(request),
    resource,
  })
}

function headersOf(request: JsonObject): CallHeaders {
  const text = (member: string) => (typeof request[member] === 'string' ? request[member] : undefined)
  return {
    ifMatch: text('ifMatch'),
    ifNoneMatch: text('ifNoneMatch'),
    ifModifiedSince: text('ifModifiedSince'),
    ifNoneExist: text('ifNoneExist'),
  }
}

function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !('toJSON' in value)
}

function wrong(reason: string, at: string): { ok: false; fault: Fault } {
  return failed(fault('fhir.bundle-invalid', { at, args: { reason } }))
}
