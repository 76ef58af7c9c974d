// Definitions that tenants keep among their own resources (conformance-module.html): profiles, value sets, code systems and what else the validator reads.
import { readStored } from '#formats/fhir/json/stored.ts'
import type { JsonObject } from '#kernel/json.ts'
import { limits } from '#kernel/limits.ts'
import type { Reader, Storage } from '#kernel/ports/storage.ts'
import { ok, type Result } from '#kernel/result.ts'
import { systemPrincipal, type TenantCode } from '#kernel/tenant.ts'

const types: ReadonlySet<string> = new Set(['StructureDefinition', 'ValueSet', 'CodeSystem', 'Questionnaire', 'SearchParameter', 'Measure'])

/** What one tenant may keep of each type; more is a terminology server's work. */
const definitionsMax = 5_000

export type TenantDefinitions = {
  /** Those of one tenant, read once and kept until one of them is written. The same array as long as nothing changed. */
  of(tenant: TenantCode): Promise<Result<readonly JsonObject[]>>
  /** To be told what was written, all types when none are said: definitions count from the next question on. True when there were any among it. */
  written(tenant: TenantCode, types?: Iterable<string>): boolean
}

export function openTenantDefinitions(storage: Pick<Storage, 'reader'>): TenantDefinitions {
  const kept = new Map<TenantCode, Promise<Result<readonly JsonObject[]>>>()
  return {
    of(tenant) {
      let read = kept.get(tenant)
      if (!read) {
        read = readAll(tenant, storage)
        kept.set(tenant, read)
        void read.then(done => done.ok || kept.delete(tenant))
      }
      return read
    },
    written(tenant, changed = types) {
      const isMine = [...changed].some(type => types.has(type))
      if (isMine) kept.delete(tenant)
      return isMine
    },
  }
}

async function readAll(tenant: TenantCode, storage: Pick<Storage, 'reader'>): Promise<Result<readonly JsonObject[]>> {
  const reader = storage.reader({ principal: systemPrincipal('definitions'), tenants: [tenant] })
  const definitions: JsonObject[] = []
  for (const type of types) {
    const read = await readType(type, reader)
    if (!read.ok) return read
    definitions.push(...read.value)
  }
  return ok(definitions)
}

async function readType(type: string, reader: Reader): Promise<Result<readonly JsonObject[]>> {
  const found: JsonObject[] = []
  let at: Readonly<Record<string, number>> = {}
  for (let after: string | undefined, first = true; first || (after !== undefined && found.length < definitionsMax); first = false) {
    const page = await reader.search({
      type,
      where: { op: 'and', of: [] },
      sort: [],
      count: limits.searchCountMax,
      after,
      total: 'none',
      at,
    })
    if (!page.ok) return page
    for (const { body } of page.value.entries) found.push(readStored(body.toString('utf8')))
    at = page.value.at
    after = page.value.next
  }
  return ok(found)
}
