// The answer to a write (http.html#ops): Location, ETag and Last-Modified, with the body the client prefers.

import type { Finding } from '#kernel/ports/validator.ts'
import { ok, type Result } from '#kernel/result.ts'
import { type Answer, versionHeaders } from './answer.ts'
import { type Call, preference } from './call.ts'
import type { Changed } from './changes.ts'
import { findingsOutcome } from './outcome.ts'

export function answerWritten(changed: Changed, call: Call, findings: readonly Finding[]): Result<Answer> {
  const { type, id, version, outcome, body } = changed
  const { caller } = call
  const base =
    caller.writes.ok && caller.reads.length > 1 ? `${caller.origin}/tenants/${caller.writes.value}/fhir` : `${caller.origin}${caller.mount}`
  const headers = { ...versionHeaders(changed), location: `${base}/${type}/${id}/_history/${version}` }
  return ok({ status: outcome === 'created' ? 201 : 200, headers, body: preferred(body, call, findings) })
}

function preferred(body: Buffer | string, call: Call, findings: readonly Finding[]): Buffer | string | undefined {
  const wanted = preference(call.headers, 'return')
  if (wanted === 'minimal') return undefined
  return wanted === 'OperationOutcome' ? JSON.stringify(findingsOutcome(findings, call.caller.language)) : body
}
