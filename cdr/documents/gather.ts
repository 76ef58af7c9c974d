// What a document is written from, as it stood at one logical time: references are followed in batches, hop by hop, until nothing is missing.
import { fault } from '#kernel/fault.ts'
import { isFhirId } from '#kernel/ids.ts'
import type { JsonObject } from '#kernel/json.ts'
import type { DocumentWriter, Institution, PreparedDocument } from '#kernel/ports/documents.ts'
import type { Reader, StoredVersion } from '#kernel/ports/storage.ts'
import { failed, ok, type Result } from '#kernel/result.ts'

/** Resources by reference; null where there is none. */
export type Gathered = Map<string, JsonObject | null>

export type GatherInput = {
  readonly root: JsonObject
  /** Commits after it are not seen. */
  readonly t: number
  readonly custodian: Institution
  readonly reader: Reader
  readonly parse: (body: Buffer) => JsonObject
}

const hopsMax = 12
const relatedMax = 5_000

/** `known` is shared by the writers of one root. Faults `document.too-much`, and those of the store. */
export async function prepareAt(writer: DocumentWriter, input: GatherInput, known: Gathered): Promise<Result<PreparedDocument>> {
  for (let hop = 0; hop < hopsMax; hop++) {
    const prepared = writer.prepare({ root: input.root, related: reference => known.get(reference), custodian: input.custodian })
    if (!prepared.ok || prepared.value.needs.length === 0) return prepared
    if (known.size + prepared.value.needs.length > relatedMax) break
    const fetched = await fetch(prepared.value.needs, input, known)
    if (!fetched.ok) return fetched
  }
  return failed(fault('document.too-much', { args: { max: relatedMax } }))
}

async function fetch(references: readonly string[], input: GatherInput, into: Gathered): Promise<Result<void>> {
  const wanted = references.flatMap(reference => {
    const [type, id, ...more] = reference.split('/')
    if (more.length === 0 && id !== undefined && /^[A-Z][A-Za-z]+$/.test(type!) && isFhirId(id)) return [{ reference, type: type!, id }]
    into.set(reference, null)
    return []
  })
  const current = await input.reader.read(wanted)
  if (!current.ok) return current
  for (const [i, { reference, type, id }] of wanted.entries()) {
    const stored = current.value[i]
    const version = stored && stored.t > input.t ? await versionAt(type, id, input) : ok(stored)
    if (!version.ok) return version
    into.set(reference, version.value && version.value.op !== 'delete' ? input.parse(version.value.body) : null)
  }
  return ok(undefined)
}

const historyPage = 50

/** The newest version that a commit up to `t` had made. */
async function versionAt(type: string, id: string, { reader, t }: GatherInput): Promise<Result<StoredVersion | undefined>> {
  for (let beforeVersion: number | undefined; ; ) {
    const page = await reader.history(type, id, { count: historyPage, ...(beforeVersion !== undefined && { beforeVersion }) })
    if (!page.ok) return page
    const found = page.value.find(version => version.t <= t)
    if (found || page.value.length < historyPage) return ok(found)
    beforeVersion = page.value.at(-1)!.version
  }
}
