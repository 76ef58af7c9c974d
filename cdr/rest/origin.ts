// Where a client reached this server: what links and fullUrls begin with.
import type { IncomingMessage } from 'node:http'
import type { TLSSocket } from 'node:tls'
import { fault } from '#kernel/fault.ts'
import { failed, ok, type Result } from '#kernel/result.ts'

const hostGrammar = /^(?:[A-Za-z0-9](?:[A-Za-z0-9._-]{0,252})|\[[0-9A-Fa-f:.]{2,45}\])(?::\d{1,5})?$/

/** `configured` wins; else the Host header, which must be a plain host and port: it is written into every link. */
export function requestOrigin(request: IncomingMessage, configured: string | undefined): Result<string> {
  if (configured !== undefined) return ok(configured)
  const host = request.headers.host ?? ''
  if (!hostGrammar.test(host)) return failed(fault('http.parameter', { at: 'Host', args: { name: 'Host', reason: 'host[:port]' } }))
  return ok(`${(request.socket as TLSSocket).encrypted ? 'https' : 'http'}://${host}`)
}
