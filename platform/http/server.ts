// The HTTP port: one node:http server; the first surface whose prefix fits answers. Slow clients, huge headers and idle sockets are bounded here.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fault } from '#kernel/fault.ts'
import { newId } from '#kernel/ids.ts'
import { limits } from '#kernel/limits.ts'
import type { Logger } from '../observe/logger.ts'
import type { Metrics } from '../observe/metrics.ts'
import { languageOf, sendProblem } from './problem.ts'

export type Handler = (request: IncomingMessage, response: ServerResponse) => void | Promise<void>
export type Surface = { readonly name: string; readonly fits: (path: string) => boolean; readonly handle: Handler }

export type HttpServer = { readonly port: number; close(): Promise<void> }

export async function openHttpServer(
  listen: { host: string; port: number },
  surfaces: readonly Surface[],
  tools: { logger: Logger; metrics: Metrics; now: () => number },
): Promise<HttpServer> {
  const server = createServer(
    { maxHeaderSize: 32 * 1024, requestTimeout: 120_000, headersTimeout: 20_000, keepAliveTimeout: 15_000 },
    (request, response) => {
      const started = performance.now()
      const path = pathOf(request)
      const surface = surfaces.find(s => s.fits(path))
      response.setHeader('x-content-type-options', 'nosniff')
      response.on('finish', () => {
        const labels = {
          surface: surface?.name ?? 'none',
          method: request.method ?? '',
          status: `${Math.floor(response.statusCode / 100)}xx`,
        }
        tools.metrics.requestSeconds.observe(labels, (performance.now() - started) / 1000)
      })
      if (!surface) return sendProblem(response, fault('http.not-found'), languageOf(request.headers['accept-language']))
      guarded(surface, request, response, tools)
    },
  )
  server.maxConnections = 2_000
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(listen.port, listen.host, resolve)
  })
  return { port: (server.address() as AddressInfo).port, close: () => closeServer(server) }
}

function guarded(surface: Surface, request: IncomingMessage, response: ServerResponse, tools: BugTools): void {
  try {
    Promise.resolve(surface.handle(request, response)).catch(error => answerBug(error, request, response, tools))
  } catch (error) {
    answerBug(error, request, response, tools)
  }
}

export type BugTools = { readonly logger: Logger; readonly now: () => number }

/** A bug answers 500 with a reference that stands in the log too; nothing of it reaches the caller. */
export function answerBug(error: unknown, request: IncomingMessage, response: ServerResponse, tools: BugTools): void {
  const reference = newId(tools.now()).slice(0, 12)
  tools.logger.error(
    { reference, method: request.method, path: pathOf(request), error: error instanceof Error ? error.stack : String(error) },
    'bug in a request handler',
  )
  if (response.headersSent) response.destroy()
  else sendProblem(response, fault('internal.bug', { args: { reference } }), languageOf(request.headers['accept-language']))
}

export function pathOf(request: IncomingMessage): string {
  const url = request.url ?? '/'
  const end = url.indexOf('?')
  return end < 0 ? url : url.slice(0, end)
}

/** Stops taking connections, lets running requests end, and cuts what still stands after the grace. */
function closeServer(server: Server): Promise<void> {
  return new Promise(resolve => {
    const cut = setTimeout(() => server.closeAllConnections(), limits.shutdownMsMax / 2)
    server.close(() => {
      clearTimeout(cut)
      resolve()
    })
    server.closeIdleConnections()
  })
}
