// What every kind of search parameter is turned into: alternatives of one value become `or`, several places of one value too.

import { type Fault, fault } from '#kernel/fault.ts'
import { failed, type Result } from '#kernel/result.ts'
import type { Filter } from '#kernel/search-plan.ts'
import type { Parameter, RowSource } from '../index/parameters.ts'

/** What a filter may depend on besides its own text. */
export type FilterContext = {
  /** Base URLs under which this server's own resources are named, each without a slash at its end. */
  readonly bases: readonly string[]
  readonly nowMs: number
  /** Keyed hash of a sensitive value, as the index holds it. */
  readonly digest: (value: string) => string
}

/** One alternative of one parameter: its text still has escapes. */
export type FilterMaker = (parameter: Parameter, modifier: string | undefined, text: string, context: FilterContext) => Result<Filter>

export function anyOf(filters: readonly Filter[]): Filter {
  return filters.length === 1 ? filters[0]! : { op: 'or', of: filters }
}

export function allOf(filters: readonly Filter[]): Filter {
  return filters.length === 1 ? filters[0]! : { op: 'and', of: filters }
}

/** The same question to every place that holds the parameter's values. */
export function inRows(parameter: Parameter, filter: (row: RowSource) => Filter): Filter {
  return anyOf(parameter.rows.map(filter))
}

export function badValue(parameter: { code: string }): { ok: false; fault: Fault } {
  return failed(fault('fhir.parameter-value', { at: parameter.code, args: { parameter: parameter.code } }))
}

export function badModifier(parameter: { code: string }, modifier: string): { ok: false; fault: Fault } {
  return failed(fault('fhir.modifier-unsupported', { at: parameter.code, args: { parameter: parameter.code, modifier } }))
}
