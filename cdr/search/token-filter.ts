// Token parameters (search.html#token): code, |code, system|code, system|; sensitive values are asked for by their keyed hash.
import { ok, type Result } from '#kernel/result.ts'
import type { Filter } from '#kernel/search-plan.ts'
import type { Parameter } from '../index/parameters.ts'
import { contactKey, idCardKey, idCardSystem } from '../index/sensitive.ts'
import { anyOf, badModifier, badValue, type FilterContext, inRows } from './filter.ts'
import { splitValue, unescapeValue } from './values.ts'

/** The system FHIR gives to true and false (search.html#token). */
const specialValues = 'http://terminology.hl7.org/CodeSystem/special-values'
const mayBeIdCard = /^(?:\d{15}|\d{17}[\dX])$/

/** `:not` is applied by the caller over all alternatives together. */
export function tokenFilter(parameter: Parameter, modifier: string | undefined, text: string, context: FilterContext): Result<Filter> {
  if (modifier !== undefined && modifier !== 'not') return badModifier(parameter, modifier)
  const token = readToken(text)
  if (!token) return badValue(parameter)
  return ok(inRows(parameter, row => tokenIn(row.code, parameter, token, context)))
}

export type Token = { readonly system: string | undefined; readonly code: string | undefined }

/** Undefined when neither system nor code is there, or there are too many bars. */
export function readToken(text: string): Token | undefined {
  const parts = splitValue(text, '|').map(unescapeValue)
  if (parts.length > 2) return undefined
  const [first = '', second] = parts
  if (second === undefined) return first === '' ? undefined : { system: undefined, code: first }
  if (first === '' && second === '') return undefined
  return { system: first, code: second === '' ? undefined : second }
}

/** One token in the rows of one parameter. */
export function tokenIn(
  param: string,
  parameter: Pick<Parameter, 'types' | 'impliedSystems'>,
  token: Token,
  context: FilterContext,
): Filter {
  const { system, code } = token
  if (parameter.types.has('ContactPoint') && code !== undefined) return { op: 'hashed', param, digest: context.digest(contactKey(code)) }
  if (parameter.types.has('Identifier') && code !== undefined) {
    if (system === idCardSystem) return { op: 'hashed', param, system, digest: context.digest(idCardKey(code)) }
    const plain: Filter = { op: 'token', param, system, code }
    const card = idCardKey(code)
    if (system !== undefined || !mayBeIdCard.test(card)) return plain
    return anyOf([plain, { op: 'hashed', param, system: idCardSystem, digest: context.digest(card) }])
  }
  if (system !== undefined && (parameter.impliedSystems.has(system) || (system === specialValues && parameter.types.has('boolean'))))
    return impliedToken(param, parameter, system, code)
  return { op: 'token', param, system, code }
}

/** Codes of an element of type code are stored without the system that their binding implies. */
function impliedToken(param: string, parameter: Pick<Parameter, 'types'>, system: string, code: string | undefined): Filter {
  const own: Filter = { op: 'token', param, system: '', code }
  const codesOnly = [...parameter.types].every(type => type === 'code' || type === 'boolean')
  return codesOnly ? own : anyOf([own, { op: 'token', param, system, code }])
}
