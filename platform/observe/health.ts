// GET /health/live: the process turns; /health/ready: it takes work; /metrics: Prometheus text.
import type { Surface } from '../http/server.ts'
import { pathOf } from '../http/server.ts'
import type { Metrics } from './metrics.ts'

/** `refresh` brings figures up to date that are not counted as they happen. */
export function healthSurface(metrics: Metrics, isReady: () => boolean, refresh: () => void): Surface {
  return {
    name: 'health',
    fits: path => path === '/health/live' || path === '/health/ready' || path === '/metrics',
    async handle(request, response) {
      const path = pathOf(request)
      if (path === '/metrics') {
        refresh()
        const text = await metrics.registry.metrics()
        response.writeHead(200, { 'content-type': metrics.registry.contentType })
        return void response.end(text)
      }
      const up = path === '/health/live' || isReady()
      response.writeHead(up ? 200 : 503, { 'content-type': 'application/json', 'cache-control': 'no-store' })
      response.end(JSON.stringify({ status: up ? 'ok' : 'starting' }))
    },
  }
}
