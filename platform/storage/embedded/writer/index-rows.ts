// Index rows of a version: those that open are inserted, those that close get the commit that no longer sees them.
import type { DatabaseSync, StatementSync } from 'node:sqlite'
import { type IndexKey, indexTables, type Table } from '../rows.ts'

/** A row that was closed, as the sweep finds it again: its key with the number of the resource at the end. */
export type ClosedRow = IndexKey

type Statements = { readonly open: StatementSync; readonly close: StatementSync; readonly sweep: StatementSync }

export class IndexRowWriter {
  readonly #statements: Readonly<Record<Table, Statements>>

  constructor(db: DatabaseSync) {
    const tables = Object.keys(indexTables) as Table[]
    this.#statements = Object.fromEntries(tables.map(table => [table, statementsOf(db, table)])) as Record<Table, Statements>
  }

  open([table, ...key]: IndexKey, rid: number, t: number): void {
    this.#statements[table].open.run(...key, rid, t)
  }

  close([table, ...key]: IndexKey, rid: number, t: number): ClosedRow {
    this.#statements[table].close.run(t, ...key, rid)
    return [table, ...key, rid]
  }

  /** Deletes a row that was closed by the commit `t`. */
  sweep([table, ...key]: ClosedRow, t: number): void {
    this.#statements[table].sweep.run(...key, t)
  }
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
