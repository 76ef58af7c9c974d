// Index rows of a version: those that open are inserted, those that close get the commit that no longer sees them.
import type { DatabaseSync, StatementSync } from 'node:sqlite'
import { type IndexKey, indexKey, indexTables, type Table } from '../index-tables.ts'
import type { Row } from '../rows.ts'
import type { Resources } from './resources.ts'

/** A row that was closed, as the sweep finds it again: its key with the number of the resource at the end. */
export type ClosedRow = IndexKey

type Statements = { readonly open: StatementSync; readonly close: StatementSync; readonly sweep: StatementSync }

/** Names of a batch, as numbers of the tenant. */
export type NumberOf = (name: number) => number

export class IndexRowWriter {
  readonly #statements: Readonly<Record<Table, Statements>>
  readonly #rid: (type: number, id: string) => number

  constructor(db: DatabaseSync, resources: Resources) {
    this.#rid = (type, id) => resources.mention(type, id).rid
    const tables = Object.keys(indexTables) as Table[]
    this.#statements = Object.fromEntries(tables.map(table => [table, statementsOf(db, table)])) as Record<Table, Statements>
  }

  open(row: Row, rid: number, t: number, number: NumberOf): void {
    const [table, ...key] = indexKey(row, number, this.#rid)
    this.#statements[table].open.run(...key, rid, t)
  }

  close(row: Row, rid: number, t: number, number: NumberOf): ClosedRow {
    const [table, ...key] = indexKey(row, number, this.#rid)
    this.#statements[table].close.run(t, ...key, rid)
    return [table, ...key, rid]
  }

  /** Deletes a row that was closed by the commit `t`. */
  sweep([table, ...key]: ClosedRow, t: number): void {
    this.#statements[table].sweep.run(...key, t)
  }
}

/** The name whose character stands for the row in `version.params`; undefined for rows that are not entries of a parameter. */
export function paramOf(row: Row, number: NumberOf): number | undefined {
  return row[0] === 2 || row[0] >= 7 ? undefined : number(row[1])
}

/** A row that opens again in the commit that closed it becomes one open row: hence the upsert. */
function statementsOf(db: DatabaseSync, table: Table): Statements {
  const columns = [...indexTables[table], 'rid']
  const where = columns.map(column => `${column} = ?`).join(' AND ')
  return {
    open: db.prepare(
      `INSERT INTO ${table} (${columns.join(', ')}, from_t, to_t) VALUES (${columns.map(() => '?').join(', ')}, ?, NULL)
       ON CONFLICT DO UPDATE SET to_t = NULL`,
    ),
    close: db.prepare(`UPDATE ${table} SET to_t = ? WHERE ${where} AND to_t IS NULL`),
    sweep: db.prepare(`DELETE FROM ${table} WHERE ${where} AND to_t = ?`),
  }
}
