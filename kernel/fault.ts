// A Fault says what went wrong, where and of which kind; its texts and its answers in each protocol come from the one catalogue.
import { catalogue, type FaultCode } from './faults/catalogue.ts'
import { categories, type FaultCategory, type FaultSpec, type Language } from './faults/spec.ts'

export type { FaultCategory, FaultCode, FaultSpec, Language }

export type Fault = {
  readonly code: FaultCode
  readonly category: FaultCategory
  /** Where: an HL7 v2 path (`PID[1]-5[2].1`), a FHIR expression (`Patient.name[0].family`), `line:column`, or a file name. */
  readonly at?: string
  readonly args?: FaultArgs
  readonly causes?: readonly Fault[]
}

export type FaultArgs = Readonly<Record<string, string | number>>

export function fault(code: FaultCode, details: { at?: string; args?: FaultArgs; causes?: readonly Fault[] } = {}): Fault {
  return { code, category: catalogue[code].category, ...details }
}

/** The sentence a person reads, with the fault's arguments filled in. */
export function faultText(fault: Fault, language: Language): string {
  return fill(catalogue[fault.code][language], fault.args)
}

/** What the operator can do about it; empty when the sentence says it all. */
export function faultHint(fault: Fault, language: Language): string {
  const spec: FaultSpec = catalogue[fault.code]
  return fill(spec.hint?.[language] ?? '', fault.args)
}

/** How the fault is answered outside: HL7 v2 acknowledgement code and table 0357 error, HTTP status, FHIR issue type. */
export function faultAnswer(fault: Fault): { ack: 'AE' | 'AR'; error: string; http: number; issue: string } {
  const spec: FaultSpec = catalogue[fault.code]
  const usual = categories[spec.category]
  return { ack: spec.ack ?? usual.ack, error: spec.error ?? usual.error, http: spec.http ?? usual.http, issue: spec.issue ?? usual.issue }
}

/** A retry of the same work can succeed later without anyone mending anything. */
export function isTransient(fault: Fault): boolean {
  return categories[fault.category].transient
}

function fill(template: string, args: FaultArgs = {}): string {
  return template.replace(/\{(\w+)\}/g, (whole, name: string) => (name in args ? String(args[name]) : whole))
}
