// Index rows against entries: each entry must have its open row, begun by a commit that wrote the resource, and there must be no more open rows than
// entries.
import type { DatabaseSync, StatementSync } from 'node:sqlite'
import type { IndexRows } from '#kernel/index-entry.ts'
import type { Names } from './names.ts'
import { indexTables, readRow, type Table, writeRows } from './rows.ts'
import { TapeReader, TapeWriter } from './tape.ts'

export class IndexCheck {
  readonly #db: DatabaseSync
  readonly #names: Names
  readonly #expected = new Map<Table, number>()
  readonly #exists = new Map<Table, StatementSync>()

  constructor(db: DatabaseSync, names: Names) {
    this.#db = db
    this.#names = names
  }

  /** What a resource should be found by and is not; `times` are those of its versions. */
  missing(type: string, rid: number, rows: IndexRows, times: ReadonlySet<number>): string[] {
    const tape = new TapeWriter()
    writeRows(type, rows, tape)
    const { numbers, ...text } = tape.take()
    const numbering = {
      name: (name: string) => this.#names.find(name) ?? 0,
      resource: (target: number, id: string) => this.#rid(target, id),
    }
    const reader = new TapeReader(numbers, text, numbering)
    const seen = new Set<string>()
    const findings: string[] = []
    while (reader.at < numbers.length) {
      const [table, ...key] = readRow(reader).key
      const row = JSON.stringify([table, ...key])
      if (seen.has(row)) continue
      seen.add(row)
      this.#expected.set(table, (this.#expected.get(table) ?? 0) + 1)
      const found = this.#statement(table).get(...key, rid) as { from_t: number } | undefined
      if (!found) findings.push(`no row ${row}`)
      else if (!times.has(found.from_t)) findings.push(`row ${row} begins at ${found.from_t}`)
    }
    return findings
  }

  /** Tables that have more open rows than there are entries. */
  surplus(): string[] {
    return (Object.keys(indexTables) as Table[]).flatMap(table => {
      const { rows } = this.#db.prepare(`SELECT count(*) AS rows FROM ${table} WHERE to_t IS NULL`).get() as { rows: number }
      const expected = this.#expected.get(table) ?? 0
      return rows === expected ? [] : [`${rows} open rows in ${table} for ${expected} entries`]
    })
  }

  #rid(type: number, id: string): number {
    const row = this.#db.prepare('SELECT rid FROM resource WHERE id = ? AND type = ?').get(id, type) as { rid: number } | undefined
    return row?.rid ?? 0
  }

  #statement(table: Table): StatementSync {
    let statement = this.#exists.get(table)
    if (!statement) {
      const where = [...indexTables[table], 'rid'].map(column => `${column} = ?`).join(' AND ')
      statement = this.#db.prepare(`SELECT from_t FROM ${table} WHERE ${where} AND to_t IS NULL`)
      this.#exists.set(table, statement)
    }
    return statement
  }
}
