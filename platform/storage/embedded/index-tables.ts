// The index tables and the key of a row in them.
import type { Row } from './rows.ts'

/** Key columns of every index table, in the order of their values in a row; rid stands behind them. */
export const indexTables = {
  token: ['space', 'code'],
  text: ['name', 'text'],
  gram: ['name', 'gram', 'place'],
  date: ['name', 'start', 'span'],
  number: ['name', 'unit', 'low', 'high'],
  uri: ['name', 'uri'],
  link: ['target', 'name', 'code', 'at'],
} as const

export type Table = keyof typeof indexTables
export type IndexKey = readonly [table: Table, ...key: (string | number)[]]

/** `number` gives the tenant's number of a name of the row, `rid` the number of a resource. */
export function indexKey(row: Row, number: (name: number) => number, rid: (type: number, id: string) => number): IndexKey {
  switch (row[0]) {
    case 0:
      return ['token', number(row[1]), row[2]]
    case 1:
      return ['text', number(row[1]), row[2]]
    case 2:
      return ['gram', number(row[1]), row[2], row[3]]
    case 3:
      return ['date', number(row[1]), row[2], row[3]]
    case 4:
      return ['number', number(row[1]), number(row[2]), row[3], row[4]]
    case 5:
      return ['uri', number(row[1]), row[2]]
    case 6:
      return ['link', rid(number(row[2]), row[3]), number(row[1]), '', 0]
    case 7:
      return ['link', rid(number(row[2]), row[3]), number(row[1]), '', row[4]]
    case 8:
      return ['link', rid(number(row[2]), row[3]), number(row[1]), row[5], row[4]]
  }
}
