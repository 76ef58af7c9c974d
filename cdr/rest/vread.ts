// vread (http.html#vread): one version as stored.
import { fault } from '#kernel/fault.ts'
import { failed, type Result } from '#kernel/result.ts'
import { patientOf } from '../access/audit.ts'
import type { Answer } from './answer.ts'
import type { Call, Rest } from './call.ts'
import { locate } from './locate.ts'
import { note } from './note.ts'
import { answerVersion } from './read.ts'

export async function vread(call: Call, rest: Rest): Promise<Result<Answer>> {
  const { type, id, version } = call.path as { type: string; id: string; version: string }
  const found = await locate(call.caller, type, id, rest)
  if (!found.ok) return found
  const unknown = failed(fault('fhir.version-unknown', { args: { type, id, version: version.slice(0, 20) } }))
  if (!/^[1-9]\d{0,8}$/.test(version)) return unknown
  const stored = await found.value.reader.vread(type, id, Number(version))
  if (!stored.ok) return stored
  if (!stored.value) return unknown
  const { tenant, body } = stored.value
  const noted = note(rest, call.caller, [tenant], {
    action: 'vread',
    subject: `${type}/${id}/_history/${version}`,
    patient: patientOf(type, id, body),
  })
  if (!noted.ok) return noted
  return stored.value.op === 'delete' ? failed(fault('fhir.deleted', { args: { type, id } })) : answerVersion(stored.value, call)
}
