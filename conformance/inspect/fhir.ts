// A FHIR resource looked at, in JSON or XML: what the validator says of its text, each finding with line and column.
import { utf8InvalidAt } from '#formats/charset/utf8.ts'
import { decodeXml } from '#formats/xml/declaration.ts'
import { fault } from '#kernel/fault.ts'
import type { Finding } from '#kernel/ports/validator.ts'
import { failed, ok, type Result } from '#kernel/result.ts'
import { offsetPlace } from './hl7v2-places.ts'
import { type Inspected, placed } from './inspected.ts'
import { rootOf } from './recognise.ts'

/** What is asked of the validator (conformance/validator). */
export interface TextValidator {
  validateText(text: string, asked: { readonly format: 'json' | 'xml'; readonly profiles: readonly string[] }): readonly Finding[]
}

type FhirKind = 'fhir-json' | 'fhir-xml'

export function inspectFhir(bytes: Uint8Array, kind: FhirKind, profiles: readonly string[], validator: TextValidator): Inspected {
  const decoded = kind === 'fhir-xml' ? decodeXml(bytes) : decodeJson(bytes)
  if (!decoded.ok)
    return { kind, findings: [{ severity: 'fatal', fault: decoded.fault, ...offsetPlace(bytes, Number(decoded.fault.at ?? 0)) }] }
  const { charset } = decoded.value
  const text = decoded.value.text.replace(/^\ufeff/, '')
  const name = kind === 'fhir-json' ? typeInJson(text) : rootOf(text.slice(0, headMax))
  const findings = validator.validateText(text, { format: kind === 'fhir-json' ? 'json' : 'xml', profiles }).map(placed)
  return { kind, ...(name === undefined ? {} : { name }), text, charset, findings }
}

const headMax = 8192

/** FHIR JSON is UTF-8 and nothing else. */
function decodeJson(bytes: Uint8Array): Result<{ readonly text: string; readonly charset: string }> {
  const offset = utf8InvalidAt(bytes)
  if (offset < 0) return ok({ text: Buffer.from(bytes).toString('utf8'), charset: 'utf-8' })
  return failed(fault('json.encoding', { at: `${offset}`, args: { offset } }))
}

function typeInJson(text: string): string | undefined {
  try {
    const { resourceType } = JSON.parse(text) as { resourceType?: unknown }
    return typeof resourceType === 'string' ? resourceType : undefined
  } catch {
    return undefined
  }
}
