// A FHIR server in small, as main.ts composes it: the embedded store in a directory of its own, tokens, the surface on a free port. For tests and benchmarks.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Clock, systemClock } from '#kernel/clock.ts'
import type { Storage } from '#kernel/ports/storage.ts'
import { must } from '#kernel/result.ts'
import { defaultTenant, type Principal, type TenantCode } from '#kernel/tenant.ts'
import { openHttpServer } from '#platform/http/server.ts'
import { openLogger } from '#platform/observe/logger.ts'
import { openMetrics } from '#platform/observe/metrics.ts'
import { openTokens } from '#platform/security/tokens.ts'
import { blindIndex } from '#platform/storage/blind-index.ts'
import { openStorage } from '#platform/storage/embedded/open-storage.ts'
import { openExtractor } from '../index/extract.ts'
import { everything } from '../operations/everything.ts'
import { fhirpath } from '../operations/fhirpath/fhirpath.ts'
import { validateOperations } from '../operations/validate.ts'
import { fhirSurface, type SurfaceTools } from './surface.ts'

export type TestServer = {
  /** `http://127.0.0.1:port` */
  readonly origin: string
  readonly storage: Storage
  readonly rest: SurfaceTools
  /** A token of a client with these tenants; without scopes it may do everything. */
  token(tenants: Principal['tenants'], scopes?: readonly string[]): Promise<string>
  close(): Promise<void>
}

export type TestServerOptions = {
  readonly tenants?: readonly TenantCode[]
  readonly clock?: Clock
  /** Kept when the server closes; a directory of its own, removed, when not given. */
  readonly directory?: string
  readonly change?: (rest: SurfaceTools) => SurfaceTools
}

const key = Buffer.from('a key for tests, thirty-two bytes')

export async function openTestServer(options: TestServerOptions = {}): Promise<TestServer> {
  const { tenants = [defaultTenant], clock = systemClock } = options
  const directory = options.directory ?? mkdtempSync(join(tmpdir(), 'huilian-fhir-'))
  const storage = must(await openStorage({ directory, clock }))
  for (const tenant of tenants) must(await storage.openTenant(tenant))
  const digest = blindIndex(key)
  const tokens = openTokens(key, clock, () => true)
  const rest: SurfaceTools = {
    storage,
    clock,
    digest,
    tokens,
    extract: openExtractor(digest),
    cursorKey: key,
    validation: () => 'strict',
    operations: [everything, fhirpath, ...validateOperations],
    version: '0.0.0-test',
  }
  const surface = fhirSurface(options.change?.(rest) ?? rest)
  const tools = { logger: openLogger('fatal'), metrics: openMetrics(), now: () => clock.now() }
  const server = await openHttpServer({ host: '127.0.0.1', port: 0 }, [surface], tools)
  return {
    origin: `http://127.0.0.1:${server.port}`,
    storage,
    rest,
    token: (visible, scopes = ['system/*.*']) => tokens.issue({ id: 'client:test', name: 'test', tenants: visible, scopes }),
    async close() {
      await server.close()
      await storage.close()
      if (options.directory === undefined) rmSync(directory, { recursive: true, force: true })
    },
  }
}
