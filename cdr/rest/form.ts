// The two forms of a resource on the wire (json.html, xml.html): bodies in either are read to the same JSON, answers are written from it.
import { parseResource } from '#formats/fhir/json/read.ts'
import { readStored } from '#formats/fhir/json/stored.ts'
import { parseXmlResource } from '#formats/fhir/xml/read.ts'
import { printXmlResource } from '#formats/fhir/xml/write.ts'
import { fault } from '#kernel/fault.ts'
import type { JsonObject } from '#kernel/json.ts'
import { limits } from '#kernel/limits.ts'
import { failed, ok, type Result } from '#kernel/result.ts'
import { type Format, mediaTypes } from './negotiate.ts'

/** Faults `json.…`, `xml.…` and `fhir-xml.…`, with line and column. */
export function readForm(bytes: Uint8Array, format: Format): Result<JsonObject> {
  if (format === 'json') return parseResource(bytes)
  const resource = parseXmlResource(bytes)
  if (resource.ok && !isWithin(resource.value, limits.jsonDepthMax))
    return failed(fault('xml.too-deep', { args: { max: limits.jsonDepthMax } }))
  return resource
}

/** FHIR JSON as it was stored or made for the answer, in the form asked for. Fault `fhir.not-acceptable` for what XML cannot hold. */
export function writeForm(body: Buffer | string, format: Format, pretty: boolean): Result<Buffer> {
  if (format === 'json' && !pretty) return ok(Buffer.isBuffer(body) ? body : Buffer.from(body))
  const resource = readStored(body.toString('utf8'))
  if (format === 'json') return ok(Buffer.from(JSON.stringify(resource, null, 2)))
  const written = printXmlResource(resource)
  if (written.ok) return ok(Buffer.from(written.value))
  return failed(fault('fhir.not-acceptable', { args: { type: mediaTypes.xml }, causes: [written.fault] }))
}

/** What is stored must be readable again as JSON, whose depth has a limit of its own. */
function isWithin(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return true
  return levels > 0 && Object.values(value).every(member => isWithin(member, levels - 1))
}
