// The directory of the installation: who may sign in, which clients hold tokens, which tenants and facilities exist and where facilities send from.
import { createHash, timingSafeEqual } from 'node:crypto'
import type { Clock } from '#kernel/clock.ts'
import { fault } from '#kernel/fault.ts'
import { newId, newSecret } from '#kernel/ids.ts'
import type { Storage } from '#kernel/ports/storage.ts'
import type { ValidationMode } from '#kernel/ports/validator.ts'
import { failed, ok, type Result } from '#kernel/result.ts'
import type { Principal, TenantCode } from '#kernel/tenant.ts'
import { type Collection, openCollection } from './collection.ts'
import { checkPassword, hashPassword, verifyPassword } from './passwords.ts'
import { roles } from './rights.ts'

export type Client = {
  id: string
  name: string
  tenants: readonly TenantCode[] | 'all'
  scopes: readonly string[]
  secretHash: string
  createdAtMs: number
}
export type User = {
  name: string
  displayName: string
  tenants: readonly TenantCode[] | 'all'
  roles: readonly string[]
  passwordHash: string
  /** Shown on the login page of a demo installation. */
  demo?: boolean
}
export type Tenant = {
  code: TenantCode
  name: string
  nameEn: string
  kind: 'hospital' | 'centre'
  /** Its Patients may be linked with other tenants' by regional Persons. */
  sharesPersons: boolean
  /** As documents name it: 18 characters of the unified social credit code, or the 22 of WS 218. */
  organizationCode?: string
  /** How resources written over the FHIR API are judged; lenient when not said. */
  validation?: ValidationMode
}
/** `names`: what MSH-4 (or an envelope) may call it. `addresses`: where it sends from; empty = not bound. */
export type Facility = { code: string; tenant: TenantCode; name: string; names: readonly string[]; addresses: readonly string[] }

export type Directory = {
  readonly clients: Collection<Client>
  readonly users: Collection<User>
  readonly tenants: Collection<Tenant>
  readonly facilities: Collection<Facility>
}

/** The first client there is. */
export const adminName = 'admin'

export async function openDirectory(storage: Storage, clock: Clock): Promise<Result<Directory>> {
  const clients = await openCollection<Client>(storage, clock, 'client')
  if (!clients.ok) return clients
  const users = await openCollection<User>(storage, clock, 'user')
  if (!users.ok) return users
  const tenants = await openCollection<Tenant>(storage, clock, 'tenant')
  if (!tenants.ok) return tenants
  const facilities = await openCollection<Facility>(storage, clock, 'facility')
  if (!facilities.ok) return facilities
  return ok({ clients: clients.value, users: users.value, tenants: tenants.value, facilities: facilities.value })
}

/** Makes a client and returns its secret, which is shown this once: only its hash is kept. */
export async function addClient(
  directory: Directory,
  clock: Clock,
  given: Pick<Client, 'name' | 'tenants' | 'scopes'> & { id?: string; secret?: string },
  by: string,
): Promise<Result<{ id: string; secret: string }>> {
  const id = given.id ?? newId(clock.now())
  const secret = given.secret ?? newSecret()
  const client: Client = {
    id,
    name: given.name,
    tenants: given.tenants,
    scopes: given.scopes,
    secretHash: hashSecret(secret),
    createdAtMs: clock.now(),
  }
  const put = await directory.clients.put(id, client, by)
  return put.ok ? ok({ id, secret }) : put
}

export function authenticateClient(directory: Directory, id: string, secret: string): Result<Principal> {
  const client = directory.clients.get(id)
  const expected = Buffer.from(client?.secretHash ?? hashSecret('no such client'))
  const matches = timingSafeEqual(Buffer.from(hashSecret(secret)), expected)
  return client && matches ? ok(clientPrincipal(client)) : failed(fault('auth.invalid-client'))
}

export async function addUser(
  directory: Directory,
  given: Omit<User, 'passwordHash'> & { password: string },
  by: string,
): Promise<Result<void>> {
  const { password, ...user } = given
  const strong = checkPassword(password, user.name)
  if (!strong.ok) return strong
  return directory.users.put(user.name, { ...user, passwordHash: await hashPassword(password) }, by)
}

/** `admin` signs in with the secret of the client of that name, as long as no user has the name. */
export async function authenticateUser(directory: Directory, name: string, password: string): Promise<Result<Principal>> {
  const user = directory.users.get(name)
  if (!user && name === adminName) {
    const admin = authenticateClient(directory, adminName, password)
    return admin.ok ? admin : failed(fault('auth.invalid-login'))
  }
  const matches = await verifyPassword(password, user?.passwordHash ?? noUser)
  return user && matches ? ok(userPrincipal(user)) : failed(fault('auth.invalid-login'))
}

export function clientPrincipal(client: Client): Principal {
  return { id: `client:${client.id}`, name: client.name, tenants: client.tenants, scopes: client.scopes }
}

export function userPrincipal(user: User): Principal {
  const scopes = [...new Set(user.roles.flatMap(role => roles[role] ?? []))]
  return { id: `user:${user.name}`, name: user.displayName, tenants: user.tenants, scopes }
}

/** Does the account behind a token still stand, with these tenants and at least these scopes? */
export function isActive(directory: Directory, principal: Principal): boolean {
  const [kind, key = ''] = split(principal.id)
  const client = kind === 'client' ? directory.clients.get(key) : undefined
  const user = kind === 'user' ? directory.users.get(key) : undefined
  const now = client ? clientPrincipal(client) : user ? userPrincipal(user) : undefined
  return (
    now !== undefined && String(now.tenants) === String(principal.tenants) && principal.scopes.every(scope => now.scopes.includes(scope))
  )
}

/** The facility that a sender's name means, whatever the tenant. */
export function facilityNamed(directory: Directory, name: string): Facility | undefined {
  return directory.facilities.get(name) ?? directory.facilities.all().find(f => f.names.includes(name))
}

/** Secrets are 256 random bits (or the operator's own choice for `admin`), so one fast hash suffices; passwords go through scrypt. */
function hashSecret(secret: string): string {
  return createHash('sha256').update('huilian client secret\u001f').update(secret).digest('base64')
}

function split(id: string): [string, string?] {
  const at = id.indexOf(':')
  return at < 0 ? [id] : [id.slice(0, at), id.slice(at + 1)]
}

/** A hash nobody has the password of: an unknown user takes as long as a known one. */
const noUser = await hashPassword(newSecret())
