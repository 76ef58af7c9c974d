// Uri parameters (search.html#uri): exact, or by path with `:below` and `:above`.
import { ok, type Result } from '#kernel/result.ts'
import type { Filter } from '#kernel/search-plan.ts'
import type { Parameter } from '../index/parameters.ts'
import { badModifier, badValue, inRows } from './filter.ts'
import { unescapeValue } from './values.ts'

export function uriFilter(parameter: Parameter, modifier: string | undefined, text: string): Result<Filter> {
  const uri = unescapeValue(text)
  if (uri === '') return badValue(parameter)
  if (modifier !== undefined && modifier !== 'below' && modifier !== 'above') return badModifier(parameter, modifier)
  return ok(inRows(parameter, row => ({ op: 'uri', param: row.code, match: modifier ?? 'exact', uri })))
}
