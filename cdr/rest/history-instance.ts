// history-instance (http.html#history): every version of a resource, newest first, late ones and deletions among them.
import { fault } from '#kernel/fault.ts'
import { limits } from '#kernel/limits.ts'
import type { StoredVersion } from '#kernel/ports/storage.ts'
import { failed, ok, type Result } from '#kernel/result.ts'
import { patientOf } from '../access/audit.ts'
import { readControls } from '../search/controls.ts'
import { openCursor, sealCursor } from '../search/cursor.ts'
import { readQuery } from '../search/query.ts'
import { shanghaiInstant } from '../store/body.ts'
import { type Answer, etagOf } from './answer.ts'
import { type BundleEntry, writeBundle } from './bundle-writer.ts'
import { baseOf, type Call, type Caller, type Rest } from './call.ts'
import { locate } from './locate.ts'
import { note } from './note.ts'

export async function historyInstance(call: Call, rest: Rest): Promise<Result<Answer>> {
  const { type, id } = call.path as { type: string; id: string }
  const path = `${call.caller.mount}/${type}/${id}/_history`
  const asked = readPage(call, path, rest)
  if (!asked.ok) return asked
  const found = await locate(call.caller, type, id, rest)
  if (!found.ok) return found
  const { count, beforeVersion } = asked.value
  const { stored: newest, reader } = found.value
  const versions = count === 0 ? ok([]) : await reader.history(type, id, { count: count + 1, beforeVersion })
  if (!versions.ok) return versions
  const noted = note(rest, call.caller, [newest.tenant], {
    action: 'history',
    subject: `${type}/${id}`,
    patient: patientOf(type, id, newest.body),
  })
  if (!noted.ok) return noted
  const page = versions.value.slice(0, count)
  const here = `${call.caller.origin}${path}`
  const links = [{ relation: 'self', url: `${here}?_count=${count}` }]
  if (versions.value.length > count && count > 0) {
    const sealed = sealCursor({ after: String(page.at(-1)!.version), at: {}, covered: {} }, path, rest.cursorKey)
    links.push({ relation: 'next', url: `${here}?_count=${count}&_page=${sealed}` })
  }
  const body = writeBundle(
    { type: 'history', total: newest.version, links },
    page.map(stored => historyEntry(stored, call.caller)),
  )
  return ok({ status: 200, body })
}

const methods = { create: 'POST', update: 'PUT', delete: 'DELETE' } as const
const statuses = { create: '201', update: '200', delete: '204' } as const

function historyEntry(stored: StoredVersion, caller: Caller): BundleEntry {
  const { type, id, op } = stored
  const request = { method: methods[op], url: op === 'create' ? type : `${type}/${id}` }
  const response = { status: statuses[op], etag: etagOf(stored.version), lastModified: shanghaiInstant(stored.committedAtMs) }
  return {
    fullUrl: `${baseOf(caller, stored.tenant)}/${type}/${id}`,
    body: stored.body,
    rest: `"request":${JSON.stringify(request)},"response":${JSON.stringify(response)}`,
  }
}

const taken: ReadonlySet<string> = new Set(['_count', '_page', '_format', '_pretty'])

function readPage(call: Call, path: string, rest: Rest): Result<{ count: number; beforeVersion?: number }> {
  const parameters = readQuery(call.query)
  if (!parameters.ok) return parameters
  const foreign = parameters.value.find(({ name }) => !taken.has(name))
  if (foreign) return failed(fault('http.parameter', { at: foreign.name, args: { name: foreign.name, reason: '_history: _count' } }))
  const controls = readControls(parameters.value)
  if (!controls.ok) return controls
  const count = parameters.value.some(({ name }) => name === '_count') ? controls.value.count : limits.searchCountMax / 10
  if (controls.value.page === undefined) return ok({ count })
  const cursor = openCursor(controls.value.page, path, rest.cursorKey)
  return cursor.ok ? ok({ count, beforeVersion: Number(cursor.value.after) }) : cursor
}
