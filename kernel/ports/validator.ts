// The validator port: judges a resource before it is written, and for `$validate`. Findings are faults with their place; nothing is read or written.
import type { Fault } from '../fault.ts'
import type { JsonObject } from '../json.ts'

/** What a tenant asks of writes. `strict`: an error refuses. `lenient`: findings are reported, the resource is kept. `off`: nothing is looked at. */
export type ValidationMode = 'strict' | 'lenient' | 'off'

export type Severity = 'fatal' | 'error' | 'warning' | 'information'

export type Finding = {
  readonly severity: Severity
  /** `at` is the FHIRPath of the element, e.g. `Patient.name[0].family`. */
  readonly fault: Fault
  /** Where the source text has it, both counted from 1; only when the source was at hand. */
  readonly line?: number
  readonly column?: number
}

export interface Validator {
  /** `profiles`: canonical URLs to meet besides the base definition and those of `meta.profile`. Empty when nothing is wrong. */
  validate(resource: JsonObject, asked: { readonly profiles: readonly string[]; readonly mode: ValidationMode }): readonly Finding[]
}
