// Stored versions as readers see them: the row of a version joined with its chunk, the body inflated, the facts only when somebody asks.
import { type Fault, fault } from '#kernel/fault.ts'
import type { StoredVersion } from '#kernel/ports/storage.ts'
import type { TenantCode } from '#kernel/tenant.ts'
import { operations, readStored, readText } from '../body.ts'
import type { Names } from '../names.ts'
import { chunksPerCommit, versionsPerResource } from '../schema.ts'

/** Columns of a version `v` and its chunk `c`, in the order of `StoredRow`. */
export const storedColumns = 'v.key, v.t, v.at, v.op, v.facts, c.message, c.plan, c.author, substr(c.bytes, v.start + 1, v.size)'
export const chunkOfVersion = `c.id = v.t * ${chunksPerCommit} + v.chunk`

export type StoredRow = readonly [
  key: number,
  t: number,
  at: number,
  op: number,
  facts: Uint8Array,
  message: number | null,
  plan: number | null,
  author: number,
  bytes: Uint8Array,
]

/** SQL: the key of the newest version of a resource; with `t` the newest that this commit sees. */
export function newestVersion(rid: string, t?: string): string {
  const range = `key > ${rid} * ${versionsPerResource} AND key < (${rid} + 1) * ${versionsPerResource}`
  return `(SELECT key FROM version WHERE ${range}${t ? ` AND t <= ${t}` : ''} ORDER BY key DESC LIMIT 1)`
}

/** Damaged facts are no JSON: who merges onto them must fail, who only shows the body need not. */
export function factsOf(bytes: Uint8Array): string {
  return readText(bytes) ?? 'damaged'
}

export function storedVersion(tenant: TenantCode, names: Names, row: StoredRow): StoredVersion | Fault {
  const [key, t, at, op, facts, message, plan, author, bytes] = row
  const read = readStored(bytes)
  if (!read) return fault('store.corrupt', { args: { what: `${tenant} version ${key}` } })
  const { type, id, version, body } = read.stored
  const cause = {
    ...(message === null ? {} : { message }),
    ...(plan === null ? {} : { plan: names.word(plan) }),
    by: names.word(author),
  }
  return {
    tenant,
    type,
    id,
    version,
    t,
    op: operations[op]!,
    body,
    get facts() {
      return factsOf(facts)
    },
    cause,
    committedAtMs: at,
  }
}
