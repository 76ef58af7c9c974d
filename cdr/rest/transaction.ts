// transaction (http.html#transaction): all entries in one commit or none; names are resolved first, reads come last and cannot undo what was written.
import { r4 } from '#formats/fhir/model/r4.ts'
import { type Fault, fault } from '#kernel/fault.ts'
import { isFhirId, newId } from '#kernel/ids.ts'
import type { Reader } from '#kernel/ports/storage.ts'
import { failed, ok, type Result } from '#kernel/result.ts'
import type { TenantCode } from '#kernel/tenant.ts'
import { permit } from '../access/scope.ts'
import { admit, type Judge, judgeFor } from './admit.ts'
import type { Answer } from './answer.ts'
import { answeredEntry, type EntryAnswer, writtenEntry } from './bundle-answers.ts'
import type { RequestEntry } from './bundle-entries.ts'
import { writeBundle } from './bundle-writer.ts'
import type { Call, Rest } from './call.ts'
import { type Changed, type ChangeSet, commitChanges } from './changes.ts'
import { dispatch } from './dispatch.ts'
import { resolveEntries, type WriteEntry } from './resolve-entries.ts'
import { unknownType } from './route.ts'
import { router } from './routes.ts'
import { transactionAudit } from './transaction-audit.ts'
import { turns } from './turns.ts'
import { expectationOf } from './update.ts'

export async function transaction(call: Call, entries: readonly RequestEntry[], rest: Rest): Promise<Result<Answer>> {
  const { caller } = call
  if (!caller.writes.ok) return caller.writes
  const writes = await readWrites(entries.filter(isWrite), call, caller.writes.value, rest)
  if (!writes.ok) return writes
  for (const entry of entries) {
    const reading = isWrite(entry) ? undefined : router.find(entry.method, entry.path, entry.query !== '')
    if (reading && !reading.ok) return failed(inEntry(reading.fault, entry))
  }
  const answers: EntryAnswer[] = []
  if (writes.value.length > 0) {
    const written = await writeAll(writes.value, call, caller.writes.value, rest)
    if (!written.ok) return written
    for (const [entry, changed] of written.value) answers[entry.index] = writtenEntry(changed, call)
  }
  for (const entry of entries) {
    if (isWrite(entry)) continue
    const answer = await dispatch({ ...entry, caller, headers: { ...entry.headers, prefer: call.headers.prefer } }, rest)
    answers[entry.index] = answeredEntry(answer, caller.language)
  }
  return ok({ status: 200, body: writeBundle({ type: 'transaction-response' }, answers) })
}

function isWrite(entry: RequestEntry): boolean {
  return entry.method !== 'GET' && entry.method !== 'HEAD'
}

/** Everything that can be refused without looking at the store is refused here. */
async function readWrites(entries: readonly RequestEntry[], call: Call, tenant: TenantCode, rest: Rest): Promise<Result<WriteEntry[]>> {
  const writes: WriteEntry[] = []
  const names = new Set<string>()
  const turn = turns()
  const judge = await judgeFor(tenant, call.headers, rest)
  if (!judge.ok) return judge
  for (const entry of entries) {
    await turn()
    const write = readWrite(entry, call, judge.value)
    if (!write.ok) return failed(inEntry(write.fault, entry))
    if (entry.fullUrl !== undefined && names.has(entry.fullUrl))
      return failed(fault('fhir.bundle-invalid', { at: `${entry.at}.fullUrl`, args: { reason: `fullUrl ${entry.fullUrl.slice(0, 100)}` } }))
    if (entry.fullUrl !== undefined) names.add(entry.fullUrl)
    writes.push(write.value)
  }
  return ok(writes)
}

function readWrite(entry: RequestEntry, call: Call, judge: Judge): Result<WriteEntry> {
  const { method, path, query } = entry
  const [type = '', id, ...more] = path
  const expectsId = method !== 'POST' && query === ''
  const unsupported = fault('fhir.interaction-unsupported', {
    at: `${entry.at}.request`,
    args: { method, path: path.join('/').slice(0, 100) },
  })
  if (!(method in ops) || path.length === 0 || more.length > 0 || expectsId !== (id !== undefined)) return failed(unsupported)
  if (!r4.isResourceType(type)) return failed(unknownType(type))
  if (id !== undefined && !isFhirId(id)) return failed(fault('fhir.id-invalid', { args: { id: id.slice(0, 70) } }))
  const permitted = permit(call.caller.principal, 'write', type)
  if (!permitted.ok) return permitted
  const expectation = expectationOf(entry.headers)
  if (!expectation.ok) return expectation
  const condition = method === 'POST' ? entry.headers.ifNoneExist?.replace(/^.*\?/, '') : query === '' ? undefined : query
  const write = { entry, type, id, op: ops[method as keyof typeof ops], condition, ...expectation.value }
  if (method === 'DELETE') return ok({ ...write, resource: undefined })
  const admitted = admit(entry.resource, { type, id: method === 'PUT' ? id : undefined }, judge)
  return admitted.ok ? ok({ ...write, resource: admitted.value.resource }) : admitted
}

const ops = { POST: 'create', PUT: 'update', DELETE: 'delete' } as const

/** The commit, and for each entry what became of it. */
async function writeAll(
  writes: readonly WriteEntry[],
  call: Call,
  tenant: TenantCode,
  rest: Rest,
): Promise<Result<ReadonlyMap<RequestEntry, Changed>>> {
  const fresh = new Map(writes.map(write => [write, newId(rest.clock.now())]))
  let outcome: ReadonlyMap<RequestEntry, Changed | string> = new Map()
  const prepare = async (reader: Reader): Promise<Result<ChangeSet>> => {
    const resolved = await resolveEntries(writes, fresh, { tenant, reader, caller: call.caller, rest })
    if (!resolved.ok) return resolved
    outcome = resolved.value.outcome
    const { changes, claims } = resolved.value
    const found = [...outcome.values()].filter(what => typeof what !== 'string')
    return ok({ tenant, changes, claims, audit: changed => transactionAudit([...changed, ...found], call.caller, rest.clock.now()) })
  }
  const changed = await commitChanges(call.caller, rest, prepare)
  if (!changed.ok) return changed
  const byName = new Map(changed.value.map(one => [`${one.type}/${one.id}`, one]))
  const result = new Map<RequestEntry, Changed>()
  for (const [entry, what] of outcome) result.set(entry, typeof what === 'string' ? byName.get(what)! : what)
  return ok(result)
}

/** A fault of an entry names the entry: `Bundle.entry[3].resource.name[0]`. */
function inEntry(of: Fault, entry: RequestEntry): Fault {
  const place = (at: string | undefined) => {
    if (at?.startsWith('Bundle.')) return at
    return at === undefined ? entry.at : `${entry.at}.resource.${at.replace(/^[A-Z]\w*\./, '')}`
  }
  return { ...of, at: place(of.at), causes: of.causes?.map(cause => ({ ...cause, at: place(cause.at) })) }
}
