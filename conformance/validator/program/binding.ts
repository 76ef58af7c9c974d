// Bindings (terminologies.html#strength): codes of a bound element against its value set, through the port of code systems.
import type { BindingTable } from '#formats/fhir/model/tables.ts'
import type { FaultCode } from '#kernel/fault.ts'
import type { AskedCode } from '#kernel/ports/codes.ts'
import type { Severity } from '#kernel/ports/validator.ts'
import type { Raw } from '../definitions/definition.ts'
import type { Run } from '../walk/run.ts'
import type { ElementCheck } from './type-program.ts'

/** Undefined where nothing is to be checked. */
export function bindingCheck(binding: BindingTable | undefined, type: string): ElementCheck | undefined {
  const codes = readers[type]
  if (!binding || !codes) return undefined
  const rules = [ruleOf(binding.strength, binding.set), binding.max === undefined ? undefined : { set: binding.max, ...outcomes.maximum }]
  const kept = rules.filter(rule => rule !== undefined)
  if (kept.length === 0) return undefined
  return (value, run) => {
    const asked = codes(value)
    for (const rule of kept) checkCodes(asked, value, rule, run)
  }
}

export type BindingRule = { readonly set: string } & Outcomes

type Outcomes = {
  readonly strength: string
  readonly code: FaultCode
  readonly severity: Severity
  /** What a concept without any code means. */
  readonly absent: Severity | undefined
}

const outcomes = {
  required: { strength: 'required', code: 'validator.not-in-value-set', severity: 'error', absent: 'error' },
  extensible: { strength: 'extensible', code: 'validator.not-in-extensible', severity: 'warning', absent: 'warning' },
  preferred: { strength: 'preferred', code: 'validator.not-in-preferred', severity: 'information', absent: undefined },
  maximum: { strength: 'maximum', code: 'validator.not-in-maximum', severity: 'error', absent: 'error' },
} satisfies Record<string, Outcomes>

export function ruleOf(strength: string, set: string | undefined): BindingRule | undefined {
  if (set === undefined || set === '' || !Object.hasOwn(outcomes, strength)) return undefined
  return { set, ...outcomes[strength as keyof typeof outcomes] }
}

const readers: Readonly<Record<string, (value: unknown) => readonly AskedCode[]>> = {
  code: ofText,
  string: ofText,
  uri: ofText,
  url: ofText,
  canonical: ofText,
  id: ofText,
  markdown: ofText,
  Coding: ofCoding,
  Quantity: ofCoding,
  Age: ofCoding,
  Duration: ofCoding,
  Count: ofCoding,
  Distance: ofCoding,
  SimpleQuantity: ofCoding,
  Money: ofCurrency,
  CodeableConcept: value => {
    const list = (value as Raw)['coding']
    return Array.isArray(list) ? list.flatMap(ofCoding) : []
  },
}

export function codesOf(value: unknown, type: string): readonly AskedCode[] | undefined {
  return readers[type]?.(value)
}

function ofText(value: unknown): readonly AskedCode[] {
  return typeof value === 'string' ? [{ code: value }] : []
}

function ofCurrency(value: unknown): readonly AskedCode[] {
  const currency = (value as Raw)['currency']
  return typeof currency === 'string' ? [{ system: 'urn:iso:std:iso:4217', code: currency }] : []
}

function ofCoding(value: unknown): readonly AskedCode[] {
  const { system, code, version, display } = (value ?? {}) as Raw
  if (typeof code !== 'string') return []
  return [
    {
      code,
      // A Coding without a system is of no system: it is in no value set, whatever its code.
      system: typeof system === 'string' ? system : '',
      ...(typeof version === 'string' ? { version } : {}),
      ...(typeof display === 'string' ? { display } : {}),
    },
  ]
}

/** One of the codes must be in the set. */
export function checkCodes(asked: readonly AskedCode[], value: unknown, rule: BindingRule, run: Run): void {
  const { set, severity, code } = rule
  if (asked.length === 0) return absent(value, rule, run)
  let worst: 'outside' | 'undecided' | 'unknown-set' = 'outside'
  for (const one of asked) {
    const answer = run.world.codes.membership(set, one)
    if (answer === 'member') return
    if (answer !== 'outside') worst = answer
  }
  if (worst === 'unknown-set') return run.warning('validator.value-set-unknown', { set })
  const shown = asked.map(print).join(', ')
  if (worst === 'undecided') return run.hint('validator.value-set-unusable', { set, code: shown, system: asked[0]!.system ?? '' })
  run.say(severity, code, { code: shown, set })
}

function absent(value: unknown, { set, absent: severity }: BindingRule, run: Run): void {
  if (severity === undefined || typeof value === 'string') return
  const hasText = typeof value === 'object' && value !== null && Object.keys(value).some(name => name !== 'id' && name !== 'text')
  if (hasText && 'extension' in (value as Raw)) return
  run.say(severity, severity === 'error' ? 'validator.code-required' : 'validator.code-absent', { set })
}

function print({ system, code }: AskedCode): string {
  return system ? `${system}#${code}` : code
}
