// The versions of a page by their keys. What is not kept from before comes in one row: fields as text, all bodies in one blob, for a blob of its own per
// version costs more than everything else about it.
import { type Fault, fault } from '#kernel/fault.ts'
import type { StoredVersion } from '#kernel/ports/storage.ts'
import { failed, ok, type Result } from '#kernel/result.ts'
import { readStored, type StoredBody } from '../body.ts'
import type { Connection } from './connection.ts'
import { chunkOfVersion, factsOf } from './stored.ts'

const together = `SELECT json_group_array(json_array(v.key, v.t, v.at, c.message, c.plan, c.author)),
    CAST(group_concat(substr(c.bytes, v.start + 1, v.size), '') AS BLOB)
  FROM json_each(?) j CROSS JOIN version v CROSS JOIN chunk c WHERE v.key = j.value AND ${chunkOfVersion}`

type Fields = readonly [key: number, t: number, at: number, message: number | null, plan: number | null, author: number]

/** In the order asked for, over several tenants; each must be there. Kept ones are shared: nobody may write into a body. */
export function versionsOf(wanted: readonly { readonly connection: Connection; readonly version: number }[]): Result<StoredVersion[]> {
  const keys = new Map<Connection, number[]>()
  for (const { connection, version } of wanted) {
    const list = keys.get(connection)
    if (list) list.push(version)
    else keys.set(connection, [version])
  }
  const found = new Map<Connection, Iterator<StoredVersion>>()
  for (const [connection, list] of keys) {
    const versions = versionsByKey(connection, list)
    if (!versions.ok || keys.size === 1) return versions
    found.set(connection, versions.value.values())
  }
  return ok(wanted.map(({ connection }) => found.get(connection)!.next().value as StoredVersion))
}

function versionsByKey(connection: Connection, keys: readonly number[]): Result<StoredVersion[]> {
  const { kept } = connection
  const found = keys.map(key => kept.find(key))
  const missing = keys.filter((_, i) => !found[i])
  if (missing.length === 0) return ok(found as StoredVersion[])
  const read = readTogether(connection, missing)
  if (!read.ok) return read
  for (const [key, version] of read.value) kept.keep(key, version)
  return ok(keys.map((key, i) => found[i] ?? read.value.get(key)!))
}

function readTogether(connection: Connection, keys: readonly number[]): Result<Map<number, StoredVersion>> {
  const [text, bytes] = connection.get<[text: string, bytes: Uint8Array]>(together, JSON.stringify(keys))!
  const versions = new Map<number, StoredVersion>()
  let start = 0
  for (const fields of JSON.parse(text) as Fields[]) {
    const read = readStored(bytes, start)
    if (!read) return failed(corrupt(connection, fields[0]))
    versions.set(fields[0], versionOf(connection, fields, read.stored))
    start = read.end
  }
  const lost = keys.find(key => !versions.has(key))
  return lost === undefined ? ok(versions) : failed(corrupt(connection, lost))
}

function versionOf(connection: Connection, fields: Fields, { type, id, version, op, body }: StoredBody): StoredVersion {
  const [key, t, at, message, plan, author] = fields
  const { names, tenant } = connection
  const cause = { ...(message === null ? {} : { message }), ...(plan === null ? {} : { plan: names.word(plan) }), by: names.word(author) }
  return {
    tenant,
    type,
    id,
    version,
    t,
    op,
    body,
    /** Facts are the one thing about a version that changes (`touch`), and few ask for them. */
    get facts() {
      return factsOf(connection.get<[Uint8Array]>('SELECT facts FROM version WHERE key = ?', key)![0])
    },
    cause,
    committedAtMs: at,
  }
}

function corrupt({ tenant }: Connection, key: number): Fault {
  return fault('store.corrupt', { args: { what: `${tenant} version ${key}` } })
}
