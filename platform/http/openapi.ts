// OpenAPI 3.1 of the console API, made from the route tables.
import type { JsonSchema, Route } from './route.ts'

export function openApi(routes: readonly Route[], version: string): Record<string, unknown> {
  const paths: Record<string, Record<string, unknown>> = {}
  for (const route of routes) (paths[route.path] ??= {})[route.method.toLowerCase()] = operation(route)
  return {
    openapi: '3.1.0',
    info: { title: '汇联 Huilian console API', version, description: '控制台接口。出错时返回 application/problem+json。' },
    security: [{ bearer: [] }, { session: [] }],
    paths,
    components: {
      securitySchemes: { bearer: { type: 'http', scheme: 'bearer' }, session: { type: 'apiKey', in: 'cookie', name: 'huilian_session' } },
    },
  }
}

export function operationId(route: Pick<Route, 'method' | 'path'>): string {
  const words = route.path
    .replace('/api/', '')
    .split(/[/{}-]+/)
    .filter(Boolean)
  return [route.method.toLowerCase(), ...words].map((word, i) => (i === 0 ? word : word[0]!.toUpperCase() + word.slice(1))).join('')
}

function operation(route: Route): Record<string, unknown> {
  return {
    operationId: operationId(route),
    summary: route.summary,
    tags: [route.tag],
    ...(route.right === 'open' ? { security: [] } : {}),
    'x-right': route.right,
    parameters: [
      ...[...route.path.matchAll(/\{(\w+)\}/g)].map(match => ({ name: match[1], in: 'path', required: true, schema: { type: 'string' } })),
      ...Object.entries(route.query ?? {}).map(([name, { description, ...schema }]) => ({
        name,
        in: 'query',
        required: false,
        description,
        schema,
      })),
    ],
    ...(route.body
      ? { requestBody: { required: true, content: content(route.body === 'bytes' ? 'application/octet-stream' : route.body) } }
      : {}),
    responses: {
      200: { description: 'OK', content: content(route.answer) },
      default: { description: 'Problem', content: { 'application/problem+json': { schema: { type: 'object' } } } },
    },
  }
}

function content(answer: JsonSchema | string): Record<string, unknown> {
  return typeof answer === 'string' ? { [answer]: {} } : { 'application/json': { schema: answer } }
}
