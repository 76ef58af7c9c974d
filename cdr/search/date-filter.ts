// Date parameters (search.html#date): a prefix and a date of any precision, compared as intervals of time.
import { ok, type Result } from '#kernel/result.ts'
import type { Filter, Prefix } from '#kernel/search-plan.ts'
import { dateInterval, type Interval } from '../index/date-interval.ts'
import type { Parameter } from '../index/parameters.ts'
import { badModifier, badValue, type FilterContext, inRows } from './filter.ts'
import { unescapeValue } from './values.ts'

export function dateFilter(parameter: Parameter, modifier: string | undefined, text: string, context: FilterContext): Result<Filter> {
  if (modifier !== undefined) return badModifier(parameter, modifier)
  const asked = readDate(text, context.nowMs)
  if (!asked) return badValue(parameter)
  return ok(inRows(parameter, row => ({ op: 'date', param: row.code, ...asked })))
}

/** `_lastUpdated`, which the storage keeps itself. */
export function lastUpdatedFilter(modifier: string | undefined, text: string, context: FilterContext): Result<Filter> {
  const parameter = { code: '_lastUpdated' }
  if (modifier !== undefined) return badModifier(parameter, modifier)
  const asked = readDate(text, context.nowMs)
  return asked ? ok({ op: 'lastUpdated', ...asked }) : badValue(parameter)
}

function readDate(text: string, nowMs: number): ({ readonly prefix: Prefix } & Interval) | undefined {
  const { prefix, rest } = readPrefix(unescapeValue(text))
  const interval = dateInterval(rest)
  if (!interval) return undefined
  return { prefix, ...(prefix === 'ap' ? widened(interval, nowMs) : interval) }
}

const prefixes: ReadonlySet<string> = new Set(['eq', 'ne', 'lt', 'gt', 'ge', 'le', 'sa', 'eb', 'ap'])

/** `ge2024` → `ge`, `2024`; without a prefix it is `eq`. */
export function readPrefix(text: string): { prefix: Prefix; rest: string } {
  const start = text.slice(0, 2)
  return prefixes.has(start) ? { prefix: start as Prefix, rest: text.slice(2) } : { prefix: 'eq', rest: text }
}

/** About: a tenth of the distance from now, to either side. */
function widened({ from, to }: Interval, nowMs: number): Interval {
  const tenth = Math.abs(nowMs - (from + to) / 2) / 10
  return { from: from - tenth, to: to + tenth }
}
