// A filter as a condition on one resource number: every part is a seek in an index table by value and number, or by number and range.
import type { Filter } from '#kernel/search-plan.ts'
import { spellingSeparator } from '../grams.ts'
import { newestVersion } from '../reader/stored.ts'
import { timeMax, timeMin } from '../rows.ts'
import { paramCharacter } from '../writer/params.ts'
import { alive, and, type Fragment, marks, never, not, or, sql, ticking, type Value } from './fragment.ts'
import { instantCondition, intervalCondition } from './interval.ts'
import type { Words } from './words.ts'

/** `rid` is the SQL expression of the resource number. */
export function check(filter: Filter, rid: string, words: Words): Fragment {
  switch (filter.op) {
    case 'and':
      return and(filter.of.map(part => check(part, rid, words)))
    case 'or':
      return or(filter.of.map(part => check(part, rid, words)))
    case 'not':
      return not(check(filter.of, rid, words))
    case 'token':
      return checkToken(words.spaces(filter.param, filter.system), filter.code, rid)
    case 'hashed':
      return checkToken(words.spaces(filter.param, filter.system, 'hashed'), filter.digest, rid)
    case 'string':
      return checkString(filter, rid, words)
    case 'date':
      return checkDate(filter, rid, words)
    case 'number':
      return checkNumber(filter, rid, words)
    case 'reference':
      return checkReference(filter, rid, words)
    case 'uri':
      return checkUri(filter, rid, words)
    case 'missing':
      return checkMissing(filter.param, filter.missing, rid, words)
    case 'id':
      return inNumbers(rid, words.rids(words.type, filter.ids))
    case 'lastUpdated':
      return checkLastUpdated(filter, rid)
    case 'patient':
      return checkPatient(filter.ids, rid, words)
  }
}

function checkToken(spaces: readonly number[], code: string | undefined, rid: string): Fragment {
  if (spaces.length === 0) return never
  if (code === undefined) return hasAny(spaces, rid)
  const where = `k.space IN (${marks(spaces)}) AND k.code = ? AND k.rid = ${rid}`
  return sql(`EXISTS (SELECT 1 FROM token k WHERE ${where} AND ${alive('k')})`, ...spaces, code)
}

function checkString(filter: Filter & { op: 'string' }, rid: string, words: Words): Fragment {
  const name = words.param(filter.param)
  if (name === undefined || isBeyondFolding(filter)) return never
  const match = textMatch(filter.match, filter.text, 'k.text')
  const where = `k.rid = ${rid} AND k.name = ? AND ${match.sql}`
  return sql(`EXISTS (SELECT 1 FROM text k INDEXED BY text_of WHERE ${where} AND ${alive('k')})`, name, ...match.values)
}

/** Only an exact search may hold the separator: what asks for it otherwise asks for what no folded text has. */
export function isBeyondFolding({ match, text }: Filter & { op: 'string' }): boolean {
  return match !== 'exact' && text.includes(spellingSeparator)
}

/** The spelling behind U+001F is seen by exact searches only. */
export function textMatch(match: 'prefix' | 'exact' | 'contains', text: string, column: string): Fragment {
  if (match === 'exact') return sql(`${column} = ?`, text)
  if (match === 'prefix') return prefixRange(column, text)
  return sql(`instr(${folded(column)}, ?) > 0`, text)
}

function folded(column: string): string {
  return `substr(${column}, 1, instr(${column} || char(31), char(31)) - 1)`
}

/** Everything that begins with a text, as a range: the end is the text with its last character raised. */
export function prefixRange(column: string, text: string): Fragment {
  const end = afterPrefix(text)
  return end === undefined ? sql(`${column} >= ?`, text) : sql(`(${column} >= ? AND ${column} < ?)`, text, end)
}

function afterPrefix(text: string): string | undefined {
  const points = [...text].map(character => character.codePointAt(0)!)
  while (points.length > 0) {
    const last = points.pop()!
    const raised = last === 0xd7ff ? 0xe000 : last + 1
    if (raised <= 0x10ffff) return String.fromCodePoint(...points, raised)
  }
  return undefined
}

function checkDate(filter: Filter & { op: 'date' }, rid: string, words: Words): Fragment {
  const name = words.param(filter.param)
  if (name === undefined) return never
  const condition = dateCondition(filter, 'k')
  const where = `k.rid = ${rid} AND k.name = ? AND ${condition.sql}`
  return sql(`EXISTS (SELECT 1 FROM date k INDEXED BY date_of WHERE ${where} AND ${alive('k')})`, name, ...condition.values)
}

export function dateCondition(filter: Filter & { op: 'date' }, alias: string): Fragment {
  return intervalCondition(filter.prefix, clamped(filter), `${alias}.start`, `${alias}.start + ${alias}.span`)
}

/** Times asked for, within what a stored time can be. */
export function clamped({ from, to }: { from: number; to: number }): { low: number; high: number } {
  return { low: Math.max(from, timeMin), high: Math.min(to, timeMax) }
}

function checkNumber(filter: Filter & { op: 'number' }, rid: string, words: Words): Fragment {
  const name = words.param(filter.param)
  const unit = filter.unit === undefined ? undefined : words.unit(filter.unit)
  if (name === undefined || (filter.unit !== undefined && unit === undefined)) return never
  const condition = intervalCondition(filter.prefix, filter, 'k.low', 'k.high')
  const units: Value[] = unit === undefined ? [] : [unit]
  const where = `k.name = ? AND k.rid = ${rid}${unit === undefined ? '' : ' AND k.unit = ?'} AND ${condition.sql}`
  return sql(`EXISTS (SELECT 1 FROM number k WHERE ${where} AND ${alive('k')})`, name, ...units, ...condition.values)
}

function checkReference(filter: Filter & { op: 'reference' }, rid: string, words: Words): Fragment {
  const name = words.param(filter.param)
  const [target] = words.rids(filter.type, [filter.id])
  if (name === undefined || target === undefined) return never
  const where = `k.target = ? AND k.name = ? AND k.code = '' AND k.at = 0 AND k.rid = ${rid}`
  return sql(`EXISTS (SELECT 1 FROM link k WHERE ${where} AND ${alive('k')})`, target, name)
}

function checkUri(filter: Filter & { op: 'uri' }, rid: string, words: Words): Fragment {
  const name = words.param(filter.param)
  if (name === undefined) return never
  if (filter.match === 'below') {
    const match = belowUri(filter.uri, 'k.uri')
    return sql(
      `${rid} IN (SELECT k.rid FROM uri k WHERE k.name = ? AND ${match.sql} AND ${alive('k')} AND ${ticking('k')})`,
      name,
      ...match.values,
    )
  }
  const uris = filter.match === 'exact' ? [filter.uri] : urisAbove(filter.uri)
  const where = `k.name = ? AND k.uri IN (${marks(uris)}) AND k.rid = ${rid}`
  return sql(`EXISTS (SELECT 1 FROM uri k WHERE ${where} AND ${alive('k')})`, name, ...uris)
}

/** The URI itself and everything under it, at a slash. */
export function belowUri(uri: string, column: string): Fragment {
  return or([sql(`${column} = ?`, uri), prefixRange(column, uri.endsWith('/') ? uri : `${uri}/`)])
}

/** The URI itself and what stands above it, up to each slash, with and without it. */
export function urisAbove(uri: string): string[] {
  const found = new Set([uri])
  for (let at = uri.indexOf('/'); at >= 0; at = uri.indexOf('/', at + 1)) {
    found.add(uri.slice(0, at))
    found.add(uri.slice(0, at + 1))
  }
  found.delete('')
  return [...found]
}

function checkMissing(param: string, missing: boolean, rid: string, words: Words): Fragment {
  const own = words.param(param)
  const names = [...words.spaces(param, undefined), ...words.spaces(param, undefined, 'hashed'), ...(own === undefined ? [] : [own])]
  const present = names.length === 0 ? never : hasAny(names, rid)
  return missing ? not(present) : present
}

/** The version has an entry under one of the names: their characters stand in its `params`. */
function hasAny(names: readonly number[], rid: string): Fragment {
  const found = names.map(() => 'instr(p.params, ?) > 0').join(' OR ')
  return sql(
    `EXISTS (SELECT 1 FROM version p WHERE p.key = ${newestVersion(rid, '?1')} AND (${found}))`,
    ...names.map(name => paramCharacter(name)),
  )
}

export function inNumbers(rid: string, numbers: readonly number[]): Fragment {
  if (numbers.length === 0) return never
  return sql(`${rid} IN (SELECT value FROM json_each(?))`, JSON.stringify(numbers))
}

function checkLastUpdated(filter: Filter & { op: 'lastUpdated' }, rid: string): Fragment {
  const condition = instantCondition(filter.prefix, clamped(filter), 'p.at')
  return sql(`EXISTS (SELECT 1 FROM version p WHERE p.key = ${newestVersion(rid, '?1')} AND ${condition.sql})`, ...condition.values)
}

/** The charts are read once and kept aside: a chart is small beside what else a search may look at. */
function checkPatient(ids: readonly string[], rid: string, words: Words): Fragment {
  const patients = words.rids('Patient', ids)
  if (patients.length === 0 || words.typeNumber === undefined) return never
  const where = `k.target IN (${marks(patients)}) AND k.name = ? AND k.code = ''`
  return sql(`${rid} IN (SELECT k.rid FROM link k WHERE ${where} AND ${alive('k')} AND ${ticking('k')})`, ...patients, words.typeNumber)
}
