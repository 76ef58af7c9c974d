// Finds the one tenant that has a resource among those a call may read; an id that two of them have is nobody's to choose but the caller's.
import { fault } from '#kernel/fault.ts'
import type { Reader, StoredVersion } from '#kernel/ports/storage.ts'
import { failed, ok, type Result } from '#kernel/result.ts'
import type { Caller, Rest } from './call.ts'

export type Located = { readonly stored: StoredVersion; readonly reader: Reader }

/** The current version (a deletion too) with a reader on its tenant. */
export async function locate(caller: Caller, type: string, id: string, rest: Rest): Promise<Result<Located>> {
  const reader = rest.storage.reader({ principal: caller.principal, tenants: caller.reads })
  const read = await reader.read([{ type, id }])
  if (!read.ok) return read
  const [stored] = read.value
  if (!stored) return failed(fault('fhir.unknown', { args: { type, id } }))
  return ok({
    stored,
    reader: caller.reads.length === 1 ? reader : rest.storage.reader({ principal: caller.principal, tenants: [stored.tenant] }),
  })
}
