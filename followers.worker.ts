// The followers' worker: what is derived from the tenants' changes – shared documents, regional Persons – is made here, off the path of messages.
import { readlinkSync } from 'node:fs'
import { setPriority } from 'node:os'
import { parentPort, workerData } from 'node:worker_threads'
import { documentFollower, documentFollowerName } from '#cdr/documents/follower.ts'
import { regionFollower, regionFollowerName, regionReader } from '#cdr/identity/region.ts'
import { openExtractor } from '#cdr/index/extract.ts'
import { Follower, type FollowerSpec, placeKind } from '#cdr/subscriptions/follower.ts'
import { readStored } from '#formats/fhir/json/stored.ts'
import { systemClock } from '#kernel/clock.ts'
import type { Institution } from '#kernel/ports/documents.ts'
import { must } from '#kernel/result.ts'
import { regionTenant, systemTenant, type TenantCode } from '#kernel/tenant.ts'
import { openLogger } from '#platform/observe/logger.ts'
import { blindIndex } from '#platform/storage/blind-index.ts'
import { attachStorage, type StorageTicket } from '#platform/storage/embedded/attached-storage.ts'
import { loadTerminology } from '#terminology/load.ts'
import { openHouseDocuments } from './house-documents.ts'

export type FollowersData = { readonly ticket: StorageTicket; readonly blindKey: Uint8Array; readonly logLevel: string }

/** A tenant as the followers know it. */
export type FollowedTenant = { readonly code: TenantCode; readonly custodian: Institution; readonly sharesPersons: boolean }

export type ToFollowers =
  /** Every tenant there is, whenever one is new or has changed. */
  | { readonly kind: 'tenants'; readonly tenants: readonly FollowedTenant[] }
  /** Something was committed there. */
  | { readonly kind: 'wake'; readonly tenant: TenantCode }

export type FromFollowers =
  | { readonly kind: 'ready' }
  /** Logical time up to which the documents of a tenant are made. */
  | { readonly kind: 'place'; readonly tenant: TenantCode; readonly t: number }

const { ticket, blindKey, logLevel } = workerData as FollowersData
const logger = openLogger(logLevel)
const storage = attachStorage(ticket, systemClock)
const digest = blindIndex(blindKey)
const { writers, checker } = must(openHouseDocuments(must(loadTerminology())))
const common = {
  clock: systemClock,
  extract: openExtractor(digest),
  parse: (body: Buffer) => readStored(body.toString('utf8')),
}
const port = parentPort!
const placesMs = 500

const tenants = new Map<TenantCode, FollowedTenant>()
const followers = new Map<string, { readonly tenant: TenantCode; readonly follower: Follower }>()
const places = new Map<TenantCode, number>()

const custodian = (tenant: TenantCode): Institution => tenants.get(tenant)?.custodian ?? { code: tenant, name: tenant }
const shares = (tenant: TenantCode): boolean => tenants.get(tenant)?.sharesPersons ?? false
const region = { ...common, digest, region: regionReader(storage), shares }

function follow(spec: FollowerSpec): void {
  const onTrouble = (name: string, trouble: { code: string }) =>
    logger.error({ name, tenant: spec.tenant, code: trouble.code }, 'follower trouble')
  const follower = new Follower(spec, { storage, onTrouble })
  followers.set(`${spec.name}/${spec.tenant}`, { tenant: spec.tenant, follower })
  follower.wake()
}

async function know(tenant: FollowedTenant): Promise<void> {
  const { code } = tenant
  const before = tenants.get(code)
  tenants.set(code, tenant)
  if (code === systemTenant || code === regionTenant) return
  if (!before) {
    follow(documentFollower(code, { ...common, writers, checker, custodian }))
    follow(regionFollower(code, region))
  } else if (before.sharesPersons !== tenant.sharesPersons) await followRegionAnew(code)
}

async function followRegionAnew(tenant: TenantCode): Promise<void> {
  const name = regionFollowerName(tenant)
  await followers.get(`${name}/${tenant}`)!.follower.stop()
  await storage.commit({
    tenant: regionTenant,
    cause: { by: `system:${name}` },
    records: [{ kind: placeKind, key: name, value: undefined }],
  })
  follow(regionFollower(tenant, region))
}

function reportPlaces(): void {
  for (const [name, { tenant, follower }] of followers) {
    if (!name.startsWith(`${documentFollowerName}/`) || follower.place < 0 || places.get(tenant) === follower.place) continue
    places.set(tenant, follower.place)
    port.postMessage({ kind: 'place', tenant, t: follower.place } satisfies FromFollowers)
  }
}

/** Of 19: about a twentieth of a busy core, all of an idle one. */
const niceness = 15

/** What follows may wait: this thread takes the time that receiving, mapping and answering leave. Linux names threads; elsewhere it runs as the others do. */
function stepBack(): void {
  try {
    setPriority(Number(readlinkSync('/proc/thread-self').split('/').at(-1)), niceness)
  } catch {
    logger.debug('this system does not name its threads')
  }
}

stepBack()
port.on('message', (message: ToFollowers) => {
  if (message.kind === 'tenants') for (const tenant of message.tenants) void know(tenant)
  else for (const { tenant, follower } of followers.values()) if (tenant === message.tenant) follower.wake()
})
setInterval(reportPlaces, placesMs)
port.postMessage({ kind: 'ready' } satisfies FromFollowers)
