// Finds the one tenant that has a resource among those a call may read; an id that two of them have is nobody's to choose but the caller's.
import { fault } from '#kernel/fault.ts'
import type { Reader, StoredVersion } from '#kernel/ports/storage.ts'
import { failed, ok, type Result } from '#kernel/result.ts'
import type { Caller, Rest } from './call.ts'

export type Located = { readonly stored: StoredVersion; readonly reader: Reader }

/** The current version (a deletion too) with a reader on its tenant. */
export async function locate(caller: Caller, type: string, id: string, rest: Rest): Promise<Result<Located>> {
  const found: Located[] = []
  for (const tenant of caller.reads) {
    const reader = rest.storage.reader({ principal: caller.principal, tenants: [tenant] })
    const read = await reader.read([{ type, id }])
    if (!read.ok) return read
    if (read.value[0]) found.push({ stored: read.value[0], reader })
  }
  const living = found.length > 1 ? found.filter(({ stored }) => stored.op !== 'delete') : found
  const tenants = living.map(({ stored }) => stored.tenant).join('、')
  if (living.length > 1) return failed(fault('fhir.ambiguous-tenant', { args: { type, id, tenants } }))
  const one = living[0] ?? found[0]
  return one ? ok(one) : failed(fault('fhir.unknown', { args: { type, id } }))
}
