// Regional Persons: who carries the same fitting card under the same name in several tenants is one Person of the tenant REGION. Rebuildable; of tenants that share.
import type { RecordPut, ResourcePut } from '#kernel/commit.ts'
import { deriveId } from '#kernel/ids.ts'
import type { JsonObject } from '#kernel/json.ts'
import { idRoots, urnOid } from '#kernel/oid.ts'
import type { Reader, Storage, StoredRecord } from '#kernel/ports/storage.ts'
import { ok, type Result } from '#kernel/result.ts'
import { regionTenant, systemPrincipal, type TenantCode } from '#kernel/tenant.ts'
import { decree, openDraft, putsOf, removalOf } from '../store/draft.ts'
import type { RepositoryTools } from '../store/unit-of-work.ts'
import type { Effects, FollowerSpec } from '../subscriptions/follower.ts'
import { objects, type Person, personOf } from './person.ts'
import { cardFits } from './verdict.ts'

export type RegionTools = Pick<RepositoryTools, 'clock' | 'extract' | 'parse' | 'digest'> & {
  /** Of the tenant REGION. */
  readonly region: Reader
  /** Whether the Patients of the tenant may be linked with others'; links of one that no longer shares are taken away. */
  readonly shares: (tenant: TenantCode) => boolean
}

/** Record of REGION, key `ZJJ/<id of the Patient>`: the Person that it is linked from. */
export const personLinkKind = 'person-link'
/** On a link and on the Person itself: a tenant whose Patient it is. What a caller may see is decided by it. */
export const tenantSystem = 'urn:huilian:tenant'

/** Forgetting its place in REGION makes it look at every Patient again: after the tenant began or ceased to share. */
export function regionFollower(tenant: TenantCode, tools: RegionTools): FollowerSpec {
  return {
    name: regionFollowerName(tenant),
    tenant,
    into: regionTenant,
    types: ['Patient'],
    handle: (change, reader) => link(tenant, change.id, reader, tools),
  }
}

export function regionFollowerName(tenant: TenantCode): string {
  return `region-${tenant}`
}

export function regionReader(storage: Pick<Storage, 'reader'>): Reader {
  return storage.reader({ principal: systemPrincipal('region'), tenants: [regionTenant] })
}

/** Brings the links of one Patient to what its current version says, whatever came between. */
async function link(tenant: TenantCode, id: string, reader: Reader, tools: RegionTools): Promise<Result<Effects>> {
  const read = await reader.read([{ type: 'Patient', id }])
  if (!read.ok) return read
  const [stored] = read.value
  const patient = stored && stored.op !== 'delete' ? tools.parse(stored.body) : undefined
  const key = `${tenant}/${id}`
  const kept = await tools.region.record(regionTenant, personLinkKind, key)
  if (!kept.ok) return kept
  const wanted = patient && patient['active'] !== false && tools.shares(tenant) ? personId(personOf(patient), tools) : undefined
  if (kept.value?.value === wanted) return ok({})
  const resources: ResourcePut[] = []
  for (const [person, said] of [[kept.value?.value, undefined] as const, [wanted, patient] as const]) {
    if (person === undefined) continue
    const put = await changed(person, { tenant, id, patient: said }, tools)
    if (!put.ok) return put
    resources.push(...put.value)
  }
  return ok({ resources, records: [linkRecord(key, wanted, kept.value)] })
}

/** The same for everybody who carries the card under the name; undefined for who has no card that fits, or no name. */
function personId(person: Person, { digest }: RegionTools): string | undefined {
  if (!cardFits(person) || person.name === '') return undefined
  return deriveId(regionTenant, 'Person', `${digest(person.card!.number)}|${digest(person.name)}`)
}

function linkRecord(key: string, value: string | undefined, kept: StoredRecord | undefined): RecordPut {
  return { kind: personLinkKind, key, value, expected: kept?.version ?? 0 }
}

type LinkChange = {
  readonly tenant: TenantCode
  readonly id: string /** Undefined takes the link away. */
  readonly patient: JsonObject | undefined
}

/** The Person with the link added or taken away; one without links is nobody's and goes. */
async function changed(id: string, change: LinkChange, tools: RegionTools): Promise<Result<readonly ResourcePut[]>> {
  const stored = await tools.region.read([{ type: 'Person', id }])
  if (!stored.ok) return stored
  const draft = openDraft('Person', id, stored.value[0], tools.parse)
  const reference = `Patient/${change.id}`
  const others = objects(draft.content['link']).filter(each => (each['target'] as JsonObject)['reference'] !== reference)
  const links = change.patient ? [...others, linkTo(change.tenant, reference)] : others
  const nowMs = tools.clock.now()
  if (links.length === 0) return ok(draft.before ? [removalOf(draft, tools.extract)] : [])
  decree(
    draft,
    { ...(change.patient && demographics(change.patient)), link: links },
    { source: 'region', atMs: nowMs, message: 0, mentioned: false },
  )
  const tenants = [...new Set(links.map(each => String((each['target'] as { identifier: JsonObject }).identifier['value'])))].sort()
  draft.meta = { ...draft.meta, tag: tenants.map(code => ({ system: tenantSystem, code })) }
  return ok(putsOf(draft, nowMs, tools.extract))
}

function linkTo(tenant: TenantCode, reference: string): JsonObject {
  return { target: { reference, type: 'Patient', identifier: { system: tenantSystem, value: tenant } }, assurance: 'level3' }
}

/** What card and name decide: the same for all of a Person's Patients, but for how the name is written. */
function demographics(patient: JsonObject): JsonObject {
  const card = personOf(patient).card!
  return {
    identifier: [{ system: urnOid(idRoots.idCard), value: card.number }],
    name: objects(patient['name']).slice(0, 1),
    gender: card.sex,
    birthDate: card.birthDate,
    active: true,
  }
}
