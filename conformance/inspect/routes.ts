// The validator over the console API: any text in, its kind and findings with their places out. Nothing is stored.
import { fault, faultHint, faultText, type Language } from '#kernel/fault.ts'
import { limits } from '#kernel/limits.ts'
import type { DocumentChecker } from '#kernel/ports/documents.ts'
import { failed, ok, type Result } from '#kernel/result.ts'
import type { TenantCode } from '#kernel/tenant.ts'
import type { Call, Route } from '#platform/http/route.ts'
import { boolean, integer, list, object, oneOf, string } from '#platform/http/schema.ts'
import type { TextValidator } from './fhir.ts'
import { inspectText } from './inspect.ts'
import { isValid, pathOf, type TextFinding } from './inspected.ts'

export type ValidateTools = {
  /** With the profiles, value sets and code systems that these tenants keep. */
  readonly validatorFor: (tenants: readonly TenantCode[]) => Promise<Result<TextValidator>>
  readonly documents: DocumentChecker
}

const finding = object({
  severity: oneOf('fatal', 'error', 'warning', 'information'),
  code: string,
  text: string,
  'hint?': string,
  'path?': { ...string, description: 'FHIRPath, HL7 v2 path (PID[1]-5[2].1) or XPath of the element' },
  'line?': { ...integer, description: 'from 1' },
  'column?': { ...integer, description: 'from 1, in UTF-16 units' },
  'length?': { ...integer, description: 'characters the finding covers from there' },
})

const answer = object({
  kind: oneOf('hl7v2', 'fhir-json', 'fhir-xml', 'cda', 'unknown'),
  'name?': { ...string, description: 'ADT^A01, Patient, C0007 …' },
  'charset?': string,
  valid: boolean,
  findings: list(finding),
  'text?': { ...string, description: 'what lines and columns count in, with ?text=true' },
})

export function validateRoutes(tools: ValidateTools): Route[] {
  return [
    {
      method: 'POST',
      path: '/api/validate',
      right: 'any',
      tag: 'conformance',
      summary: '校验 HL7 v2、FHIR 或 CDA 文本，不入库 · check a text of HL7 v2, FHIR or CDA without storing it',
      query: {
        profile: { ...string, maxLength: 500, description: 'canonical URL of a profile the FHIR resource must meet' },
        text: { ...boolean, description: 'answer with the text as it was decoded' },
      },
      body: 'bytes',
      answer,
      handle: call => validate(call, tools),
    },
  ]
}

async function validate(call: Call, { validatorFor, documents }: ValidateTools): Promise<Result<unknown>> {
  const { bytes, query, scope, language } = call
  if (bytes.length > limits.resourceBytesMax) return failed(fault('http.too-large', { args: { max: limits.resourceBytesMax } }))
  const validator = await validatorFor(scope.tenants)
  if (!validator.ok) return validator
  const inspected = inspectText(
    bytes,
    { validator: validator.value, documents },
    typeof query['profile'] === 'string' ? [query['profile']] : [],
  )
  const { kind, name, charset, text, findings } = inspected
  return ok({
    kind,
    name,
    charset,
    valid: isValid(inspected),
    findings: findings.map(one => describeFinding(one, language)),
    text: query['text'] === true ? text : undefined,
  })
}

/** A finding as the console and the command line tell it. */
export function describeFinding(of: TextFinding, language: Language): Record<string, unknown> {
  return {
    severity: of.severity,
    code: of.fault.code,
    text: faultText(of.fault, language),
    hint: faultHint(of.fault, language) || undefined,
    path: pathOf(of),
    line: of.line,
    column: of.column,
    length: of.length,
  }
}
