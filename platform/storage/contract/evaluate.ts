// Searches answered the plain way, over what the ledger holds: slow, obvious, and the measure of every engine.
import type { IndexEntry } from '#kernel/index-entry.ts'
import type { Filter, Prefix, SortKey } from '#kernel/search-plan.ts'
import type { Kept } from './ledger.ts'

export function matches(filter: Filter, kept: Kept): boolean {
  const entries = (param: string) => kept.rows!.entries.filter(entry => entry.param === param)
  const some = <K extends IndexEntry['kind']>(kind: K, param: string, test: (entry: IndexEntry & { kind: K }) => boolean) =>
    entries(param).some(entry => entry.kind === kind && test(entry as IndexEntry & { kind: K }))
  switch (filter.op) {
    case 'and':
      return filter.of.every(part => matches(part, kept))
    case 'or':
      return filter.of.some(part => matches(part, kept))
    case 'not':
      return !matches(filter.of, kept)
    case 'token':
      return some('token', filter.param, ({ system, code }) => agrees(filter.system, system) && agrees(filter.code, code))
    case 'hashed':
      return some('hashed', filter.param, ({ system, digest }) => agrees(filter.system, system) && digest === filter.digest)
    case 'string':
      return some('string', filter.param, ({ text }) => matchesText(filter.match, filter.text, text))
    case 'date':
      return some('date', filter.param, ({ from, to }) => compares(filter.prefix, filter.from, filter.to, from, to))
    case 'number':
      return some(
        'number',
        filter.param,
        ({ low, high, unit }) => agrees(filter.unit, unit) && compares(filter.prefix, filter.low, filter.high, low, high),
      )
    case 'reference':
      return some('reference', filter.param, ({ type, id }) => type === filter.type && id === filter.id)
    case 'uri':
      return some('uri', filter.param, ({ uri }) => matchesUri(filter.match, filter.uri, uri))
    case 'missing':
      return (entries(filter.param).length === 0) === filter.missing
    case 'id':
      return filter.ids.includes(kept.id)
    case 'lastUpdated':
      return compares(filter.prefix, filter.from, filter.to, kept.lastUpdatedMs, kept.lastUpdatedMs + 1)
    case 'patient':
      return kept.rows!.patients.some(id => filter.ids.includes(id))
  }
}

/** What a resource is sorted by; undefined when it has nothing of the kind. */
export function sortValue({ param, kind, descending }: SortKey, kept: Kept): string | number | undefined {
  if (kind === 'id') return kept.id
  if (kind === 'lastUpdated') return kept.lastUpdatedMs
  if (kind === 'when') return kept.rows!.whenMs
  const values = kept.rows!.entries.filter(entry => entry.param === param).map(entryValue)
  values.sort(compareValues)
  return descending ? values.at(-1) : values[0]
}

/** Missing values last whatever the direction; texts by code point. */
export function inOrder(sort: readonly SortKey[], a: Kept, b: Kept): boolean {
  for (const key of sort) {
    const [left, right] = [sortValue(key, a), sortValue(key, b)]
    if (left === undefined || right === undefined) {
      if (left === right) continue
      return right === undefined
    }
    const order = compareValues(left, right)
    if (order !== 0) return order < 0 !== key.descending
  }
  return true
}

/** search.html#prefix: `low` and `high` are stored, an interval without its end, or a point when they are equal. */
function compares(prefix: Prefix, askedLow: number, askedHigh: number, low: number, high: number): boolean {
  const point = askedLow === askedHigh
  const inside = point ? low === askedLow && high === askedLow : low >= askedLow && low < askedHigh && high <= askedHigh
  const wholeAfter = point ? low > askedHigh : low >= askedHigh
  const wholeBefore = low < high ? high <= askedLow : high < askedLow
  const rules: Record<Prefix, boolean> = {
    eq: inside,
    ne: !inside,
    gt: high > askedHigh,
    lt: low < askedLow,
    ge: inside || high > askedHigh,
    le: inside || low < askedLow,
    sa: wholeAfter,
    eb: wholeBefore,
    ap: !wholeAfter && !wholeBefore,
  }
  return rules[prefix]
}

function matchesText(match: 'prefix' | 'exact' | 'contains', asked: string, stored: string): boolean {
  if (match === 'exact') return stored === asked
  const folded = stored.split('\u001f')[0]!
  return match === 'prefix' ? folded.startsWith(asked) : folded.includes(asked)
}

function matchesUri(match: 'exact' | 'below' | 'above', asked: string, stored: string): boolean {
  const under = (child: string, parent: string) => child === parent || child.startsWith(parent.endsWith('/') ? parent : `${parent}/`)
  if (match === 'exact') return stored === asked
  return match === 'below' ? under(stored, asked) : under(asked, stored)
}

function agrees(asked: string | undefined, stored: string): boolean {
  return asked === undefined || asked === stored
}

function entryValue(entry: IndexEntry): string | number {
  switch (entry.kind) {
    case 'token':
      return entry.code
    case 'hashed':
      return entry.digest
    case 'string':
      return entry.text
    case 'date':
      return entry.from
    case 'number':
      return entry.low
    case 'uri':
      return entry.uri
    case 'reference':
      return `${entry.type}/${entry.id}`
  }
}

function compareValues(a: string | number, b: string | number): number {
  if (typeof a === 'number' && typeof b === 'number') return Number(a > b) - Number(a < b)
  return Buffer.compare(Buffer.from(String(a)), Buffer.from(String(b)))
}
