// Writes portal/src/generated/api-types.ts from the API description of a server opened in an empty directory.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { must } from '#kernel/result.ts'
import { openLogger } from '#platform/observe/logger.ts'
import { openServer } from '../server.ts'
import { apiTypes, type OpenApi } from './generate/api-types.ts'

export const apiTypesPath = 'portal/src/generated/api-types.ts'

/** The text the file should have now. */
export async function generatedApiTypes(): Promise<string> {
  const dataDir = mkdtempSync(join(tmpdir(), 'huilian-api-'))
  const settings = {
    httpPort: 0,
    mllpPort: 0,
    host: '127.0.0.1',
    dataDir,
    demo: false,
    channelsDir: undefined,
    adminSecret: 'unused',
    logLevel: 'error',
  }
  const server = must(await openServer(settings as Parameters<typeof openServer>[0], openLogger('error')))
  try {
    const response = await fetch(`http://127.0.0.1:${server.http.port}/api/openapi.json`)
    return apiTypes((await response.json()) as OpenApi)
  } finally {
    await server.close()
    rmSync(dataDir, { recursive: true, force: true })
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const file = join(import.meta.dirname, '..', apiTypesPath)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, await generatedApiTypes())
  process.exit(0)
}
