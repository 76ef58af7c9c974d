// Cross-origin calls of web pages (Fetch standard, CORS protocol): only for the origins that are configured, off otherwise.
import type { IncomingMessage, ServerResponse } from 'node:http'

export type Cors = { readonly origins: readonly string[] }

const methods = 'GET, HEAD, POST, PUT, DELETE'
const requestHeaders =
  'Authorization, Content-Type, Accept, Accept-Language, Prefer, If-Match, If-None-Match, If-Modified-Since, If-None-Exist, X-Tenant'
const responseHeaders = 'ETag, Last-Modified, Location'
const preflightSeconds = '600'

export function corsHeaders(request: IncomingMessage, cors: Cors): [string, string][] {
  const { origin } = request.headers
  if (origin === undefined || !cors.origins.includes(origin)) return []
  return [
    ['access-control-allow-origin', origin],
    ['vary', 'Origin'],
    ['access-control-allow-methods', methods],
    ['access-control-allow-headers', requestHeaders],
    ['access-control-expose-headers', responseHeaders],
    ['access-control-max-age', preflightSeconds],
  ]
}

export function isPreflight(request: IncomingMessage): boolean {
  return request.method === 'OPTIONS' && request.headers['access-control-request-method'] !== undefined
}

/** The headers say what is allowed; a page of another origin gets none of them, and its browser refuses. */
export function preflight(response: ServerResponse): void {
  response.writeHead(204)
  response.end()
}
