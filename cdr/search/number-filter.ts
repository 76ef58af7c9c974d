// Number and quantity parameters (search.html#number, #quantity): `eq` means the precision as written, the other prefixes the exact value.
import { ok, type Result } from '#kernel/result.ts'
import type { Filter } from '#kernel/search-plan.ts'
import { type AskedNumber, askedNumber } from '../index/number-interval.ts'
import type { Parameter } from '../index/parameters.ts'
import { canonicalParameter, ucum } from '../index/quantity-entries.ts'
import { canonicalUnit, convert } from '../index/unit.ts'
import { readPrefix } from './date-filter.ts'
import { anyOf, badModifier, badValue, inRows } from './filter.ts'
import { splitValue, unescapeValue } from './values.ts'

type NumberTest = Omit<Extract<Filter, { op: 'number' }>, 'op' | 'param' | 'unit'>

export function numberFilter(parameter: Parameter, modifier: string | undefined, text: string): Result<Filter> {
  if (modifier !== undefined) return badModifier(parameter, modifier)
  const test = readTest(unescapeValue(text))
  return test ? ok(inRows(parameter, row => ({ op: 'number', param: row.code, ...test }))) : badValue(parameter)
}

/** `5.4|http://unitsofmeasure.org|mg`, `5.4||mg`, `5.4`. A UCUM unit meets every unit of its dimension. */
export function quantityFilter(parameter: Parameter, modifier: string | undefined, text: string): Result<Filter> {
  if (modifier !== undefined) return badModifier(parameter, modifier)
  const parts = splitValue(text, '|').map(unescapeValue)
  const test = readTest(parts[0]!)
  if (!test || parts.length === 2 || parts.length > 3) return badValue(parameter)
  const [, system = '', code = ''] = parts
  if (code === '') return system === '' ? ok(inRows(parameter, row => ({ op: 'number', param: row.code, ...test }))) : badValue(parameter)
  const canonical = system === ucum ? canonicalUnit(code) : undefined
  if (canonical)
    return ok(
      inRows(parameter, row => ({
        op: 'number',
        param: canonicalParameter(row.code),
        prefix: test.prefix,
        low: convert(test.low, canonical),
        high: convert(test.high, canonical),
        unit: canonical.unit,
      })),
    )
  const units = system === '' ? [`|${code}`, `${ucum}|${code}`] : [`${system}|${code}`]
  return ok(inRows(parameter, row => anyOf(units.map(unit => ({ op: 'number', param: row.code, ...test, unit })))))
}

function readTest(text: string): NumberTest | undefined {
  const { prefix, rest } = readPrefix(text)
  const asked = askedNumber(rest)
  return asked && { prefix, ...rangeOf(prefix, asked) }
}

function rangeOf(prefix: NumberTest['prefix'], { value, low, high }: AskedNumber): { low: number; high: number } {
  if (prefix === 'eq' || prefix === 'ne') return { low, high }
  if (prefix !== 'ap') return { low: value, high: value }
  const tenth = Math.abs(value) / 10
  return { low: Math.min(low, value - tenth), high: Math.max(high, value + tenth) }
}
