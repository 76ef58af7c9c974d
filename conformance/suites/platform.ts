// The platform as a suite meets it: a process of its own on free ports, spoken to over the wire (architecture section 6).
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

/** `base` of the FHIR API. */
export type Endpoint = { readonly base: string; readonly token: string }

export type Platform = Endpoint & { readonly api: string; readonly stop: () => void }

/** The platform on an empty directory and free ports, as architecture section 6 describes its door. */
export async function startPlatform(): Promise<Platform> {
  const directory = mkdtempSync(join(tmpdir(), 'huilian-suite-'))
  const secret = 'a secret for one run of the suite'
  const environment = {
    ...process.env,
    HUILIAN_HTTP_PORT: '0',
    HUILIAN_MLLP_PORT: '0',
    HUILIAN_DEMO: 'off',
    HUILIAN_DATA_DIR: directory,
    HUILIAN_ADMIN_SECRET: secret,
  }
  const child = spawn(process.execPath, ['main.ts'], { env: environment, stdio: ['ignore', 'pipe', 'inherit'] })
  const http = await readyAddress(child)
  const form = new URLSearchParams({ grant_type: 'client_credentials', client_id: 'admin', client_secret: secret })
  const answer = (await (await fetch(`${http}/oauth2/token`, { method: 'POST', body: form })).json()) as { access_token: string }
  const stop = () => {
    child.kill('SIGTERM')
    child.once('exit', () => rmSync(directory, { recursive: true }))
  }
  return { base: `${http}/fhir`, api: `${http}/api`, token: answer.access_token, stop }
}

async function readyAddress(child: ChildProcess): Promise<string> {
  for await (const line of createInterface({ input: child.stdout! })) {
    const event = line.startsWith('{') ? (JSON.parse(line) as { event?: string; http?: string }) : {}
    if (event.event === 'ready' && event.http) return event.http
  }
  throw new Error('the platform ended before it was ready')
}
