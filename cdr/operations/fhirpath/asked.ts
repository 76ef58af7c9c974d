// What a call of $fhirpath asks for: the Parameters of the contract that FHIRPath test pages use (fhirpath-lab server engine API).
import { parseResource } from '#formats/fhir/json/read.ts'
import { parseXmlResource } from '#formats/fhir/xml/read.ts'
import { fault } from '#kernel/fault.ts'
import type { JsonObject } from '#kernel/json.ts'
import { failed, ok, type Result } from '#kernel/result.ts'
import { extensionText, partNamed, partsIn, textOf, valueIn } from '../parameters.ts'

/** Where a resource of another kind, or one in XML, stands as text. */
export const jsonValueUrl = 'http://fhir.forms-lab.com/StructureDefinition/json-value'
const xmlValueUrl = 'http://fhir.forms-lab.com/StructureDefinition/xml-value'

export type FhirPathAsked = {
  readonly expression: string
  readonly context: string | undefined
  readonly resource: JsonObject | undefined
  readonly variables: Readonly<Record<string, unknown>>
  /** The parts as they came, to be told back. */
  readonly echo: readonly JsonObject[]
}

export function readFhirPathAsked(body: JsonObject): Result<FhirPathAsked> {
  if (body['resourceType'] !== 'Parameters') {
    const found = String(body['resourceType'] ?? '—').slice(0, 64)
    return failed(fault('fhir.type-mismatch', { at: 'resourceType', args: { expected: 'Parameters', found } }))
  }
  const parts = partsIn(body)
  const expression = textOf(partNamed(parts, 'expression'))
  if (expression === undefined) return failed(missing('expression'))
  const resource = readSubject(partNamed(parts, 'resource'))
  if (!resource.ok) return resource
  const context = textOf(partNamed(parts, 'context'))
  const variables = Object.fromEntries(
    parts
      .filter(part => part['name'] === 'variables')
      .flatMap(part => partsIn(part, 'part'))
      .map(part => [String(part['name']), part['resource'] ?? valueIn(part)]),
  )
  const echo = parts.filter(part => ['expression', 'context', 'resource', 'variables'].includes(String(part['name'])))
  return ok({ expression, context: context === '' ? undefined : context, resource: resource.value, variables, echo })
}

/** Without a resource the expression is evaluated on nothing: literals and functions of their own have values all the same. */
function readSubject(part: JsonObject | undefined): Result<JsonObject | undefined> {
  if (!part) return ok(undefined)
  const json = extensionText(part, jsonValueUrl)
  if (json !== undefined) return parseResource(json)
  const xml = extensionText(part, xmlValueUrl)
  if (xml !== undefined) return parseXmlResource(xml)
  const resource = part['resource']
  return typeof resource === 'object' && resource !== null ? ok(resource as JsonObject) : failed(missing('resource'))
}

function missing(name: string) {
  return fault('http.parameter', { at: name, args: { name, reason: 'Parameters.parameter' } })
}
