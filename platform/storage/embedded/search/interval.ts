// The rules of search prefixes (search.html#prefix) between what is stored, [low, high), and what is asked for. A point has low = high.
import type { Prefix } from '#kernel/search-plan.ts'
import { type Fragment, sql } from './fragment.ts'

export type Asked = { readonly low: number; readonly high: number }

/** The condition on a stored interval whose ends are the given SQL expressions. */
export function intervalCondition(prefix: Prefix, { low, high }: Asked, lowSql: string, highSql: string): Fragment {
  const contained = low < high ? `${lowSql} >= ? AND ${highSql} <= ? AND ${lowSql} < ?` : `${lowSql} >= ? AND ${highSql} <= ?`
  const bounds = low < high ? [low, high, high] : [low, high]
  const after = low < high ? `${lowSql} >= ?` : `${lowSql} > ?`
  const before = `(${highSql} < ? OR (${highSql} = ? AND ${lowSql} < ${highSql}))`
  switch (prefix) {
    case 'eq':
      return sql(`(${contained})`, ...bounds)
    case 'ne':
      return sql(`NOT (${contained})`, ...bounds)
    case 'gt':
      return sql(`${highSql} > ?`, high)
    case 'lt':
      return sql(`${lowSql} < ?`, low)
    case 'ge':
      return sql(`(${highSql} > ? OR (${contained}))`, high, ...bounds)
    case 'le':
      return sql(`(${lowSql} < ? OR (${contained}))`, low, ...bounds)
    case 'sa':
      return sql(after, high)
    case 'eb':
      return sql(before, low, low)
    case 'ap':
      return sql(`NOT (${after}) AND NOT ${before}`, high, low, low)
  }
}

/** The same for a stored instant of one millisecond, as ranges of its column. */
export function instantCondition(prefix: Prefix, { low, high }: Asked, column: string): Fragment {
  const within = `(${column} >= ? AND ${column} < ?)`
  const conditions: Record<Prefix, Fragment> = {
    eq: sql(within, low, high),
    ap: sql(within, low, high),
    ne: sql(`NOT ${within}`, low, high),
    gt: sql(`${column} >= ?`, high),
    sa: sql(`${column} >= ?`, high),
    ge: sql(`${column} >= ?`, low),
    lt: sql(`${column} < ?`, low),
    eb: sql(`${column} < ?`, low),
    le: sql(`${column} < ?`, high),
  }
  return conditions[prefix]
}

/** The same rule on values: what the contract suite compares every engine with. */
export function matchesInterval(prefix: Prefix, asked: Asked, low: number, high: number): boolean {
  const point = asked.low === asked.high
  const contained = low >= asked.low && high <= asked.high && (point || low < asked.high)
  const after = point ? low > asked.high : low >= asked.high
  const before = high < asked.low || (high === asked.low && low < high)
  const rules: Record<Prefix, boolean> = {
    eq: contained,
    ne: !contained,
    gt: high > asked.high,
    lt: low < asked.low,
    ge: high > asked.high || contained,
    le: low < asked.low || contained,
    sa: after,
    eb: before,
    ap: !after && !before,
  }
  return rules[prefix]
}
