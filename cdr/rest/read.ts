// read (http.html#read): the current version as stored, with conditional reads and partial views.
import { readStored } from '#formats/fhir/json/stored.ts'
import { fault } from '#kernel/fault.ts'
import type { StoredVersion } from '#kernel/ports/storage.ts'
import { failed, ok, type Result } from '#kernel/result.ts'
import { patientOf } from '../access/audit.ts'
import { isControl, readControls } from '../search/controls.ts'
import { readQuery } from '../search/query.ts'
import { viewOf } from '../search/view.ts'
import { type Answer, versionHeaders, versionOf } from './answer.ts'
import { type Call, type CallHeaders, preference, type Rest } from './call.ts'
import { locate } from './locate.ts'
import { note } from './note.ts'

export async function read(call: Call, rest: Rest): Promise<Result<Answer>> {
  const { type, id } = call.path as { type: string; id: string }
  const found = await locate(call.caller, type, id, rest)
  if (!found.ok) return refuse(call, rest, found.fault.code === 'fhir.unknown' ? 'unknown' : 'ambiguous', found)
  const { stored } = found.value
  const touch = { action: 'read', subject: `${type}/${id}`, patient: patientOf(type, id, stored.body) }
  const noted = note(rest, call.caller, [stored.tenant], touch)
  if (!noted.ok) return noted
  if (stored.op === 'delete') return failed(fault('fhir.deleted', { args: { type, id } }))
  return answerVersion(stored, call)
}

/** What was not found was still asked for: that stands in the audit too. */
function refuse(call: Call, rest: Rest, detail: string, refusal: Result<never>): Result<never> {
  const { type, id } = call.path
  const touch = { action: 'read', outcome: 'failed', subject: `${type}/${id}`, detail } as const
  const noted = note(rest, call.caller, call.caller.reads, touch)
  return noted.ok ? refusal : noted
}

export function answerVersion(stored: StoredVersion, call: Pick<Call, 'query' | 'headers'>): Result<Answer> {
  const headers = versionHeaders(stored)
  if (isUnchanged(stored, call.headers)) return ok({ status: 304, headers })
  if (call.query === '') return ok({ status: 200, headers, body: stored.body })
  const view = readView(call)
  if (!view.ok) return view
  if (!view.value) return ok({ status: 200, headers, body: stored.body })
  return ok({ status: 200, headers, body: JSON.stringify(view.value(readStored(stored.body.toString('utf8')))) })
}

/** If-None-Match goes before If-Modified-Since (RFC 9110, section 13.2.2). */
function isUnchanged(stored: StoredVersion, headers: CallHeaders): boolean {
  if (headers.ifNoneMatch !== undefined)
    return headers.ifNoneMatch.split(',').some(etag => etag.trim() === '*' || versionOf(etag) === stored.version)
  const since = headers.ifModifiedSince === undefined ? Number.NaN : Date.parse(headers.ifModifiedSince)
  return Math.floor(stored.committedAtMs / 1000) * 1000 <= since
}

/** A read takes the parameters that shape an answer, and no others. */
function readView(call: Pick<Call, 'query' | 'headers'>): Result<ReturnType<typeof viewOf>> {
  const parameters = readQuery(call.query)
  if (!parameters.ok) return parameters
  const foreign = parameters.value.find(({ name }) => !isControl(name))
  if (foreign && preference(call.headers, 'handling') === 'strict')
    return failed(fault('http.parameter', { at: foreign.name, args: { name: foreign.name, reason: 'read' } }))
  const controls = readControls(parameters.value)
  return controls.ok ? ok(viewOf(controls.value)) : controls
}
