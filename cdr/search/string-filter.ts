// String parameters (search.html#string): starts with, whatever case and accents; `:contains`, `:exact`.
import { ok, type Result } from '#kernel/result.ts'
import type { Filter } from '#kernel/search-plan.ts'
import type { Parameter } from '../index/parameters.ts'
import { foldText, indexedText } from '../index/text.ts'
import { badModifier, badValue, inRows } from './filter.ts'
import { unescapeValue } from './values.ts'

export function stringFilter(parameter: Parameter, modifier: string | undefined, text: string): Result<Filter> {
  const asked = unescapeValue(text)
  const folded = foldText(asked)
  if (folded === '') return badValue(parameter)
  if (modifier === 'exact')
    return ok(inRows(parameter, row => ({ op: 'string', param: row.code, match: 'exact', text: indexedText(asked) })))
  if (modifier !== undefined && modifier !== 'contains') return badModifier(parameter, modifier)
  const match = modifier === 'contains' ? 'contains' : 'prefix'
  return ok(inRows(parameter, row => ({ op: 'string', param: row.code, match, text: folded })))
}
