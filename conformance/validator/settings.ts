// What a caller may choose of the validator, and what holds when nothing is chosen.
import type { Clock } from '#kernel/clock.ts'
import type { JsonObject } from '#kernel/json.ts'
import type { Severity } from '#kernel/ports/validator.ts'

/** Whether what a reference outside of the validated resource leads to must exist, as `resolve` knows it. */
export type ReferencePolicy = 'ignore' | 'exists'

export type ValidatorSettings = {
  /** Example URLs (example.org, acme.com) stand for real ones. */
  readonly examples: boolean
  /** Severity of what is best practice only. */
  readonly bestPractice: 'ignore' | Severity
  readonly references: ReferencePolicy
  /** Contained resources are looked at. */
  readonly contained: boolean
  /** Text that looks like HTML is an error, not a hint. */
  readonly security: boolean
  /** HTML in markdown. */
  readonly markdownHtml: 'ignore' | 'warning' | 'error'
  /** Extensions that nobody defines are accepted, with a hint. */
  readonly unknownExtensions: boolean
  /** Extensions whose URL begins with one of these are accepted in any case. */
  readonly extensionDomains: readonly string[]
  /** A wrong display is an error; otherwise a warning. */
  readonly displayErrors: boolean
  /** Relative references look like `Type/id`. */
  readonly restReferences: boolean
  /** Relative references in entries without a RESTful fullUrl are not resolved in the bundle, as R5 says. */
  readonly strictRelativeReferences: boolean
  /** A resource outside, by its reference: null when there is none, undefined when nobody has looked yet. */
  readonly resolve: ((reference: string) => JsonObject | null | undefined) | undefined
  /** Observations with the LOINC codes of vital signs meet R4's profiles of them, as R4 demands. */
  readonly vitalSigns: boolean
  /** Comments in JSON are let pass. */
  readonly comments: boolean
  /** For now() in invariants and limits relative to today; without it they are not judged. */
  readonly clock: Clock | undefined
  /** The profiles of `meta.profile` count. */
  readonly declaredProfiles: boolean
}

export const defaultSettings: ValidatorSettings = {
  examples: true,
  bestPractice: 'warning',
  references: 'ignore',
  contained: true,
  security: false,
  markdownHtml: 'ignore',
  unknownExtensions: true,
  extensionDomains: [],
  displayErrors: true,
  restReferences: false,
  strictRelativeReferences: false,
  resolve: undefined,
  vitalSigns: true,
  comments: false,
  clock: undefined,
  declaredProfiles: true,
}
