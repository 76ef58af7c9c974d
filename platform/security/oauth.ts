// POST /oauth2/token (RFC 6749 section 4.4, client_credentials) and the discovery document of SMART App Launch.
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Clock } from '#kernel/clock.ts'
import { type Fault, fault, faultAnswer, faultText } from '#kernel/fault.ts'
import type { Storage } from '#kernel/ports/storage.ts'
import { failed, ok, type Result } from '#kernel/result.ts'
import { type Principal, systemTenant } from '#kernel/tenant.ts'
import { readBody } from '../http/body.ts'
import { authenticateClient, type Directory } from './directory.ts'
import type { Lockout } from './lockout.ts'
import { type Tokens, tokenSecondsMax } from './tokens.ts'

export type OAuth = { directory: Directory; tokens: Tokens; lockout: Lockout; storage: Storage; clock: Clock }

const formBytesMax = 16 * 1024

export async function handleToken(request: IncomingMessage, response: ServerResponse, oauth: OAuth): Promise<void> {
  if (request.method !== 'POST') return sendError(response, 405, 'invalid_request', 'POST only')
  const body = await readBody(request, formBytesMax)
  if (!body.ok) return sendFault(response, body.fault)
  const form = new URLSearchParams(body.value.toString('utf8'))
  if (form.get('grant_type') !== 'client_credentials')
    return sendError(response, 400, 'unsupported_grant_type', 'grant_type must be client_credentials')
  const given = credentials(request, form)
  const client = given ? check(given, request, oauth) : failed(fault('auth.invalid-client'))
  note(oauth, request, given?.id ?? '', client.ok ? 'success' : 'refused')
  if (!client.ok) return sendFault(response, client.fault)
  const principal = narrowed(client.value, form.get('scope'))
  if (!principal) return sendError(response, 400, 'invalid_scope', 'a scope was asked that the client does not have')
  send(response, 200, {
    access_token: await oauth.tokens.issue(principal),
    token_type: 'Bearer',
    expires_in: tokenSecondsMax,
    scope: principal.scopes.join(' '),
  })
}

export function smartConfiguration(origin: string): Record<string, unknown> {
  return {
    issuer: origin,
    token_endpoint: `${origin}/oauth2/token`,
    token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post'],
    grant_types_supported: ['client_credentials'],
    scopes_supported: ['system/*.read', 'system/*.write', 'system/*.*'],
    capabilities: ['client-confidential-symmetric', 'permission-v1', 'permission-v2'],
  }
}

function check(given: { id: string; secret: string }, request: IncomingMessage, oauth: OAuth): Result<Principal> {
  const subject = `client ${given.id} from ${request.socket.remoteAddress}` as const
  const free = oauth.lockout.check(subject)
  if (!free.ok) return free
  const client = authenticateClient(oauth.directory, given.id, given.secret)
  if (client.ok) oauth.lockout.success(subject)
  else oauth.lockout.failure(subject)
  return client
}

/** HTTP Basic, or client_id and client_secret in the form. */
function credentials(request: IncomingMessage, form: URLSearchParams): { id: string; secret: string } | undefined {
  const basic = /^basic (.+)$/i.exec(request.headers.authorization ?? '')
  const pair = basic ? Buffer.from(basic[1]!, 'base64').toString('utf8') : undefined
  const colon = pair?.indexOf(':') ?? -1
  const id = pair ? decode(pair.slice(0, colon)) : form.get('client_id')
  const secret = pair ? decode(pair.slice(colon + 1)) : form.get('client_secret')
  return id && secret && (!pair || colon > 0) ? { id, secret } : undefined
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** The principal with only the scopes asked for; undefined when one of them is not the client's. */
function narrowed(principal: Principal, asked: string | null): Principal | undefined {
  const scopes = asked?.split(/\s+/).filter(Boolean) ?? []
  if (scopes.length === 0) return principal
  return scopes.every(scope => principal.scopes.includes(scope)) ? { ...principal, scopes } : undefined
}

function note(oauth: OAuth, request: IncomingMessage, id: string, outcome: 'success' | 'refused'): Result<void> {
  const entry = {
    atMs: oauth.clock.now(),
    principal: `client:${id.slice(0, 64)}`,
    action: 'token',
    outcome,
    subject: 'oauth2/token',
    remote: request.socket.remoteAddress ?? '',
  }
  return oauth.storage.audit(systemTenant, entry) ?? ok(undefined)
}

function sendFault(response: ServerResponse, fault: Fault): void {
  const invalid = fault.code === 'auth.invalid-client'
  if (invalid) response.setHeader('www-authenticate', 'Basic realm="huilian"')
  sendError(response, faultAnswer(fault).http, invalid ? 'invalid_client' : 'invalid_request', faultText(fault, 'en'))
}

function sendError(response: ServerResponse, status: number, error: string, description: string): void {
  send(response, status, { error, error_description: description })
}

function send(response: ServerResponse, status: number, body: Record<string, unknown>): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store', pragma: 'no-cache' })
  response.end(JSON.stringify(body))
}
