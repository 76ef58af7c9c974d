// The console API: Express carries the route tables; each call is authenticated, authorised, checked against its schema and answered in one way.
import { Ajv, type ErrorObject } from 'ajv'
import addFormats from 'ajv-formats'
import express, { type Express, type NextFunction, type Request, type Response } from 'express'
import { fault } from '#kernel/fault.ts'
import { limits } from '#kernel/limits.ts'
import { failed, ok, type Result } from '#kernel/result.ts'
import { isTenantCode, maySee, type Principal, type TenantCode } from '#kernel/tenant.ts'
import { authenticate } from '../security/authenticate.ts'
import { hasRight } from '../security/rights.ts'
import type { Tokens } from '../security/tokens.ts'
import { readBody } from './body.ts'
import { languageOf, sendProblem } from './problem.ts'
import { type Call, isRaw, type Route, WithHeaders } from './route.ts'

export type ApiTools = {
  readonly tokens: Tokens
  readonly tenants: () => readonly TenantCode[]
  readonly onBug: (error: unknown, request: Request, response: Response) => void
}

const ajv = new Ajv({ coerceTypes: true, allErrors: false, strict: false })
addFormats.default(ajv)

export function consoleApp(routes: readonly Route[], tools: ApiTools): Express {
  const app = express()
  app.disable('x-powered-by')
  app.set('etag', false)
  for (const route of routes) {
    const check = compileChecks(route)
    const pattern = route.path.replace(/\{(\w+)\}/g, ':$1')
    app[route.method.toLowerCase() as 'get'](pattern, (request, response) => answer(route, check, request, response, tools))
  }
  app.use((request: Request, response: Response) =>
    sendProblem(response, fault('http.not-found'), languageOf(request.headers['accept-language'])),
  )
  app.use((error: unknown, request: Request, response: Response, _next: NextFunction) => tools.onBug(error, request, response))
  return app
}

async function answer(route: Route, check: Checks, request: Request, response: Response, tools: ApiTools): Promise<void> {
  const language = languageOf(request.headers['accept-language'])
  const call = await readCall(route, check, request, tools)
  const result = call.ok ? await route.handle(call.value) : call
  if (!result.ok) return sendProblem(response, result.fault, language)
  response.setHeader('cache-control', 'no-store')
  const value = result.value instanceof WithHeaders ? result.value.value : result.value
  if (result.value instanceof WithHeaders) response.set(result.value.headers)
  if (!isRaw(value)) return void response.json(value ?? {})
  response.setHeader('content-type', value.mediaType)
  if (value.fileName) response.setHeader('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(value.fileName)}`)
  response.end(value.bytes)
}

async function readCall(route: Route, check: Checks, request: Request, tools: ApiTools): Promise<Result<Call>> {
  const principal = await admit(route, request, tools)
  if (!principal.ok) return principal
  const query = Object.fromEntries(
    Object.entries(request.query).map(([name, value]) => [name, Array.isArray(value) ? value[0] : value]),
  ) as Call['query']
  const scope = scopeOf(principal.value, query['tenant'], tools)
  if (!scope.ok) return scope
  if (check.query && !check.query(query)) return failed(complaint(check.query.errors, 'query'))
  const bytes = route.body ? await readBody(request, limits.httpBodyBytesMax) : ok(Buffer.alloc(0))
  if (!bytes.ok) return bytes
  const body = check.body ? parseJson(bytes.value) : ok(undefined)
  if (!body.ok) return body
  if (check.body && !check.body(body.value)) return failed(complaint(check.body.errors, 'body'))
  return ok({
    principal: principal.value,
    scope: { principal: principal.value, tenants: scope.value },
    language: languageOf(request.headers['accept-language']),
    remote: request.socket.remoteAddress ?? '',
    path: request.params as Record<string, string>,
    query,
    body: body.value,
    bytes: bytes.value,
  })
}

const nobody: Principal = { id: 'system:anonymous', name: '', tenants: [], scopes: [] }

async function admit(route: Route, request: Request, tools: ApiTools): Promise<Result<Principal>> {
  if (route.right === 'open') return ok(nobody)
  const principal = await authenticate(request, tools.tokens)
  if (!principal.ok || route.right === 'any' || hasRight(principal.value, route.right)) return principal
  return failed(fault('auth.scope', { args: { scope: route.right } }))
}

function scopeOf(principal: Principal, asked: unknown, tools: ApiTools): Result<readonly TenantCode[]> {
  if (asked === undefined || asked === '') return ok(tools.tenants().filter(tenant => maySee(principal, tenant)))
  if (typeof asked !== 'string' || !isTenantCode(asked) || !maySee(principal, asked) || !tools.tenants().includes(asked)) {
    return failed(fault('auth.tenant', { args: { tenant: String(asked).slice(0, 40) } }))
  }
  return ok([asked])
}

type Check = ((value: unknown) => boolean) & { errors?: ErrorObject[] | null }
type Checks = { readonly query?: Check; readonly body?: Check }

function compileChecks(route: Route): Checks {
  const query = { type: 'object', properties: { tenant: { type: 'string' }, ...route.query }, additionalProperties: false }
  return { query: ajv.compile(query) as Check, body: route.body && route.body !== 'bytes' ? (ajv.compile(route.body) as Check) : undefined }
}

function complaint(errors: ErrorObject[] | null | undefined, where: string) {
  const error = errors?.[0]
  const name = `${where}${error?.instancePath.replaceAll('/', '.') ?? ''}`
  return fault('http.parameter', {
    at: name,
    args: {
      name,
      reason: `${error?.message ?? ''}${error?.params?.['additionalProperty'] ? `: ${error.params['additionalProperty']}` : ''}`,
    },
  })
}

function parseJson(bytes: Buffer): Result<unknown> {
  try {
    return ok(JSON.parse(bytes.toString('utf8')))
  } catch {
    return failed(fault('http.parameter', { args: { name: 'body', reason: 'not JSON' } }))
  }
}
