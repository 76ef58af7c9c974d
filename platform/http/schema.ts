// Short words for the JSON Schemas of routes.
import type { JsonSchema } from './route.ts'

export const string: JsonSchema = { type: 'string' }
export const integer: JsonSchema = { type: 'integer' }
export const number: JsonSchema = { type: 'number' }
export const boolean: JsonSchema = { type: 'boolean' }
export const anything: JsonSchema = {}
/** Milliseconds since 1970. */
export const instantMs: JsonSchema = { type: 'integer', description: 'ms since 1970-01-01T00:00:00Z' }
export const bilingual: JsonSchema = object({ zh: string, en: string })

export function oneOf(...values: readonly string[]): JsonSchema {
  return { type: 'string', enum: values }
}

export function list(items: JsonSchema): JsonSchema {
  return { type: 'array', items }
}

export function map(values: JsonSchema): JsonSchema {
  return { type: 'object', additionalProperties: values }
}

/** Members whose name ends in `?` are optional. */
export function object(members: Readonly<Record<string, JsonSchema>>): JsonSchema {
  const properties = Object.fromEntries(Object.entries(members).map(([name, schema]) => [name.replace(/\?$/, ''), schema]))
  return { type: 'object', properties, required: Object.keys(members).filter(name => !name.endsWith('?')), additionalProperties: false }
}

export const faultSchema: JsonSchema = object({ code: string, category: string, 'at?': string, text: string, 'hint?': string })
