// A vendor contract for JSON messages is a JSON Schema beside the channel: checked before the message is accepted, each breach with its place.
import { readFileSync } from 'node:fs'
import { Ajv } from 'ajv'
import addFormats from 'ajv-formats'
import { type Fault, fault } from '#kernel/fault.ts'
import type { JsonValue } from '#kernel/json.ts'

export type Contract = (value: JsonValue) => readonly Fault[]

const faultsMax = 20

export function openContract(file: string): Contract {
  const ajv = new Ajv({ allErrors: true, strict: false })
  addFormats.default(ajv)
  const validate = ajv.compile(JSON.parse(readFileSync(file, 'utf8')) as object)
  return value => {
    if (validate(plainNumbers(value))) return []
    return (validate.errors ?? []).slice(0, faultsMax).map(({ instancePath, keyword, params, message }) => {
      const at = instancePath.slice(1).replace(/\//g, '.')
      const missing = params?.['missingProperty']
      const field = missing === undefined ? at : [at, missing].filter(Boolean).join('.')
      if (keyword === 'required') return fault('json.field-missing', { at: field, args: { field } })
      return fault('json.value-invalid', { at: field, args: { field: field || '(root)', reason: message ?? keyword } })
    })
  }
}

/** Exact decimals as the numbers they are, for the checks of the schema. */
function plainNumbers(value: JsonValue): unknown {
  if (Array.isArray(value)) return value.map(plainNumbers)
  if (typeof value !== 'object' || value === null) return value
  if ('toJSON' in value) return Number(String(value))
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, member === undefined ? undefined : plainNumbers(member)]))
}
