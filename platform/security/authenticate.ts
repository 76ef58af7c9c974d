// Who speaks in an HTTP request: a bearer token, or the portal's session cookie (then changes need the X-Requested-With header against forged requests).
import type { IncomingMessage } from 'node:http'
import { fault } from '#kernel/fault.ts'
import { failed, type Result } from '#kernel/result.ts'
import type { Principal } from '#kernel/tenant.ts'
import type { Tokens } from './tokens.ts'

export const sessionCookie = 'huilian_session'

export function authenticate(request: IncomingMessage, tokens: Tokens): Result<Principal> | Promise<Result<Principal>> {
  const token = bearer(request) ?? session(request)
  if (!token) return failed(fault('auth.required'))
  const known = tokens.known(token)
  return known ? { ok: true, value: known } : tokens.verify(token)
}

function bearer(request: IncomingMessage): string | undefined {
  const header = request.headers.authorization
  return header && /^bearer /i.test(header) ? header.slice(7).trim() : undefined
}

function session(request: IncomingMessage): string | undefined {
  const safe = request.method === 'GET' || request.method === 'HEAD'
  if (!safe && !request.headers['x-requested-with']) return undefined
  return cookieValue(request.headers.cookie, sessionCookie)
}

export function cookieValue(header: string | undefined, name: string): string | undefined {
  for (const part of header?.split(';') ?? []) {
    const at = part.indexOf('=')
    if (at > 0 && part.slice(0, at).trim() === name) return part.slice(at + 1).trim()
  }
  return undefined
}
