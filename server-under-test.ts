// The whole server in a temporary directory for end-to-end tests: real sockets, real storage, the channels of the adapters, no demo.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { readHl7 } from '#engine/journal/reading-hl7v2.ts'
import { frame, MllpDecoder } from '#formats/hl7v2/mllp.ts'
import { must } from '#kernel/result.ts'
import type { Settings } from '#platform/config/settings.ts'
import { openLogger } from '#platform/observe/logger.ts'
import { openServer, type Server } from './server.ts'

export const adminSecret = 'the secret of the tests'

export type Answer = {
  readonly text: string /** MSA-1; empty for no answer. */
  readonly code: string /** Name of the kept message. */
  readonly name: string /** ERR-5 or ERR-3 texts. */
  readonly errors: string
}

export class ServerUnderTest {
  readonly server: Server
  readonly directory: string
  readonly origin: string
  #token = ''

  private constructor(server: Server, directory: string) {
    this.server = server
    this.directory = directory
    this.origin = `http://127.0.0.1:${server.http.port}`
  }

  static async start(change: Partial<Settings> = {}): Promise<ServerUnderTest> {
    const directory = change.dataDir ?? mkdtempSync(join(tmpdir(), 'huilian-e2e-'))
    const settings: Settings = {
      httpPort: 0,
      mllpPort: 0,
      host: '127.0.0.1',
      dataDir: directory,
      demo: false,
      channelsDir: fileURLToPath(new URL('./adapters/', import.meta.url)),
      adminSecret,
      logLevel: 'error',
      ...change,
    }
    return new ServerUnderTest(must(await openServer(settings, openLogger('fatal'))), directory)
  }

  get mllpPort(): number {
    return this.server.engine.ports()['default']!
  }

  /** Closes; `keep` leaves the data for the next life. */
  async stop(keep = false): Promise<void> {
    await this.server.close()
    if (!keep) rmSync(this.directory, { recursive: true, force: true })
  }

  async token(): Promise<string> {
    if (this.#token === '') {
      const form = new URLSearchParams({ grant_type: 'client_credentials', client_id: 'admin', client_secret: adminSecret })
      const response = await fetch(`${this.origin}/oauth2/token`, { method: 'POST', body: form })
      this.#token = ((await response.json()) as { access_token: string }).access_token
    }
    return this.#token
  }

  async request(path: string, init: RequestInit = {}): Promise<Response> {
    const headers = { authorization: `Bearer ${await this.token()}`, ...init.headers }
    return fetch(`${this.origin}${path}`, { ...init, headers })
  }

  /** Requests in the name of a new client. */
  async as(rights: {
    tenants: readonly string[]
    scopes: readonly string[]
  }): Promise<(path: string, init?: RequestInit) => Promise<Response>> {
    const client = await this.post<{ id: string; secret: string }>('/api/clients', { name: 'a client of the tests', ...rights })
    const form = new URLSearchParams({ grant_type: 'client_credentials', client_id: client.id, client_secret: client.secret })
    const response = await fetch(`${this.origin}/oauth2/token`, { method: 'POST', body: form })
    const { access_token: token } = (await response.json()) as { access_token: string }
    return (path, init = {}) => this.request(path, { ...init, headers: { ...init.headers, authorization: `Bearer ${token}` } })
  }

  async get<T = never>(path: string): Promise<T> {
    const response = await this.request(path)
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`)
    return (await response.json()) as T
  }

  post<T = never>(path: string, body: unknown): Promise<T> {
    return this.#write('POST', path, body)
  }

  put<T = never>(path: string, body: unknown): Promise<T> {
    return this.#write('PUT', path, body)
  }

  async #write<T>(method: string, path: string, body: unknown): Promise<T> {
    const raw = Buffer.isBuffer(body)
    const type = raw ? 'application/octet-stream' : 'application/json'
    const response = await this.request(path, {
      method,
      body: raw ? new Uint8Array(body) : JSON.stringify(body),
      headers: { 'content-type': type },
    })
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`)
    return (await response.json()) as T
  }

  /** Resources of a FHIR search. */
  async find(query: string, tenant?: string): Promise<Found[]> {
    const bundle = await this.get<{ entry?: { resource: Found }[] }>(`${tenant ? `/tenants/${tenant}` : ''}/fhir/${query}`)
    return (bundle.entry ?? []).map(entry => entry.resource)
  }

  /** Sends over a connection of its own and waits until the message is worked on. */
  async send(message: string | Buffer): Promise<Answer> {
    const [answer] = await this.exchange([frame(Buffer.from(message as string))])
    await this.settled()
    return answer ?? { text: '', code: '', name: '', errors: '' }
  }

  /** Writes the bytes as they are, then closes its side; all answers until the server closes. */
  exchange(writes: readonly Buffer[]): Promise<Answer[]> {
    return exchangeOn(this.mllpPort, writes)
  }

  /** Nothing is waiting or under way. */
  async settled(): Promise<void> {
    for (let quiet = 0; quiet < 2; ) {
      const { messages } = await this.get<{ messages: unknown[] }>('/api/messages?status=received,retrying&limit=1')
      quiet = this.server.engine.backlog() === 0 && messages.length === 0 ? quiet + 1 : 0
      if (quiet < 2) await new Promise(resolve => setTimeout(resolve, 5))
    }
  }
}

export type Found = {
  readonly resourceType: string
  readonly id: string
  readonly meta: { readonly versionId: string; readonly tag?: { code: string }[] }
  readonly [element: string]: unknown
}

/** Writes the bytes as they are, then closes its side; all answers until the server closes. */
export function exchangeOn(port: number, writes: readonly Buffer[]): Promise<Answer[]> {
  const socket = connect({ port, host: '127.0.0.1' })
  for (const bytes of writes) socket.write(bytes)
  socket.end()
  return answersOf(socket)
}

/** Writes the bytes and keeps its side open, as a sender does that hangs; all answers until the server closes. */
export function holdOn(port: number, bytes: Buffer): Promise<Answer[]> {
  const socket = connect({ port, host: '127.0.0.1' })
  socket.write(bytes)
  return answersOf(socket)
}

export function inFrames(messages: readonly string[]): Buffer {
  return Buffer.concat(messages.map(message => frame(Buffer.from(message))))
}

export function answersOf(socket: Socket): Promise<Answer[]> {
  return new Promise((resolve, reject) => {
    const answers: Answer[] = []
    const decoder = new MllpDecoder()
    socket.on('data', (chunk: Buffer) => {
      for (const event of decoder.push(chunk)) if (event.kind === 'frame') answers.push(readAnswer(event.bytes))
    })
    socket.on('error', error => (answers.length > 0 ? resolve(answers) : reject(error)))
    socket.on('close', () => resolve(answers))
  })
}

/** Read as a sender reads it: in the charset and with the delimiters of its own message. */
function readAnswer(bytes: Buffer): Answer {
  const { text, controlId } = readHl7(bytes, undefined, { protect: value => value })
  const lines = text.split('\r')
  const errors = lines.filter(line => line.startsWith('ERR')).join('\n')
  const [, code = ''] = lines.find(line => line.startsWith('MSA'))?.split(text[3]!) ?? []
  return { text, code, name: controlId, errors }
}

/** A folder of channels for HUILIAN_CHANNELS_DIR, from what is particular about each; removed by the caller. */
export function channelFolder(channels: Readonly<Record<string, Readonly<Record<string, unknown>>>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'huilian-channels-'))
  for (const [id, own] of Object.entries(channels)) {
    const usual = { tenant: 'DEFAULT', facility: 'TEST', source: 'TEST', format: 'hl7v2', orderKey: ['PID-3.1'] }
    mkdirSync(join(folder, id))
    writeFileSync(join(folder, id, 'channel.yaml'), JSON.stringify({ id, name: { zh: id, en: id }, ...usual, ...own }))
  }
  return folder
}

/** An HL7 v2 message from its segments; fields of MSH are those that matter. */
export function hl7(
  type: string,
  fields: { control: string; time?: string; application?: string; facility?: string },
  ...segments: string[]
): string {
  const { control, time = '20261101080000', application = 'ZJJ-HIS', facility = 'ZJJ' } = fields
  const [message, trigger] = type.split('^') as [string, string]
  return [
    `MSH|^~\\&|${application}|${facility}|HUILIAN|REGION|${time}||${message}^${trigger}|${control}|P|2.5||||||UNICODE UTF-8`,
    ...segments,
    '',
  ].join('\r')
}
