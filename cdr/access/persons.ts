// Regional Persons as a caller may see them: links to tenants outside of the token are not there, nor is who has no other link; neither in counts nor by asking.
import type { JsonObject } from '#kernel/json.ts'
import type { Reader, SearchPage, Storage, StoredVersion } from '#kernel/ports/storage.ts'
import { ok, type Result } from '#kernel/result.ts'
import type { Filter, SearchPlan } from '#kernel/search-plan.ts'
import { maySee, type Principal, type ReadScope, regionTenant, type TenantCode } from '#kernel/tenant.ts'
import { objects } from '../identity/person.ts'
import { tenantSystem } from '../identity/region.ts'
import { metaOf } from '../store/body.ts'

type Tools = { readonly storage: Storage; readonly parse: (body: Buffer) => JsonObject }

/** The storage with readers that show Persons so. Who sees every tenant, or no region, reads as before. */
export function withPersonsHidden({ storage, parse }: Tools): Storage {
  return instead(storage, {
    reader(scope: ReadScope) {
      const reader = storage.reader(scope)
      if (scope.principal.tenants === 'all' || !scope.tenants.includes(regionTenant)) return reader
      return personReader(reader, scope.principal, { storage, parse })
    },
  })
}

function personReader(reader: Reader, principal: Principal, tools: Tools): Reader {
  const seen = (stored: StoredVersion | undefined) => (stored ? visible(stored, principal, tools.parse) : undefined)
  const kept = (list: readonly StoredVersion[]) => list.flatMap(stored => seen(stored) ?? [])
  const page = (read: Result<SearchPage>) => (read.ok ? ok({ ...read.value, entries: kept(read.value.entries) }) : read)
  return instead(reader, {
    async read(wanted: Parameters<Reader['read']>[0]) {
      const read = await reader.read(wanted)
      return read.ok ? ok(read.value.map(seen)) : read
    },
    async vread(...version: Parameters<Reader['vread']>) {
      const read = await reader.vread(...version)
      return read.ok ? ok(seen(read.value)) : read
    },
    async history(...asked: Parameters<Reader['history']>) {
      const read = await reader.history(...asked)
      return read.ok ? ok(kept(read.value)) : read
    },
    async versions(query: Parameters<Reader['versions']>[0]) {
      const read = await reader.versions(query)
      return read.ok ? ok({ ...read.value, entries: kept(read.value.entries) }) : read
    },
    async search(plan: SearchPlan) {
      if (plan.type !== 'Person') return reader.search(plan)
      const where = await narrowed(plan.where, principal, tools.storage)
      return where.ok ? page(await reader.search({ ...plan, where: where.value })) : where
    },
    compartment: async (query: Parameters<Reader['compartment']>[0]) => page(await reader.compartment(query)),
  })
}

/** The version with what the principal may see of it; undefined when that is nothing. A deleted one says nothing. */
function visible(stored: StoredVersion, principal: Principal, parse: (body: Buffer) => JsonObject): StoredVersion | undefined {
  if (stored.type !== 'Person' || stored.tenant !== regionTenant) return stored
  if (stored.op === 'delete') return undefined
  const person = parse(stored.body)
  const link = objects(person['link']).filter(each => maySee(principal, tenantOf(each)))
  if (link.length === 0) return undefined
  const meta = metaOf(person)
  const tag = objects(meta['tag']).filter(each => each['system'] !== tenantSystem || maySee(principal, String(each['code'])))
  return { ...stored, body: Buffer.from(JSON.stringify({ ...person, meta: { ...meta, tag }, link })) }
}

function tenantOf(link: JsonObject): TenantCode {
  const target = link['target'] as { identifier?: JsonObject } | undefined
  return String(target?.identifier?.['value'] ?? '')
}

/** Only Persons with a Patient of the principal's tenants; a search by another Patient, or by another tenant's tag, finds nobody. */
async function narrowed(where: Filter, principal: Principal, storage: Storage): Promise<Result<Filter>> {
  const tenants = storage.tenants().filter(tenant => maySee(principal, tenant))
  const known = await knownPatients(where, storage.reader({ principal, tenants }))
  if (!known.ok) return known
  const tags: Filter[] = tenants.map(code => ({ op: 'token', param: '_tag', system: tenantSystem, code }))
  const mayAsk = (filter: Filter): Filter => {
    if (filter.op === 'and' || filter.op === 'or') return { ...filter, of: filter.of.map(mayAsk) }
    if (filter.op === 'not') return { ...filter, of: mayAsk(filter.of) }
    const hidden =
      filter.op === 'token'
        ? asksForTenant(filter) && !tenants.includes(filter.code!)
        : referencesIn(filter).some(id => !known.value.has(id))
    return hidden ? { op: 'id', ids: [] } : filter
  }
  return ok({ op: 'and', of: [mayAsk(where), { op: 'or', of: tags }] })
}

function asksForTenant({ param, system, code }: Filter & { op: 'token' }): boolean {
  return param === '_tag' && code !== undefined && (system === undefined || system === tenantSystem)
}

async function knownPatients(where: Filter, reader: Reader): Promise<Result<ReadonlySet<string>>> {
  const ids = [...new Set(referencesIn(where))]
  const read = await reader.read(ids.map(id => ({ type: 'Patient', id })))
  return read.ok ? ok(new Set(ids.filter((_, i) => read.value[i] !== undefined))) : read
}

function referencesIn(filter: Filter): string[] {
  if (filter.op === 'and' || filter.op === 'or') return filter.of.flatMap(referencesIn)
  if (filter.op === 'not') return referencesIn(filter.of)
  return filter.op === 'reference' ? [filter.id] : filter.op === 'patient' ? [...filter.ids] : []
}

/** The object with some of its methods replaced. */
function instead<T extends object>(object: T, methods: Partial<T>): T {
  return new Proxy(object, {
    get(target, name) {
      const own = (methods as Record<string | symbol, unknown>)[name]
      if (own !== undefined) return own
      const value = (target as Record<string | symbol, unknown>)[name]
      return typeof value === 'function' ? value.bind(target) : value
    },
  })
}
