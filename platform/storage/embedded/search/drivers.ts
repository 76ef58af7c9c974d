// Drivers: the ranges of index rows a search can start from. Each gives resource numbers; what the range does not say is checked row by row.
import type { Filter } from '#kernel/search-plan.ts'
import { gramsOfPart } from '../grams.ts'
import { newestVersion } from '../reader/stored.ts'
import { longSpanMs, versionsPerResource } from '../schema.ts'
import { belowUri, clamped, dateCondition, isBeyondFolding, prefixRange, textMatch, urisAbove } from './checks.ts'
import { alive, always, and, type Fragment, marks, sql } from './fragment.ts'
import { instantCondition, intervalCondition } from './interval.ts'
import type { Words } from './words.ts'

export type Driver = {
  /** Table or tables with the alias `d`, whose `rid` is the resource. */
  readonly from: Fragment
  /** Conditions on `d` that make the range; `?1` is the time of the search. */
  readonly where: Fragment
  /** Columns in whose order the rows come, down or up alike, the last one `rid`; undefined when the range is several runs. */
  readonly order?: readonly string[]
  /** Condition under which a row is the first of its resource in descending (ascending) order; undefined when a resource has one row only. */
  readonly first?: { readonly down: Fragment; readonly up: Fragment }
  /** A resource may come more than once and there is no `first`. */
  readonly repeats: boolean
  /** The filter the range answers completely; undefined when rows must still be checked against it. */
  readonly answers?: Filter
  /** What the order is by: `when`, `lastUpdated`, `id`, or a parameter. */
  readonly orders?: { readonly kind: 'when' | 'lastUpdated' | 'id' | 'date' | 'string'; readonly param?: string }
}

/** The smaller, the likelier a driver finds few: `coded` to `patient` are taken without looking at the others. */
export const rankOf = {
  id: 0,
  coded: 0,
  patient: 1,
  hashed: 2,
  reference: 3,
  token: 4,
  exact: 5,
  date: 6,
  prefix: 7,
  contains: 8,
  number: 9,
  feed: 10,
}

const ranks: Partial<Record<Filter['op'], number>> = {
  token: rankOf.token,
  hashed: rankOf.hashed,
  date: rankOf.date,
  number: rankOf.number,
  reference: rankOf.reference,
  id: rankOf.id,
  lastUpdated: rankOf.feed,
  patient: rankOf.patient,
}

/** Undefined for what cannot lead: negations, `:missing`, and texts that nothing can match. */
export function rankOfFilter(filter: Filter): number | undefined {
  if (filter.op === 'token' && filter.code === undefined) return rankOf.number
  if (filter.op === 'uri') return filter.match === 'exact' ? rankOf.exact : rankOf.prefix
  if (filter.op !== 'string') return ranks[filter.op]
  if (isBeyondFolding(filter) || filter.text === '') return undefined
  return { exact: rankOf.exact, prefix: rankOf.prefix, contains: rankOf.contains }[filter.match]
}

/** The driver of a filter that has a rank. */
export function driverOf(filter: Filter, words: Words): Driver {
  switch (filter.op) {
    case 'token':
      return tokenDriver(filter, words.spaces(filter.param, filter.system), filter.code)
    case 'hashed':
      return tokenDriver(filter, words.spaces(filter.param, filter.system, 'hashed'), filter.digest)
    case 'string':
      return stringDriver(filter, words)
    case 'date':
      return dateDriver(filter, words)
    case 'number':
      return numberDriver(filter, words)
    case 'reference':
      return referenceDriver(filter, words)
    case 'uri':
      return uriDriver(filter, words)
    case 'id':
      return idDriver(filter, words)
    case 'lastUpdated':
      return feedDriver(words, filter)
    case 'patient':
      return chartDriver(filter, words)
    default:
      throw new Error(`no driver for ${filter.op}`)
  }
}

function tokenDriver(filter: Filter, spaces: readonly number[], code: string | undefined): Driver {
  const one = spaces.length === 1 && code !== undefined
  const where = sql(
    `d.space ${one ? '= ?' : `IN (${marks(spaces)})`}${code === undefined ? '' : ' AND d.code = ?'} AND ${alive('d')}`,
    ...spaces,
    ...(code === undefined ? [] : [code]),
  )
  return {
    from: sql('token d'),
    where,
    ...(one ? { order: ['d.rid'] } : {}),
    repeats: !one,
    answers: filter,
  }
}

function referenceDriver(filter: Filter & { op: 'reference' }, words: Words): Driver {
  const [target] = words.rids(filter.type, [filter.id])
  const where = sql(
    `d.target = ? AND d.name = ? AND d.code = '' AND d.at = 0 AND ${alive('d')}`,
    target ?? 0,
    words.param(filter.param) ?? 0,
  )
  return { from: sql('link d'), where, order: ['d.rid'], repeats: false, answers: filter }
}

/** The charts of Patients: newest clinical date first when there is one Patient. */
function chartDriver(filter: Filter & { op: 'patient' }, words: Words): Driver {
  const patients = words.rids('Patient', filter.ids)
  const one = patients.length === 1
  const where = sql(
    `d.target ${one ? '= ?' : `IN (${marks(patients)})`} AND d.name = ? AND d.code = '' AND ${alive('d')}`,
    ...patients,
    words.typeNumber ?? 0,
  )
  const order = one ? { order: ['d.at', 'd.rid'], orders: { kind: 'when' } as const } : {}
  return { from: sql('link d'), where, ...order, repeats: !one, answers: filter }
}

/** One Patient and one code: the narrowest range there is, newest first. */
export function codedChartDriver(patient: Filter & { op: 'patient' }, code: Filter & { op: 'token' }, words: Words): Driver {
  const patients = words.rids('Patient', patient.ids)
  const spaces = words.spaces('code', code.system)
  const one = patients.length === 1 && spaces.length === 1
  const where = sql(
    `d.target ${one ? '= ?' : `IN (${marks(patients)})`} AND d.name ${one ? '= ?' : `IN (${marks(spaces)})`} AND d.code = ? AND ${alive('d')}`,
    ...patients,
    ...spaces,
    code.code!,
  )
  const order = one ? { order: ['d.at', 'd.rid'], orders: { kind: 'when' } as const } : {}
  return { from: sql('link d'), where, ...order, repeats: !one, answers: { op: 'and', of: [patient, code] } }
}

function stringDriver(filter: Filter & { op: 'string' }, words: Words): Driver {
  const name = words.param(filter.param) ?? 0
  if (filter.match === 'contains') {
    const gram = gramsOfPart(filter.text)[0]!
    const single = [...gram].length === 1
    const range = single ? prefixRange('d.gram', gram) : sql('d.gram = ?', gram)
    const where = and([sql('d.name = ?', name), range, sql(alive('d'))])
    return { from: sql('gram d'), where, repeats: true }
  }
  const match = textMatch(filter.match, filter.text, 'd.text')
  const where = and([sql('d.name = ?', name), match, sql(alive('d'))])
  if (filter.match === 'exact') return { from: sql('text d'), where, order: ['d.rid'], repeats: false, answers: filter }
  const other = textMatch('prefix', filter.text, 'e.text')
  return { ...textOrder(filter.param, other), from: sql('text d'), where, answers: filter }
}

/** Rows of a string parameter in the order of their text; `among` narrows what counts as a resource's first. */
function textOrder(param: string, among: Fragment): Omit<Driver, 'from' | 'where'> {
  const other = (sign: string) =>
    sql(
      `NOT EXISTS (SELECT 1 FROM text e INDEXED BY text_of WHERE e.rid = d.rid AND e.name = d.name AND e.text ${sign} d.text
        AND ${among.sql} AND ${alive('e')})`,
      ...among.values,
    )
  return { order: ['d.text', 'd.rid'], first: { down: other('>'), up: other('<') }, repeats: false, orders: { kind: 'string', param } }
}

/** Every row of a string or date parameter in its order: what a search is walked by that wants to be sorted by it. */
export function sortDriver(kind: 'string' | 'date' | 'when', param: string, words: Words): Driver {
  const where = sql(`d.name = ? AND ${alive('d')}`, words.param(param) ?? 0)
  if (kind === 'string') return { ...textOrder(param, always), from: sql('text d'), where }
  return { ...dateOrder(param, always), from: sql('date d'), where, orders: { kind: 'date', param } }
}

function dateOrder(param: string, among: Fragment): Omit<Driver, 'from' | 'where'> {
  const other = (sign: string) =>
    sql(
      `NOT EXISTS (SELECT 1 FROM date e INDEXED BY date_of WHERE e.rid = d.rid AND e.name = d.name
        AND (e.start ${sign} d.start OR (e.start = d.start AND e.span ${sign} d.span)) AND ${among.sql} AND ${alive('e')})`,
      ...among.values,
    )
  return { order: ['d.start', 'd.rid'], first: { down: other('>'), up: other('<') }, repeats: false, orders: { kind: 'date', param } }
}

function dateDriver(filter: Filter & { op: 'date' }, words: Words): Driver {
  const name = words.param(filter.param) ?? 0
  const { low, high } = clamped(filter)
  const condition = dateCondition(filter, 'd')
  const ranges: Partial<Record<typeof filter.prefix, Fragment>> = {
    eq: sql('d.start >= ? AND d.start < ?', low, high),
    lt: sql('d.start < ?', low),
    le: sql('d.start < ?', high),
    sa: sql('d.start >= ?', high),
    eb: sql('d.start < ?', low),
    ne: sql('d.start IS NOT NULL'),
  }
  const range = ranges[filter.prefix]
  if (range) {
    const where = and([sql('d.name = ?', name), range, condition, sql(alive('d'))])
    return { ...dateOrder(filter.param, dateCondition(filter, 'e')), from: sql('date d'), where, answers: filter }
  }
  return {
    from: endingAfter(name, filter.prefix === 'gt' ? high : low),
    where: condition,
    repeats: true,
    answers: filter,
  }
}

/** What ends after a time: the short periods that begin at most a day before it, and the long ones by their end. */
function endingAfter(name: number, ms: number): Fragment {
  const columns = 'd.rid, d.start, d.span'
  return sql(
    `(SELECT ${columns} FROM date d WHERE d.name = ? AND d.start > ? AND d.span <= ${longSpanMs} AND ${alive('d')}
    UNION ALL SELECT ${columns} FROM date d INDEXED BY date_long
    WHERE d.name = ? AND d.start + d.span > ? AND d.span > ${longSpanMs} AND ${alive('d')}) d`,
    name,
    ms - longSpanMs,
    name,
    ms,
  )
}

function numberDriver(filter: Filter & { op: 'number' }, words: Words): Driver {
  const condition = intervalCondition(filter.prefix, filter, 'd.low', 'd.high')
  const unit = filter.unit === undefined ? [] : [sql('d.unit = ?', words.unit(filter.unit) ?? 0)]
  const where = and([sql('d.name = ?', words.param(filter.param) ?? 0), ...unit, condition, sql(alive('d'))])
  return { from: sql('number d'), where, repeats: true, answers: filter }
}

function uriDriver(filter: Filter & { op: 'uri' }, words: Words): Driver {
  const name = sql('d.name = ?', words.param(filter.param) ?? 0)
  if (filter.match === 'exact') {
    const where = and([name, sql('d.uri = ?', filter.uri), sql(alive('d'))])
    return { from: sql('uri d'), where, order: ['d.rid'], repeats: false, answers: filter }
  }
  const above = urisAbove(filter.uri)
  const range = filter.match === 'below' ? belowUri(filter.uri, 'd.uri') : sql(`d.uri IN (${marks(above)})`, ...above)
  return { from: sql('uri d'), where: and([name, range, sql(alive('d'))]), repeats: true, answers: filter }
}

function idDriver(filter: Filter & { op: 'id' }, words: Words): Driver {
  const rids = words.rids(words.type, filter.ids)
  const where = sql(`EXISTS (SELECT 1 FROM version x WHERE x.key = ${newestVersion('d.rid', '?1')} AND x.op <> 2)`)
  return {
    from: sql('(SELECT value AS rid FROM json_each(?)) d', JSON.stringify(rids)),
    where,
    repeats: false,
    answers: filter,
  }
}

/** Everything of the type by the time it was written; only versions that are the newest the search sees count. */
export function feedDriver(words: Words, filter?: Filter & { op: 'lastUpdated' }): Driver {
  const newest = `EXISTS (SELECT 1 FROM version x WHERE x.key = ${newestVersion('d.rid', '?1')} AND x.key = d.rid * ${versionsPerResource} + d.version AND x.op <> 2)`
  const condition = filter ? [instantCondition(filter.prefix, clamped(filter), 'd.at')] : []
  const where = and([sql('d.type = ?', words.typeNumber ?? 0), ...condition, sql(newest)])
  return {
    from: sql('feed d'),
    where,
    order: ['d.at', 'd.rid'],
    repeats: false,
    orders: { kind: 'lastUpdated' },
    ...(filter ? { answers: filter } : {}),
  }
}

/** Everything of the type by id. */
export function idOrderDriver(words: Words): Driver {
  const where = sql(
    `d.type = ? AND EXISTS (SELECT 1 FROM version x WHERE x.key = ${newestVersion('d.rid', '?1')} AND x.op <> 2)`,
    words.typeNumber ?? 0,
  )
  return { from: sql('resource d'), where, order: ['d.id', 'd.rid'], repeats: false, orders: { kind: 'id' } }
}
