// Looks at any text a hospital system may send: recognised by its content, read by its own codec, judged by its own checker.
import { decode } from '#formats/charset/decode.ts'
import { type Fault, fault } from '#kernel/fault.ts'
import type { DocumentChecker } from '#kernel/ports/documents.ts'
import { inspectFhir, type TextValidator } from './fhir.ts'
import { inspectHl7v2 } from './hl7v2.ts'
import { type Inspected, placed } from './inspected.ts'
import { recognise } from './recognise.ts'

export type InspectTools = {
  readonly validator: TextValidator
  readonly documents: DocumentChecker
}

/** Never fails: bytes that nobody can read are one finding. `profiles`: canonical URLs that a FHIR resource must meet besides those it states. */
export function inspectText(bytes: Uint8Array, tools: InspectTools, profiles: readonly string[] = []): Inspected {
  if (Buffer.from(bytes.subarray(0, 64)).toString('latin1').trim() === '') return unknown(fault('inspect.empty'))
  const kind = recognise(bytes)
  switch (kind) {
    case 'hl7v2':
      return inspectHl7v2(bytes)
    case 'cda':
      return inspectCda(bytes, tools.documents)
    case 'fhir-json':
    case 'fhir-xml':
      return inspectFhir(bytes, kind, profiles, tools.validator)
    case 'unknown': {
      const decoded = decode(bytes)
      return unknown(decoded.ok ? fault('inspect.unrecognised') : decoded.fault, decoded.ok ? decoded.value : undefined)
    }
  }
}

function inspectCda(bytes: Uint8Array, checker: DocumentChecker): Inspected {
  const { code, findings } = checker.check(bytes)
  const decoded = decode(bytes)
  const read = decoded.ok ? { text: decoded.value.text, charset: decoded.value.charset } : {}
  return { kind: 'cda', ...(code === undefined ? {} : { name: code }), ...read, findings: findings.map(placed) }
}

function unknown(trouble: Fault, read?: { readonly text: string; readonly charset: string }): Inspected {
  const told = read ? { text: read.text, charset: read.charset } : {}
  return { kind: 'unknown', ...told, findings: [{ severity: 'fatal', fault: trouble }] }
}
