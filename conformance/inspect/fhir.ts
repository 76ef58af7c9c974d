// A FHIR resource looked at, in JSON or XML: whether it can be read, and what the validator says of it.
import { parseResource } from '#formats/fhir/json/read.ts'
import { parseXmlResource } from '#formats/fhir/xml/read.ts'
import { decodeXml } from '#formats/xml/declaration.ts'
import type { Validator } from '#kernel/ports/validator.ts'
import { type Inspected, placed } from './inspected.ts'

export function inspectFhir(
  bytes: Uint8Array,
  kind: 'fhir-json' | 'fhir-xml',
  profiles: readonly string[],
  validator: Validator,
): Inspected {
  const decoded = kind === 'fhir-xml' ? decodeXml(bytes) : undefined
  const read = decoded?.ok
    ? { text: decoded.value.text, charset: decoded.value.charset }
    : { text: Buffer.from(bytes).toString('utf8'), charset: 'utf-8' }
  const resource = kind === 'fhir-json' ? parseResource(bytes) : parseXmlResource(bytes)
  if (!resource.ok) return { kind, ...read, findings: [placed({ severity: 'fatal', fault: resource.fault })] }
  const name = resource.value['resourceType']
  const findings = validator.validate(resource.value, { profiles, mode: 'strict' }).map(placed)
  return { kind, ...(typeof name === 'string' ? { name } : {}), ...read, findings }
}
