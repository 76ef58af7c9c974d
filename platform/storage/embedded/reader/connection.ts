// A thread's own read-only connection to one tenant's file, with the statements it has prepared before.
import { existsSync } from 'node:fs'
import { DatabaseSync, type StatementSync } from 'node:sqlite'
import type { TenantCode } from '#kernel/tenant.ts'
import { readStored } from '../body.ts'
import { Names } from '../names.ts'
import { storeFile } from '../paths.ts'
import { KeptVersions } from './kept-versions.ts'

const cacheKilobytes = 64 * 1024
/** Search statements are cached by shape; a client that invents shapes must not fill the memory. */
const statementsMax = 300

export class Connection {
  readonly tenant: TenantCode
  readonly db: DatabaseSync
  readonly names: Names
  readonly kept = new KeptVersions()
  readonly #statements = new Map<string, StatementSync>()
  readonly #begin: StatementSync
  readonly #end: StatementSync
  #depth = 0
  #deadline = Number.POSITIVE_INFINITY
  #overran = false

  constructor(tenant: TenantCode, path: string) {
    this.tenant = tenant
    this.db = new DatabaseSync(path, { readOnly: true, timeout: 5_000 })
    this.db.exec(`PRAGMA cache_size = -${cacheKilobytes}; PRAGMA temp_store = MEMORY`)
    this.names = new Names(this.db)
    this.db.function('tick', () => this.#tick())
    this.db.function('stored_id', bytes => readStored(bytes as Uint8Array, 0, false)?.stored.id ?? null)
    this.#begin = this.db.prepare('BEGIN')
    this.#end = this.db.prepare('COMMIT')
  }

  /** Time of `performance.now()` at which searches stop by throwing; setting it forgets an earlier overrun. */
  set deadline(at: number) {
    this.#deadline = at
    this.#overran = false
  }

  get overran(): boolean {
    return this.#overran
  }

  /** Rows as arrays. */
  all<Row>(sql: string, ...values: (string | number | null)[]): Row[] {
    return this.statement(sql).all(...values) as unknown as Row[]
  }

  get<Row>(sql: string, ...values: (string | number | null)[]): Row | undefined {
    return this.statement(sql).get(...values) as unknown as Row | undefined
  }

  /** Everything read inside sees one state of the file. */
  snapshot<T>(read: () => T): T {
    if (this.#depth++ === 0) this.#begin.run()
    try {
      return read()
    } finally {
      if (--this.#depth === 0) this.#end.run()
    }
  }

  statement(sql: string): StatementSync {
    let statement = this.#statements.get(sql)
    if (!statement) {
      if (this.#statements.size >= statementsMax) this.#statements.delete(this.#statements.keys().next().value!)
      statement = this.db.prepare(sql, { returnArrays: true })
      this.#statements.set(sql, statement)
    }
    return statement
  }

  close(): void {
    this.#statements.clear()
    this.db.close()
  }

  #tick(): number {
    if (performance.now() <= this.#deadline) return 1
    this.#overran = true
    throw new Error('the search came to its deadline')
  }
}

/** The connections of one thread, opened when first needed. */
export class Connections {
  readonly #directory: string
  readonly #open = new Map<TenantCode, Connection>()

  constructor(directory: string) {
    this.#directory = directory
  }

  /** Undefined while the tenant has no file. */
  of(tenant: TenantCode): Connection | undefined {
    let connection = this.#open.get(tenant)
    if (!connection) {
      const path = storeFile(this.#directory, tenant)
      if (!existsSync(path)) return undefined
      connection = new Connection(tenant, path)
      this.#open.set(tenant, connection)
    }
    return connection
  }

  close(): void {
    for (const connection of this.#open.values()) connection.close()
    this.#open.clear()
  }
}
