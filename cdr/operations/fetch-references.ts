// Resources that an evaluation or a validation asks for by reference: fetched in one batch under the caller's rights, each noted in the audit.
import { readStored } from '#formats/fhir/json/stored.ts'
import { isFhirId } from '#kernel/ids.ts'
import type { JsonObject } from '#kernel/json.ts'
import type { StoredVersion } from '#kernel/ports/storage.ts'
import { ok, type Result } from '#kernel/result.ts'
import { mayTouch } from '#platform/security/rights.ts'
import { patientOf } from '../access/audit.ts'
import { basesOf, type Caller, type Rest } from '../rest/call.ts'
import { note } from '../rest/note.ts'

/** More references than this are not looked up in one request: the rest counts as not there. */
const referencesMax = 1000

type Wanted = { readonly reference: string; readonly type: string; readonly id: string }

/** By reference as written; null for what is not there, not of this server, or not the caller's to read. */
export async function fetchReferences(
  references: readonly string[],
  caller: Caller,
  rest: Rest,
): Promise<Result<ReadonlyMap<string, JsonObject | null>>> {
  const found = new Map<string, JsonObject | null>(references.map(reference => [reference, null]))
  const bases = basesOf(caller)
  const wanted = references.flatMap(reference => localName(reference, bases) ?? []).slice(0, referencesMax)
  const readable = wanted.filter(({ type }) => mayTouch(caller.principal, 'read', type))
  if (readable.length === 0) return ok(found)
  const read = await rest.storage.reader({ principal: caller.principal, tenants: caller.reads }).read(readable)
  if (!read.ok) return read
  for (const [i, stored] of read.value.entries()) {
    if (!stored || stored.op === 'delete') continue
    const noted = noteRead(stored, caller, rest)
    if (!noted.ok) return noted
    found.set(readable[i]!.reference, readStored(stored.body.toString('utf8')))
  }
  return ok(found)
}

/** `Patient/1`, also under an address of this server; a version in it is passed over. */
function localName(reference: string, bases: readonly string[]): Wanted | undefined {
  const base = bases.find(one => reference.startsWith(`${one}/`))
  const match = /^([A-Z][A-Za-z]+)\/([^/]+)(?:\/_history\/[^/]+)?$/.exec(base === undefined ? reference : reference.slice(base.length + 1))
  return match && isFhirId(match[2]!) ? { reference, type: match[1]!, id: match[2]! } : undefined
}

function noteRead({ tenant, type, id, body }: StoredVersion, caller: Caller, rest: Rest): Result<void> {
  return note(rest, caller, [tenant], { action: 'read', subject: `${type}/${id}`, patient: patientOf(type, id, body) })
}
