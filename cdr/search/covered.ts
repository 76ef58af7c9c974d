// A search for a Patient covers the Patients merged into it (A40): no reference was rewritten, so the question is widened instead.

import type { Reader } from '#kernel/ports/storage.ts'
import { ok, type Result } from '#kernel/result.ts'
import type { Filter } from '#kernel/search-plan.ts'
import type { TenantCode } from '#kernel/tenant.ts'
import { coveredIds, type MergeRecord, mergeRecord } from '../identity/merge-patients.ts'
import type { Covered } from './cursor.ts'

/** The ids that a Patient stands for in these tenants, itself first. */
export async function coveredPatients(id: string, tenants: readonly TenantCode[], reader: Reader): Promise<Result<readonly string[]>> {
  const ids = [id]
  for (const tenant of tenants) {
    const record = await reader.record(tenant, mergeRecord, id)
    if (!record.ok) return record
    if (record.value) ids.push(...coveredIds(JSON.parse(record.value.value) as MergeRecord))
  }
  return ok([...new Set(ids)])
}

/** What the Patients a filter names stand for, where it is more than themselves. */
export async function coveredBy(filter: Filter, tenants: readonly TenantCode[], reader: Reader): Promise<Result<Covered>> {
  const covered: Record<string, readonly string[]> = {}
  for (const id of namedPatients(filter)) {
    const ids = await coveredPatients(id, tenants, reader)
    if (!ids.ok) return ids
    if (ids.value.length > 1) covered[id] = ids.value
  }
  return ok(covered)
}

/** Ids of the Patients a filter names. */
export function namedPatients(filter: Filter): ReadonlySet<string> {
  const ids = new Set<string>()
  const walk = (part: Filter): void => {
    if (part.op === 'and' || part.op === 'or') part.of.forEach(walk)
    else if (part.op === 'not') walk(part.of)
    else if (part.op === 'patient') for (const id of part.ids) ids.add(id)
    else if (part.op === 'reference' && part.type === 'Patient') ids.add(part.id)
  }
  walk(filter)
  return ids
}

/** The filter with every Patient it names widened to all that the Patient stands for. */
export function widen(filter: Filter, covered: Covered): Filter {
  if (filter.op === 'and' || filter.op === 'or') return { op: filter.op, of: filter.of.map(part => widen(part, covered)) }
  if (filter.op === 'not') return { op: 'not', of: widen(filter.of, covered) }
  if (filter.op === 'patient') return { op: 'patient', ids: [...new Set(filter.ids.flatMap(id => covered[id] ?? [id]))] }
  const ids = filter.op === 'reference' && filter.type === 'Patient' ? covered[filter.id] : undefined
  return ids ? { op: 'or', of: ids.map(id => ({ ...filter, id }) as Filter) } : filter
}
