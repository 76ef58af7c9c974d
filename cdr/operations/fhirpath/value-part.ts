// FHIRPath values as parts of Parameters: named by their FHIR type, the value in the value[x] of that type, else as JSON text in an extension.
import type { TypedValue } from '#formats/fhir/fhirpath/values/typed-value.ts'
import { r4 } from '#formats/fhir/model/r4.ts'
import type { JsonObject, JsonValue } from '#kernel/json.ts'
import { jsonValueUrl } from './asked.ts'

const pathUrl = 'http://fhir.forms-lab.com/StructureDefinition/resource-path'

/** FHIRPath's own types by the FHIR type that carries them. */
const carriers: Readonly<Record<string, string>> = {
  'System.Boolean': 'boolean',
  'System.String': 'string',
  'System.Integer': 'integer',
  'System.Decimal': 'decimal',
  'System.Date': 'date',
  'System.DateTime': 'dateTime',
  'System.Time': 'time',
  'System.Quantity': 'Quantity',
}

const parameterTypes = r4.type('Parameters.parameter')!.members

/** `path` names the element in the resource, where the value stands in it. */
export function valuePart({ type, value, element }: TypedValue, path: string | undefined): JsonObject {
  const name = carriers[type] ?? type
  const extension: JsonObject[] = path === undefined ? [] : [{ url: pathUrl, valueString: path }]
  if (value === '') return { ...extended(extension), name: 'empty-string' }
  if (r4.type(name)?.kind === 'resource') return { ...extended(extension), name, resource: value as JsonObject }
  const member = `value${name.charAt(0).toUpperCase()}${name.slice(1)}`
  if (!parameterTypes.has(member)) {
    const text = value === undefined ? {} : { url: jsonValueUrl, valueString: JSON.stringify(value) }
    return { ...extended([...extension, ...('url' in text ? [text] : [])]), name }
  }
  return {
    ...extended(extension),
    name,
    ...(value === undefined ? {} : { [member]: value as JsonValue }),
    ...(element === undefined ? {} : { [`_${member}`]: element as JsonObject }),
  }
}

function extended(extension: JsonObject[]): JsonObject {
  return extension.length === 0 ? {} : { extension }
}
