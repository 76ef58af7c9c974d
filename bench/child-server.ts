// Starts the product as its users do (main.ts in a process of its own, an empty data directory) for load and chaos runs.
import { type ChildProcess, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

export type ChildServer = {
  readonly process: ChildProcess
  readonly httpPort: number
  readonly mllpPort: number
  token(): Promise<string>
  get<T>(path: string): Promise<T>
  /** User and system CPU seconds and resident bytes of the process so far. */
  stop(signal?: NodeJS.Signals): Promise<void>
}

const root = fileURLToPath(new URL('..', import.meta.url))
export const adminSecret = 'a secret for load runs'

export async function startChild(dataDir: string, environment: Record<string, string> = {}): Promise<ChildServer> {
  const child = spawn(process.execPath, [...(process.env['BENCH_NODE_OPTIONS']?.split(' ') ?? []), 'main.ts'], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      ...process.env,
      HUILIAN_DATA_DIR: dataDir,
      HUILIAN_DEMO: 'off',
      HUILIAN_HTTP_PORT: '0',
      HUILIAN_MLLP_PORT: '0',
      HUILIAN_ADMIN_SECRET: adminSecret,
      HUILIAN_LOG_LEVEL: 'error',
      ...environment,
    },
  })
  const exited = new Promise<void>(resolve => child.once('exit', () => resolve()))
  const ready = await new Promise<{ http: string; mllp: string }>((resolve, reject) => {
    createInterface({ input: child.stdout! }).on('line', line => {
      if (!line.startsWith('{')) return
      const event = JSON.parse(line) as { event: string; http: string; mllp: string }
      if (event.event === 'ready') resolve(event)
    })
    void exited.then(() => reject(new Error('the server ended before it was ready')))
  })
  const httpPort = Number(new URL(ready.http).port)
  let known: string | undefined
  const token = async () => {
    if (known) return known
    const form = new URLSearchParams({ grant_type: 'client_credentials', client_id: 'admin', client_secret: adminSecret })
    const response = await fetch(`http://127.0.0.1:${httpPort}/oauth2/token`, { method: 'POST', body: form })
    known = ((await response.json()) as { access_token: string }).access_token
    return known
  }
  return {
    process: child,
    httpPort,
    mllpPort: Number(ready.mllp.split(':').at(-1)),
    token,
    async get(path) {
      const response = await fetch(`http://127.0.0.1:${httpPort}${path}`, { headers: { authorization: `Bearer ${await token()}` } })
      if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`)
      return (await response.json()) as never
    },
    async stop(signal = 'SIGTERM') {
      child.kill(signal)
      await exited
    },
  }
}

/** One figure of the Prometheus text, summed over its labels. */
export async function metric(server: ChildServer, name: string): Promise<number> {
  const text = await (await fetch(`http://127.0.0.1:${server.httpPort}/metrics`)).text()
  return text
    .split('\n')
    .filter(line => line.startsWith(name) && /[ {]/.test(line[name.length] ?? ''))
    .reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(' ') + 1)), 0)
}
