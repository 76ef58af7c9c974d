// TypeScript types of the console API from its OpenAPI description, in the shape that openapi-fetch reads (`paths`).

type Schema = {
  readonly type?: string | readonly string[]
  readonly properties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
  readonly additionalProperties?: boolean | Schema
  readonly items?: Schema
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly oneOf?: readonly Schema[]
}
type Content = Readonly<Record<string, { readonly schema?: Schema }>>
type Parameter = { readonly name: string; readonly in: 'path' | 'query'; readonly required: boolean; readonly schema?: Schema }
type Operation = {
  readonly summary: string
  readonly parameters: readonly Parameter[]
  readonly requestBody?: { readonly content: Content }
  readonly responses: Readonly<Record<string, { readonly content: Content }>>
}
export type OpenApi = { readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>> }

export function apiTypes(description: OpenApi): string {
  const paths = Object.entries(description.paths).sort(([a], [b]) => (a < b ? -1 : 1))
  const body = paths.map(([path, operations]) => {
    const methods = Object.entries(operations).map(([method, operation]) => methodType(method, operation))
    return `  '${path}': {\n${methods.join('\n')}\n  }`
  })
  return `// Made from /api/openapi.json by bin/generate-api-types.ts; do not edit.\n\nexport type paths = {\n${body.join('\n')}\n}\n`
}

function methodType(method: string, operation: Operation): string {
  const parameters = (place: 'path' | 'query') => {
    const members = operation.parameters.filter(parameter => parameter.in === place)
    return members.length === 0 ? undefined : `${place}${place === 'query' ? '?' : ''}: { ${members.map(parameterType).join('; ')} }`
  }
  const given = [parameters('path'), parameters('query')].filter(Boolean).join('; ')
  const lines = [`      parameters: { ${given} }`]
  if (operation.requestBody) lines.push(`      requestBody: { content: ${contentType(operation.requestBody.content)} }`)
  const problem = `default: { content: { 'application/problem+json': { [member: string]: unknown } } }`
  lines.push(`      responses: { 200: { content: ${contentType(operation.responses['200']!.content)} }; ${problem} }`)
  return `    /** ${operation.summary} */\n    ${method}: {\n${lines.join('\n')}\n    }`
}

function parameterType({ name, required, schema = {} }: Parameter): string {
  return `${member(name)}${required ? '' : '?'}: ${schemaType(schema)}`
}

function contentType(content: Content): string {
  return `{ ${Object.entries(content)
    .map(([media, { schema }]) => `'${media}': ${schema ? schemaType(schema) : 'string'}`)
    .join('; ')} }`
}

function schemaType(schema: Schema): string {
  if (schema.enum) return schema.enum.map(value => JSON.stringify(value)).join(' | ')
  if ('const' in schema) return JSON.stringify(schema.const)
  if (schema.oneOf) return schema.oneOf.map(schemaType).join(' | ')
  if (schema.properties) return objectType(schema)
  switch (schema.type) {
    case 'string':
    case 'boolean':
    case 'null':
      return schema.type
    case 'integer':
    case 'number':
      return 'number'
    case 'array':
      return `Array<${schemaType(schema.items ?? {})}>`
    case 'object':
      return typeof schema.additionalProperties === 'object'
        ? `Record<string, ${schemaType(schema.additionalProperties)}>`
        : 'Record<string, never>'
    default:
      return 'unknown'
  }
}

function objectType({ properties = {}, required = [] }: Schema): string {
  const members = Object.entries(properties).map(([name, schema]) => {
    return `${member(name)}${required.includes(name) ? '' : '?'}: ${schemaType(schema)}`
  })
  return members.length === 0 ? 'Record<string, never>' : `{ ${members.join('; ')} }`
}

function member(name: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : `'${name}'`
}
