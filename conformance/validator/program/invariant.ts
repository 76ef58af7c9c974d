// Invariants (conformance-rules.html#constraints): compiled once for the type they stand on, run by the one FHIRPath engine.
import { compile, type Expression } from '#formats/fhir/fhirpath/expression.ts'
import type { Item } from '#formats/fhir/fhirpath/values/collection.ts'
import { type Fault, faultText } from '#kernel/fault.ts'
import type { Run } from '../walk/run.ts'
import { correctedExpressions } from './errata.ts'

export type InvariantSource = {
  readonly key: string
  readonly severity: 'error' | 'warning'
  readonly human: string
  readonly expression?: string
  readonly bestPractice?: boolean
}

export type Invariant = { readonly key: string; check(focus: Item, run: Run): void }

/**
 * What the walk asserts itself, in a way that its expression in R4 only approximates: ele-1 (every element has a value or children),
 * ref-1 (empty, thus failed, for a reference that has only a display), dom-3 (`as()` on many items, which FHIRPath forbids).
 */
const asserted = new Set(['ele-1', 'ref-1', 'dom-3'])

/** `profile` is named by findings where the invariant is not the base specification's. Undefined: nothing to be run. */
export function compileInvariant(source: InvariantSource, type: string, profile?: string): Invariant | undefined {
  const { key, expression: text } = source
  if (text === undefined || asserted.has(key)) return undefined
  const compiled = compile(profile === undefined ? anchored(correctedExpressions.get(key) ?? text) : text, { type })
  if (!compiled.ok) return { key, check: (_, run) => unusable(source, compiled.fault, run) }
  return { key, check: check(source, compiled.value, profile) }
}

function check(source: InvariantSource, expression: Expression, profile: string | undefined): Invariant['check'] {
  return (focus, run) => {
    const answer = expression.check(focus, run.evaluation)
    if (answer === true) return
    if (typeof answer === 'object') return unusable(source, answer, run)
    const severity = source.bestPractice ? run.settings.bestPractice : source.severity
    const human = profile === undefined ? source.human : `${source.human} (${profile})`
    run.say(severity, 'validator.invariant', { key: source.key, human })
  }
}

function unusable({ key }: InvariantSource, fault: Fault, run: Run): void {
  run.error('validator.invariant-unusable', { key, reason: faultText(fault, 'en') })
}

/** Expressions of R4 were written when matches() meant the whole value; FHIRPath has since let it find a part. */
function anchored(expression: string): string {
  return expression.replace(/\.matches\('((?:[^'\\]|\\.)*)'\)/g, (whole, pattern: string) =>
    pattern.startsWith('^') ? whole : `.matches('^(?:${pattern})$')`,
  )
}
