// The FHIR surface on node:http: /fhir and /tenants/{tenant}/fhir. Who asks, for whose data, in which form; everything else is the table's.
import type { IncomingMessage, ServerResponse } from 'node:http'
import { fault } from '#kernel/fault.ts'
import type { JsonObject } from '#kernel/json.ts'
import { limits } from '#kernel/limits.ts'
import { failed, must, ok, type Result } from '#kernel/result.ts'
import { type Principal, systemTenant } from '#kernel/tenant.ts'
import { readBody } from '#platform/http/body.ts'
import { languageOf } from '#platform/http/problem.ts'
import type { Surface } from '#platform/http/server.ts'
import { authenticate } from '#platform/security/authenticate.ts'
import type { Tokens } from '#platform/security/tokens.ts'
import { auditEntry } from '../access/audit.ts'
import { tenancyOf } from '../access/tenancy.ts'
import type { Answer } from './answer.ts'
import type { Caller, CallHeaders, Rest } from './call.ts'
import { type Cors, corsHeaders, isPreflight, preflight } from './cors.ts'
import { mayPerform, perform } from './dispatch.ts'
import { readForm, writeForm } from './form.ts'
import { answerFormat, bodyFormat, type Format, mediaTypes } from './negotiate.ts'
import { requestOrigin } from './origin.ts'
import { refusal } from './outcome.ts'
import { splitPath } from './path.ts'
import type { Route } from './route.ts'
import { router } from './routes.ts'

export type SurfaceTools = Rest & {
  readonly tokens: Tokens
  /** Where clients reach this server, `https://fhir.hospital.example`; undefined: as each request says. */
  readonly origin?: string
  /** Origins of web pages that may call; empty: none. */
  readonly cors?: Cors
}

const mounts = /^(\/fhir|\/tenants\/([^/]+)\/fhir)(?=\/|$)/

export function fhirSurface(tools: SurfaceTools): Surface {
  return { name: 'fhir', fits: path => mounts.test(path), handle: (request, response) => handle(request, response, tools) }
}

async function handle(request: IncomingMessage, response: ServerResponse, tools: SurfaceTools): Promise<void> {
  if (tools.cors) for (const [name, value] of corsHeaders(request, tools.cors)) response.setHeader(name, value)
  if (tools.cors && isPreflight(request)) return preflight(response)
  const url = request.url ?? '/'
  const mark = url.indexOf('?')
  const query = mark < 0 ? '' : url.slice(mark + 1)
  const path = mark < 0 ? url : url.slice(0, mark)
  const format = answerFormat(query, request.headers.accept, request.headers['content-type'])
  const answer = format.ok ? await answerRequest(request, path, query, tools) : format
  if (!answer.ok && answer.fault.code === 'fhir.interaction-unsupported') response.setHeader('allow', allowedAt(path))
  const form = { format: format.ok ? format.value : 'json', pretty: /(?:^|&)_pretty=true(?:&|$)/.test(query) } as const
  send(response, formed(answer, form, request), request)
}

async function answerRequest(request: IncomingMessage, path: string, query: string, tools: SurfaceTools): Promise<Result<Answer>> {
  const mount = mounts.exec(path)!
  const segments = splitPath(path.slice(mount[1]!.length))
  if (!segments) return failed(fault('http.parameter', { args: { name: 'path', reason: 'percent-encoding' } }))
  const matched = router.find(request.method ?? '', segments, query !== '')
  const open = matched.ok && matched.value.route.touch === 'open'
  const caller = await callerOf(request, mount[1]!, mount[2], open, tools)
  if (!caller.ok) return caller
  if (!matched.ok) return matched
  const allowed = mayPerform(matched.value, caller.value, tools)
  if (!allowed.ok) return allowed
  const body = await bodyOf(request, matched.value.route, segments.length)
  if (!body.ok) return body
  const { resource, formQuery } = body.value
  const asked = {
    method: request.method ?? '',
    path: segments,
    query: formQuery === '' || query === '' ? query + formQuery : `${query}&${formQuery}`,
    headers: headersOf(request),
    resource,
    caller: caller.value,
  }
  return perform(matched.value, asked, tools)
}

function allowedAt(path: string): string {
  return router.allowed(splitPath(path.replace(mounts, '')) ?? []).join(', ')
}

const nobody: Principal = { id: 'system:anonymous', name: '', tenants: [], scopes: [] }

async function callerOf(
  request: IncomingMessage,
  mount: string,
  tenant: string | undefined,
  open: boolean,
  tools: SurfaceTools,
): Promise<Result<Caller>> {
  const origin = requestOrigin(request, tools.origin)
  if (!origin.ok) return origin
  const language = languageOf(request.headers['accept-language'])
  const remote = request.socket.remoteAddress ?? ''
  const common = { language, remote, origin: origin.value, mount }
  if (open) return ok({ ...common, principal: nobody, reads: [], writes: failed(fault('auth.required')) })
  const known = authenticate(request, tools.tokens)
  const principal = known instanceof Promise ? await known : known
  if (!principal.ok) return principal
  const header = request.headers['x-tenant']
  const tenancy = tenancyOf(principal.value, tools.storage, { mount: tenant, header: Array.isArray(header) ? header[0] : header })
  if (tenancy.ok) return ok({ ...common, principal: principal.value, ...tenancy.value })
  const touch = { action: 'access', outcome: 'refused', subject: mount.slice(0, 40) } as const
  const noted = tools.storage.audit(systemTenant, auditEntry({ principal: principal.value, remote }, touch, tools.clock.now()))
  return noted.ok || noted.fault.code !== 'audit.overloaded' ? tenancy : noted
}

type Body = { readonly resource: JsonObject | undefined; readonly formQuery: string }

/** A Bundle to the base may be large; a single resource may not. */
async function bodyOf(request: IncomingMessage, route: Route, segments: number): Promise<Result<Body>> {
  if (route.body === 'none') return ok({ resource: undefined, formQuery: '' })
  const { 'content-type': type, 'content-encoding': encoding } = request.headers
  const format = bodyFormat(type, encoding, route.body)
  if (!format.ok) return format
  const bytes = await readBody(request, segments === 0 ? limits.httpBodyBytesMax : limits.resourceBytesMax)
  if (!bytes.ok) return bytes
  if (route.body === 'form') return ok({ resource: undefined, formQuery: bytes.value.toString('utf8') })
  if (bytes.value.length === 0 && route.interaction === 'operation') return ok({ resource: undefined, formQuery: '' })
  const resource = readForm(bytes.value, format.value)
  return resource.ok ? ok({ resource: resource.value, formQuery: '' }) : resource
}

function headersOf({ headers }: IncomingMessage): CallHeaders {
  const one = (name: string) => headers[name] as string | undefined
  return {
    ifMatch: one('if-match'),
    ifNoneMatch: one('if-none-match'),
    ifModifiedSince: one('if-modified-since'),
    ifNoneExist: one('if-none-exist'),
    prefer: one('prefer'),
  }
}

type Formed = Omit<Answer, 'body'> & { readonly body: Buffer | undefined }
type Form = { readonly format: Format; readonly pretty: boolean }

/** What XML cannot hold is refused when it was only read; a change that was made is told in JSON rather than not at all. */
function formed(answer: Result<Answer>, form: Form, request: Pick<IncomingMessage, 'method' | 'headers'>): Formed {
  const { method, headers } = request
  const plain = answer.ok ? answer.value : refusal(answer.fault, languageOf(headers['accept-language']))
  const written = writtenAs(plain, form)
  if (written.ok) return written.value
  if (answer.ok && (method === 'GET' || method === 'HEAD')) return formed(written, form, request)
  return must(writtenAs(plain, { ...form, format: 'json' }))
}

function writtenAs({ status, headers, body }: Answer, { format, pretty }: Form): Result<Formed> {
  if (body === undefined) return ok({ status, headers, body })
  const written = writeForm(body, format, pretty)
  return written.ok
    ? ok({ status, headers: { ...headers, 'content-type': `${mediaTypes[format]}; charset=utf-8` }, body: written.value })
    : written
}

function send(response: ServerResponse, { status, headers, body }: Formed, request: IncomingMessage): void {
  const unread = !request.complete && request.method !== 'GET' && request.method !== 'HEAD'
  response.writeHead(status, {
    ...headers,
    'cache-control': 'no-store',
    ...(status === 204 || status === 304 ? {} : { 'content-length': body?.length ?? 0 }),
    ...(unread ? { connection: 'close' } : {}),
  })
  response.end(request.method === 'HEAD' || status === 304 ? undefined : body)
}
