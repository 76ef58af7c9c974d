// Does a tenant's file agree with itself? Every version has its body, every body its version, every document its hash, and, where the extractor is
// handed in, every index row its entry.
import { DatabaseSync } from 'node:sqlite'
import { faultText } from '#kernel/fault.ts'
import type { IndexRows } from '#kernel/index-entry.ts'
import type { TenantCode } from '#kernel/tenant.ts'
import { operations, readStored, readText } from './body.ts'
import { DocumentCheck } from './document-check.ts'
import { IndexCheck } from './index-check.ts'
import { Names, nameOf } from './names.ts'
import { chunkOfVersion, type StoredRow, storedColumns } from './reader/stored.ts'
import { versionsPerResource } from './schema.ts'
import { diskFault } from './sqlite-fault.ts'

export type RowsOf = (type: string, body: Buffer) => IndexRows

/** More than these help nobody. */
const findingsMax = 100
const versionsPerTurn = 500

/** Sentences about what does not agree; reads one state of the file, a few hundred versions per turn of this thread. */
export async function checkTenant(tenant: TenantCode, path: string, rowsOf: RowsOf | undefined): Promise<string[]> {
  const db = new DatabaseSync(path, { readOnly: true, timeout: 5_000 })
  try {
    db.exec('BEGIN')
    const check = new FileCheck(tenant, db, rowsOf)
    while (check.step() || check.documents()) await new Promise(resolve => setImmediate(resolve))
    return check.findings
  } catch (error) {
    return [damage(tenant, error)]
  } finally {
    db.close()
  }
}

/** What SQLite finds wrong with the pages and indexes of a file. */
export function pageFindings(path: string): string[] {
  const db = new DatabaseSync(path, { readOnly: true, timeout: 5_000 })
  try {
    const rows = db.prepare('PRAGMA integrity_check', { returnArrays: true }).all() as unknown as [string][]
    return rows.map(([line]) => line).filter(line => line !== 'ok')
  } catch (error) {
    return [damage('file', error)]
  } finally {
    db.close()
  }
}

/** A file that cannot even be read through. */
function damage(what: string, error: unknown): string {
  const found = diskFault(error)
  if (!found) throw error
  return `${what}: ${faultText(found, 'en')}`
}

class FileCheck {
  readonly findings: string[] = []
  readonly #tenant: TenantCode
  readonly #db: DatabaseSync
  readonly #names: Names
  readonly #rowsOf: RowsOf | undefined
  readonly #index: IndexCheck
  readonly #documents: DocumentCheck
  #done = false
  /** Logical times of the versions of the resource at hand. */
  #times = new Set<number>()
  #after = 0
  #versions = 0

  constructor(tenant: TenantCode, db: DatabaseSync, rowsOf: RowsOf | undefined) {
    this.#tenant = tenant
    this.#db = db
    this.#names = new Names(db)
    this.#rowsOf = rowsOf
    this.#index = new IndexCheck(db, this.#names)
    this.#documents = new DocumentCheck(db)
  }

  /** False when every version was looked at. */
  step(): boolean {
    if (this.#done) return false
    const rows = this.#all<StoredRow>(
      `SELECT ${storedColumns} FROM version v CROSS JOIN chunk c WHERE v.key > ? AND ${chunkOfVersion} ORDER BY v.key LIMIT ${versionsPerTurn}`,
      this.#after,
    )
    for (const [i, row] of rows.entries()) this.#version(row, rows[i + 1]?.[0])
    this.#after = rows.at(-1)?.[0] ?? this.#after
    if (rows.length === versionsPerTurn && this.findings.length < findingsMax) return true
    this.#done = true
    this.#totals()
    return false
  }

  /** False when every document was looked at. */
  documents(): boolean {
    return this.#documents.step(what => this.#find(what))
  }

  #version([key, t, , op, facts, , , , bytes]: StoredRow, next: number | undefined): void {
    this.#versions++
    const rid = Math.floor(key / versionsPerResource)
    const read = readStored(bytes)
    if (!read) return this.#find(`version ${key} of commit ${t} cannot be read`)
    const { type, id, version, body } = read.stored
    const number = this.#names.find(nameOf.type(type))
    const named = this.#all<[number]>('SELECT rid FROM resource WHERE id = ? AND type = ?', id, number ?? 0)[0]?.[0]
    if (named !== rid || version !== key % versionsPerResource || read.stored.op !== operations[op])
      this.#find(`version ${key} holds ${type}/${id} version ${version}`)
    if (readText(facts) === undefined) this.#find(`the facts of ${type}/${id} version ${version} cannot be read`)
    if (version > 1 && !this.#exists(key - 1)) this.#find(`${type}/${id} has version ${version} but not ${version - 1}`)
    const newest = next === undefined ? !this.#exists(key + 1) : Math.floor(next / versionsPerResource) !== rid
    this.#times.add(t)
    if (!newest) return
    const times = this.#times
    this.#times = new Set()
    if (!this.#rowsOf) return
    const rows: IndexRows = op === 2 ? { entries: [], patients: [], codes: [] } : this.#rowsOf(type, body)
    for (const finding of this.#index.missing(type, rid, rows, times)) this.#find(`${type}/${id}: ${finding}`)
  }

  #totals(): void {
    const [versions] = this.#all<[number]>('SELECT count(*) FROM version')[0]!
    if (versions !== this.#versions && this.findings.length < findingsMax) this.#find(`${versions - this.#versions} versions have no body`)
    const [feed] = this.#all<[number]>('SELECT count(*) FROM feed')[0]!
    if (feed !== versions) this.#find(`${versions} versions but ${feed} rows of the feed`)
    if (this.#rowsOf && this.findings.length < findingsMax) for (const finding of this.#index.surplus()) this.#find(finding)
  }

  #exists(key: number): boolean {
    return this.#all('SELECT 1 FROM version WHERE key = ?', key).length > 0
  }

  #find(what: string): void {
    this.findings.push(`${this.#tenant}: ${what}`)
  }

  #all<Row>(sql: string, ...values: (string | number)[]): Row[] {
    return this.#db.prepare(sql, { returnArrays: true }).all(...values) as unknown as Row[]
  }
}
