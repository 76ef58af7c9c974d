// The SQL of a page of a search: walked along a driver's own order, or collected, sorted and cut. Join order is written, never left to the planner.
import type { SortKey } from '#kernel/search-plan.ts'
import { chunkOfVersion, newestVersion } from '../reader/stored.ts'
import type { Driver } from './drivers.ts'
import { alive, and, type Fragment, limitSql, marks, never, sql, ticking, type Value } from './fragment.ts'
import type { Words } from './words.ts'

/** First the values a row stands at in the order of the search, the last of them its resource number; then the key of the version. */
export type PageRow = readonly [...place: Value[], key: number]

/** Stands before everything: the first question mark of a statement must be the time. */
const time = 'WITH at(t) AS (SELECT ?1)'
const stored = `v.key = ${newestVersion('d.rid', '?1')} AND v.op <> 2`

/** Rows of a driver in its order, from a place on. */
export function walkPage(driver: Driver, checks: Fragment, down: boolean, after: readonly Value[] | undefined, limit: number): Fragment {
  const columns = driver.order!
  const first = driver.first ? [down ? driver.first.down : driver.first.up] : []
  const place = after ? [sql(`(${columns.join(', ')}) ${down ? '<' : '>'} (${marks(after)})`, ...after)] : []
  const where = and([driver.where, ...first, checks, sql(ticking('d')), ...place, sql(stored)])
  const order = columns.map(column => `${column} ${down ? 'DESC' : 'ASC'}`).join(', ')
  return sql(
    `${time} SELECT ${columns.join(', ')}, v.key FROM ${driver.from.sql} CROSS JOIN version v
     WHERE ${where.sql} ORDER BY ${order} ${limitSql}`,
    ...driver.from.values,
    ...where.values,
    limit,
  )
}

/** Everything a driver finds, sorted; ties by resource number in the direction of the first key. */
export function collectPage(
  driver: Driver,
  checks: Fragment,
  sort: readonly SortKey[],
  words: Words,
  after: readonly Value[] | undefined,
  limit: number,
): Fragment {
  const found = foundRids(driver, checks)
  const keys = sort.map((key, i) => keyOf(key, i, words))
  const columns = keys.map((key, i) => `${key.expression.sql} AS k${i}`)
  const joins = keys.map(key => key.join ?? '').join(' ')
  const position = after ? afterPlace(sort, after) : sql('1')
  const order = [...sort.flatMap((key, i) => [`x.k${i} IS NULL`, `x.k${i} ${key.descending ? 'DESC' : 'ASC'}`]), `x.rid ${tie(sort)}`].join(
    ', ',
  )
  const outer = order.replaceAll('x.', 'd.')
  return sql(
    `${time}, f(rid) AS MATERIALIZED (${found.sql})${keys.map(key => key.table?.sql ?? '').join('')},
       x AS MATERIALIZED (SELECT ${[...columns, 'f.rid AS rid'].join(', ')} FROM f ${joins})
     SELECT ${[...sort.map((_, i) => `d.k${i}`), 'd.rid'].join(', ')}, v.key
     FROM (SELECT * FROM x WHERE ${position.sql} ORDER BY ${order} ${limitSql}) d CROSS JOIN version v
     WHERE ${stored} ORDER BY ${outer}`,
    ...found.values,
    ...keys.flatMap(key => key.table?.values ?? []),
    ...keys.flatMap(key => key.expression.values),
    ...position.values,
    limit,
  )
}

export function countAll(driver: Driver, checks: Fragment, max: number): Fragment {
  const found = foundRids(driver, checks)
  return sql(`${time} SELECT count(*) FROM (${found.sql} ${limitSql})`, ...found.values, max)
}

/** How many rows a driver's range has, counted no further than `max`. */
export function probe(driver: Driver, max: number): Fragment {
  return sql(
    `${time} SELECT count(*) FROM (SELECT 1 FROM ${driver.from.sql} WHERE ${driver.where.sql} ${limitSql})`,
    ...driver.from.values,
    ...driver.where.values,
    max,
  )
}

function foundRids(driver: Driver, checks: Fragment): Fragment {
  const first = driver.first ? [driver.first.down] : []
  const where = and([driver.where, ...first, checks, sql(ticking('d'))])
  const distinct = driver.repeats ? 'DISTINCT ' : ''
  return sql(`SELECT ${distinct}d.rid FROM ${driver.from.sql} WHERE ${where.sql}`, ...driver.from.values, ...where.values)
}

/** `join` reads a table of its own that `table` makes: for kinds whose values cannot be looked up by resource. */
type Key = { readonly expression: Fragment; readonly table?: Fragment; readonly join?: string }

function keyOf({ param, kind, descending }: SortKey, i: number, words: Words): Key {
  const direction = descending ? 'DESC' : 'ASC'
  const name = words.param(param) ?? 0
  const version = `FROM version w WHERE w.key = ${newestVersion('f.rid', '?1')}`
  switch (kind) {
    case 'id':
      return {
        expression: sql(`(SELECT stored_id(substr(c.bytes, w.start + 1, w.size)) FROM version w CROSS JOIN chunk c
        WHERE w.key = ${newestVersion('f.rid', '?1')} AND ${chunkOfVersion.replaceAll('v.', 'w.')})`),
      }
    case 'lastUpdated':
      return { expression: sql(`(SELECT w.at ${version})`) }
    case 'when':
    case 'date':
      return { expression: firstOf('date k INDEXED BY date_of', 'k.start', name, direction) }
    case 'string':
      return { expression: firstOf('text k INDEXED BY text_of', 'k.text', name, direction) }
    case 'number':
      return { expression: firstOf('number k', 'k.low', name, direction) }
    case 'token': {
      const spaces = [...words.spaces(param, undefined), ...words.spaces(param, undefined, 'hashed')]
      return gathered(i, `token k WHERE k.space IN (${marks(spaces)})`, 'k.code', spaces, descending)
    }
    case 'uri':
      return gathered(i, 'uri k WHERE k.name = ?', 'k.uri', [name], descending)
    case 'reference':
      return gathered(i, "link k WHERE k.name = ? AND k.code = ''", 'k.target', [name], descending)
  }
}

function firstOf(table: string, column: string, name: number, direction: string): Fragment {
  return sql(
    `(SELECT ${column} FROM ${table} WHERE k.rid = f.rid AND k.name = ? AND ${alive('k')} ORDER BY ${column} ${direction} LIMIT 1)`,
    name,
  )
}

/** Tokens, URIs and references have no order by resource: all values of the parameter are read once, those of what was found are kept. */
function gathered(i: number, from: string, column: string, values: readonly Value[], descending: boolean): Key {
  return {
    table: sql(
      `, g${i}(rid, value) AS MATERIALIZED (SELECT k.rid, ${descending ? 'max' : 'min'}(${column}) FROM ${from} AND ${alive('k')}
        AND ${ticking('k')} AND k.rid IN (SELECT rid FROM f) GROUP BY k.rid)`,
      ...values,
    ),
    join: `LEFT JOIN g${i} ON g${i}.rid = f.rid`,
    expression: sql(`g${i}.value`),
  }
}

/** What stands behind a place: on the first key that differs it is beyond, values that are missing come last. */
function afterPlace(sort: readonly SortKey[], after: readonly Value[]): Fragment {
  const beyond: Fragment[] = []
  const equal: Fragment[] = []
  sort.forEach((key, i) => {
    const value = after[i] ?? null
    const behind = value === null ? never : sql(`(k${i} IS NULL OR k${i} ${key.descending ? '<' : '>'} ?)`, value)
    beyond.push(and([...equal, behind]))
    equal.push(value === null ? sql(`k${i} IS NULL`) : sql(`k${i} = ?`, value))
  })
  const last = and([...equal, sql(`rid ${tie(sort) === 'DESC' ? '<' : '>'} ?`, after[sort.length] ?? null)])
  const parts = [...beyond.filter(part => part !== never), last]
  return { sql: `(${parts.map(part => part.sql).join(' OR ')})`, values: parts.flatMap(part => part.values) }
}

function tie(sort: readonly SortKey[]): 'ASC' | 'DESC' {
  return sort.length > 0 && !sort[0]!.descending ? 'ASC' : 'DESC'
}
