// Portal sign-in: POST /api/session gives an HttpOnly cookie; the page never sees the token.
import type { Clock } from '#kernel/clock.ts'
import type { Storage } from '#kernel/ports/storage.ts'
import { failed, ok, type Result } from '#kernel/result.ts'
import { type Principal, systemTenant } from '#kernel/tenant.ts'
import { type Call, type Route, withHeaders } from '../http/route.ts'
import { list, object, string } from '../http/schema.ts'
import { sessionCookie } from './authenticate.ts'
import { authenticateUser, type Directory } from './directory.ts'
import type { Lockout } from './lockout.ts'
import type { Tokens } from './tokens.ts'

export type SessionTools = {
  directory: Directory
  tokens: Tokens
  lockout: Lockout
  storage: Storage
  clock: Clock
  demo: boolean
  secureCookie: boolean
}

/** A working day without signing in again; the cookie ends with it. */
const sessionSecondsMax = 8 * 3600

const person = object({ id: string, name: string, tenants: list(string), rights: list(string) })

export function sessionRoutes(tools: SessionTools): Route[] {
  return [
    {
      method: 'POST',
      path: '/api/session',
      right: 'open',
      tag: 'session',
      summary: '登录 · sign in',
      body: object({ name: { type: 'string', maxLength: 100 }, password: { type: 'string', maxLength: 200 } }),
      answer: person,
      handle: call => signIn(call, tools),
    },
    {
      method: 'GET',
      path: '/api/session',
      right: 'any',
      tag: 'session',
      summary: '当前用户 · who is signed in',
      answer: person,
      handle: call => ok(describe(call.principal, call.scope.tenants)),
    },
    {
      method: 'DELETE',
      path: '/api/session',
      right: 'open',
      tag: 'session',
      summary: '退出 · sign out',
      answer: object({}),
      handle: () => ok(withHeaders({}, { 'set-cookie': cookie('', 0, tools) })),
    },
    {
      method: 'GET',
      path: '/api/login-options',
      right: 'open',
      tag: 'session',
      summary: '演示账号（仅演示模式）· demo users, in demo mode only',
      answer: object({ users: list(object({ name: string, displayName: string, roles: list(string) })), passwordHint: string }),
      handle: () => ok({ users: tools.demo ? demoUsers(tools.directory) : [], passwordHint: tools.demo ? demoPassword : '' }),
    },
  ]
}

/** Only in demo mode: stands on the login page beside the demo users. */
export const demoPassword = 'Huilian-2026'

function demoUsers(directory: Directory) {
  return directory.users
    .all()
    .filter(user => user.demo)
    .map(({ name, displayName, roles }) => ({ name, displayName, roles: [...roles] }))
}

async function signIn(call: Call, tools: SessionTools): Promise<Result<unknown>> {
  const { name, password } = call.body as { name: string; password: string }
  const subjects = [`user ${name}`, `address ${call.remote}`] as const
  for (const subject of subjects) {
    const free = tools.lockout.check(subject)
    if (!free.ok) return free
  }
  const principal = await authenticateUser(tools.directory, name, password)
  for (const subject of subjects) principal.ok ? tools.lockout.success(subject) : tools.lockout.failure(subject)
  const noted = tools.storage.audit(systemTenant, {
    atMs: tools.clock.now(),
    principal: `user:${name.slice(0, 64)}`,
    action: 'login',
    outcome: principal.ok ? 'success' : 'refused',
    subject: 'portal',
    remote: call.remote,
  })
  if (!principal.ok) return principal
  if (!noted.ok) return failed(noted.fault)
  const token = await tools.tokens.issue(principal.value, sessionSecondsMax)
  return ok(withHeaders(describe(principal.value, []), { 'set-cookie': cookie(token, sessionSecondsMax, tools) }))
}

function describe(principal: Principal, tenants: readonly string[]) {
  return {
    id: principal.id,
    name: principal.name,
    tenants: principal.tenants === 'all' ? tenants : principal.tenants,
    rights: principal.scopes,
  }
}

function cookie(token: string, seconds: number, tools: SessionTools): string {
  return `${sessionCookie}=${token}; Path=/; HttpOnly; SameSite=Strict; Max-Age=${seconds}${tools.secureCookie ? '; Secure' : ''}`
}
