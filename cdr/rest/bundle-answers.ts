// What became of each entry of a batch or transaction, as Bundle.entry.response (bundle.html#bundle-response).
import { STATUS_CODES } from 'node:http'
import { faultAnswer, type Language } from '#kernel/fault.ts'
import type { Result } from '#kernel/result.ts'
import { shanghaiInstant } from '../store/body.ts'
import { type Answer, etagOf } from './answer.ts'
import type { BundleEntry } from './bundle-writer.ts'
import { type Call, preference } from './call.ts'
import type { Changed } from './changes.ts'
import { outcomeOf } from './outcome.ts'

export type EntryAnswer = BundleEntry

const statuses = { created: 201, updated: 200, same: 200, deleted: 204, gone: 204 } as const

/** Locations are relative: they hold under whichever base the Bundle was sent to. */
export function writtenEntry(changed: Changed, call: Pick<Call, 'headers'>): EntryAnswer {
  const { type, id, outcome, version, body, committedAtMs } = changed
  const status = line(statuses[outcome])
  if (outcome === 'deleted' || outcome === 'gone') return { rest: response({ status, etag: version > 0 ? etagOf(version) : undefined }) }
  const location = `${type}/${id}/_history/${version}`
  const rest = response({ status, location, etag: etagOf(version), lastModified: shanghaiInstant(committedAtMs) })
  return preference(call.headers, 'return') === 'representation' ? { body, rest } : { rest }
}

export function answeredEntry(answer: Result<Answer>, language: Language): EntryAnswer {
  if (!answer.ok) return { rest: response({ status: line(faultAnswer(answer.fault).http), outcome: outcomeOf(answer.fault, language) }) }
  const { status, headers = {}, body } = answer.value
  const lastModified = headers['last-modified'] === undefined ? undefined : shanghaiInstant(Date.parse(headers['last-modified']))
  const location = headers['location']?.replace(/^.*\/(?=[A-Z]\w+\/[^/]+\/_history\/)/, '')
  return { body, rest: response({ status: line(status), location, etag: headers['etag'], lastModified }) }
}

function line(status: number): string {
  return `${status} ${STATUS_CODES[status] ?? ''}`.trim()
}

function response(members: Readonly<Record<string, unknown>>): string {
  return `"response":${JSON.stringify(members)}`
}
