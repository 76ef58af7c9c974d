// What looking at a text found: of which kind it is, what it calls itself, and findings with their place in it.
import type { Finding } from '#kernel/ports/validator.ts'

export type TextKind = 'hl7v2' | 'fhir-json' | 'fhir-xml' | 'cda' | 'unknown'

export type TextFinding = Finding & {
  /** Characters from the place on that the finding is about; absent where only the place is known. */
  readonly length?: number
}

export type Inspected = {
  readonly kind: TextKind
  /** `ADT^A01`, `Patient`, `C0007`; absent where the text does not say. */
  readonly name?: string
  /** The text that lines and columns count in, and how its bytes were read; absent where they could not be. */
  readonly text?: string
  readonly charset?: string
  readonly findings: readonly TextFinding[]
}

/** No finding is an error. */
export function isValid({ findings }: Pick<Inspected, 'findings'>): boolean {
  return !findings.some(({ severity }) => severity === 'error' || severity === 'fatal')
}

/** The element a finding names: faults of syntax have a line and a column there instead, faults of decoding a byte offset. */
export function pathOf({ fault: { at } }: Finding): string | undefined {
  return at === undefined || at === '(document)' || /^\d+(?::\d+)?$/.test(at) ? undefined : at
}

const linePlace = /^(\d+):(\d+)$/

/** With line and column, where the fault itself says them. */
export function placed(finding: Finding): TextFinding {
  const match = linePlace.exec(finding.fault.at ?? '')
  return match && finding.line === undefined ? { ...finding, line: Number(match[1]), column: Number(match[2]) } : finding
}
