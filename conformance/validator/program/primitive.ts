// Values of primitive types (datatypes.html#primitive): the JSON type each is written as, and the format of its text.
import { ExactDecimal } from '#formats/fhir/decimal.ts'
import type { ElementDefinition, TypeDefinition } from '#formats/fhir/model/model.ts'
import { dateChecks } from '../datatypes/temporal.ts'
import { textChecks } from '../datatypes/text.ts'
import { uriChecks } from '../datatypes/uri.ts'
import type { Run } from '../walk/run.ts'

/** False when the value is of the wrong JSON type, so that nothing else can be said of it. */
export type PrimitiveCheck = (value: unknown, run: Run) => boolean

export type TextCheck = (text: string, run: Run) => void

export function primitiveCheck(type: TypeDefinition, element: ElementDefinition): PrimitiveCheck {
  if (type.name === 'boolean') return boolean
  if (type.name === 'decimal') return decimal
  if (type.system === 'Integer') return integer(type)
  const format = (textChecks[type.name] ?? dateChecks[type.name] ?? uriChecks[type.name] ?? textChecks['string'])!
  const { maxLength } = element
  return (value, run) => {
    if (typeof value !== 'string') return wrongType(type.name, 'string', value, run)
    if (value === '') run.error('validator.empty-string')
    else format(value, run)
    if (maxLength !== undefined && value.length > maxLength) run.error('validator.max-length', { length: value.length, max: maxLength })
    return true
  }
}

const boolean: PrimitiveCheck = (value, run) => {
  if (typeof value === 'boolean') return true
  return wrongType('boolean', 'boolean', value, run)
}

const decimal: PrimitiveCheck = (value, run) => {
  if (typeof value === 'number' ? Number.isFinite(value) : value instanceof ExactDecimal) return true
  return wrongType('decimal', 'number', value, run)
}

function integer(type: TypeDefinition): PrimitiveCheck {
  const { minimum = -2147483648, maximum = 2147483647 } = type.format
  return (value, run) => {
    if (typeof value !== 'number' && !(value instanceof ExactDecimal)) return wrongType(type.name, 'number', value, run)
    const number = Number(value)
    if (!/^-?\d+$/.test(String(value))) run.error('validator.integer', { found: String(value) })
    else if (number < minimum || number > maximum) run.error('validator.integer-range', { found: String(value), type: type.name })
    return true
  }
}

function wrongType(type: string, expected: string, value: unknown, run: Run): false {
  run.error('validator.json-type', { type, expected, found: value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value })
  return false
}
