// Clients, users, tenants and facilities over the console API; only an administrator, every change audited by the directory.
import type { Clock } from '#kernel/clock.ts'
import { fault } from '#kernel/fault.ts'
import type { Storage } from '#kernel/ports/storage.ts'
import { failed, ok, type Result } from '#kernel/result.ts'
import { isTenantCode, type TenantCode } from '#kernel/tenant.ts'
import type { Call, Route } from '../http/route.ts'
import { boolean, list, object, oneOf, string } from '../http/schema.ts'
import { addClient, addUser, type Directory, type Facility, type Tenant } from './directory.ts'
import { isScope, roles } from './rights.ts'
import type { Tokens } from './tokens.ts'

export type AccountTools = { directory: Directory; tokens: Tokens; storage: Storage; clock: Clock }

const tenantList = { oneOf: [{ type: 'array', items: string, minItems: 1 }, { const: 'all' }] }
const name = { type: 'string', minLength: 1, maxLength: 100 }

export function accountRoutes(tools: AccountTools): Route[] {
  return [...clientRoutes(tools), ...userRoutes(tools), ...tenantRoutes(tools), ...facilityRoutes(tools)]
}

function clientRoutes(tools: AccountTools): Route[] {
  const { clients } = tools.directory
  return [
    {
      method: 'POST',
      path: '/api/clients',
      right: 'admin',
      tag: 'accounts',
      summary: '新建客户端，密钥只显示一次 · make a client; the secret is shown once',
      body: {
        type: 'object',
        required: ['name', 'tenants', 'scopes'],
        properties: { name, tenants: tenantList, scopes: { type: 'array', items: string, minItems: 1 } },
        additionalProperties: false,
      },
      answer: object({ id: string, secret: string }),
      handle: call => postClient(call, tools),
    },
    {
      method: 'GET',
      path: '/api/clients',
      right: 'admin',
      tag: 'accounts',
      summary: '客户端列表 · clients',
      answer: object({ clients: list(object({ id: string, name: string, tenants: {}, scopes: list(string) })) }),
      handle: () => ok({ clients: clients.all().map(({ id, name, tenants, scopes }) => ({ id, name, tenants, scopes })) }),
    },
    {
      method: 'DELETE',
      path: '/api/clients/{id}',
      right: 'admin',
      tag: 'accounts',
      summary: '删除客户端 · remove a client',
      answer: object({}),
      handle: call => removeClient(call, tools),
    },
  ]
}

function userRoutes(tools: AccountTools): Route[] {
  const { users } = tools.directory
  return [
    {
      method: 'POST',
      path: '/api/users',
      right: 'admin',
      tag: 'accounts',
      summary: '新建或修改用户 · make or change a user',
      body: {
        type: 'object',
        required: ['name', 'displayName', 'tenants', 'roles', 'password'],
        properties: { name, displayName: name, tenants: tenantList, roles: list({ enum: Object.keys(roles) }), password: string },
        additionalProperties: false,
      },
      answer: object({ name: string }),
      handle: call => postUser(call, tools),
    },
    {
      method: 'GET',
      path: '/api/users',
      right: 'admin',
      tag: 'accounts',
      summary: '用户列表 · users',
      answer: object({ users: list(object({ name: string, displayName: string, tenants: {}, roles: list(string) })) }),
      handle: () => ok({ users: users.all().map(({ name, displayName, tenants, roles }) => ({ name, displayName, tenants, roles })) }),
    },
  ]
}

function tenantRoutes(tools: AccountTools): Route[] {
  return [
    {
      method: 'PUT',
      path: '/api/tenants/{code}',
      right: 'admin',
      tag: 'accounts',
      summary: '新建或修改租户 · make or change a tenant',
      body: {
        type: 'object',
        properties: {
          name,
          nameEn: name,
          kind: { enum: ['hospital', 'centre'] },
          sharesPersons: boolean,
          organizationCode: name,
          validation: oneOf('strict', 'lenient', 'off'),
        },
        additionalProperties: false,
      },
      answer: object({ code: string }),
      handle: call => putTenant(call, tools),
    },
    {
      method: 'GET',
      path: '/api/tenants',
      right: 'any',
      tag: 'accounts',
      summary: '可见租户 · tenants the caller may see',
      answer: object({ tenants: list(object({ code: string, name: string, nameEn: string })) }),
      handle: call => visibleTenants(call, tools),
    },
  ]
}

function facilityRoutes(tools: AccountTools): Route[] {
  const { facilities } = tools.directory
  return [
    {
      method: 'PUT',
      path: '/api/facilities/{code}',
      right: 'admin',
      tag: 'accounts',
      summary: '登记机构及其来源地址 · bind a facility to tenant, names and source addresses',
      body: {
        type: 'object',
        required: ['tenant'],
        properties: { tenant: string, name, names: list(name), addresses: list({ type: 'string', maxLength: 64 }) },
        additionalProperties: false,
      },
      answer: object({ code: string }),
      handle: call => putFacility(call, tools),
    },
    {
      method: 'GET',
      path: '/api/facilities',
      right: 'admin',
      tag: 'accounts',
      summary: '机构列表 · facilities',
      answer: object({
        facilities: list(object({ code: string, tenant: string, name: string, names: list(string), addresses: list(string) })),
      }),
      handle: () => ok({ facilities: facilities.all() }),
    },
  ]
}

async function postClient(call: Call, tools: AccountTools): Promise<Result<unknown>> {
  const given = call.body as { name: string; tenants: readonly TenantCode[] | 'all'; scopes: readonly string[] }
  const unknown = given.scopes.find(scope => !isScope(scope))
  if (unknown) return failed(fault('http.parameter', { args: { name: 'scopes', reason: `unknown scope ${unknown.slice(0, 80)}` } }))
  const missing = unknownTenant(given.tenants, tools)
  if (missing) return failed(fault('store.tenant-unknown', { args: { tenant: missing } }))
  return addClient(tools.directory, tools.clock, given, call.principal.id)
}

async function removeClient(call: Call, tools: AccountTools): Promise<Result<unknown>> {
  const id = call.path['id']!
  if (!tools.directory.clients.get(id)) return failed(fault('http.not-found'))
  const removed = await tools.directory.clients.remove(id, call.principal.id)
  tools.tokens.forget(`client:${id}`)
  return removed.ok ? ok({}) : removed
}

async function postUser(call: Call, tools: AccountTools): Promise<Result<unknown>> {
  const given = call.body as {
    name: string
    displayName: string
    tenants: readonly TenantCode[] | 'all'
    roles: readonly string[]
    password: string
  }
  const missing = unknownTenant(given.tenants, tools)
  if (missing) return failed(fault('store.tenant-unknown', { args: { tenant: missing } }))
  const added = await addUser(tools.directory, given, call.principal.id)
  tools.tokens.forget(`user:${given.name}`)
  return added.ok ? ok({ name: given.name }) : added
}

async function putTenant(call: Call, tools: AccountTools): Promise<Result<unknown>> {
  const code = call.path['code']!
  if (!isTenantCode(code)) return failed(fault('http.parameter', { args: { name: 'code', reason: '[A-Z][A-Z0-9_-]{0,15}' } }))
  const opened = await tools.storage.openTenant(code)
  if (!opened.ok) return opened
  const given = call.body as Partial<Tenant>
  const old = tools.directory.tenants.get(code)
  const tenant: Tenant = {
    code,
    name: given.name ?? old?.name ?? code,
    nameEn: given.nameEn ?? old?.nameEn ?? given.name ?? code,
    kind: given.kind ?? old?.kind ?? 'hospital',
    sharesPersons: given.sharesPersons ?? old?.sharesPersons ?? false,
    organizationCode: given.organizationCode ?? old?.organizationCode,
    validation: given.validation ?? old?.validation,
  }
  const put = await tools.directory.tenants.put(code, tenant, call.principal.id)
  return put.ok ? ok({ code }) : put
}

async function putFacility(call: Call, tools: AccountTools): Promise<Result<unknown>> {
  const code = call.path['code']!
  const given = call.body as Partial<Facility> & { tenant: TenantCode }
  if (!tools.storage.tenants().includes(given.tenant)) return failed(fault('store.tenant-unknown', { args: { tenant: given.tenant } }))
  const facility: Facility = {
    code,
    tenant: given.tenant,
    name: given.name ?? code,
    names: given.names ?? [],
    addresses: given.addresses ?? [],
  }
  const put = await tools.directory.facilities.put(code, facility, call.principal.id)
  return put.ok ? ok({ code }) : put
}

function visibleTenants(call: Call, tools: AccountTools): Result<unknown> {
  const known = tools.directory.tenants.all().filter(tenant => call.scope.tenants.includes(tenant.code))
  return ok({ tenants: known.map(({ code, name, nameEn }) => ({ code, name, nameEn })) })
}

function unknownTenant(tenants: readonly TenantCode[] | 'all', tools: AccountTools): string | undefined {
  return tenants === 'all' ? undefined : tenants.find(tenant => !tools.storage.tenants().includes(tenant))
}
