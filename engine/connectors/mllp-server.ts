// MLLP receiver: frames on bytes, answers in the order of arrival, one connection never blocks another; with TLS where certificates are given.
import { readFileSync } from 'node:fs'
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net'
import { createServer as createTlsServer } from 'node:tls'
import { frame, MllpDecoder, type MllpEvent } from '#formats/hl7v2/mllp.ts'
import { fault } from '#kernel/fault.ts'
import { limits } from '#kernel/limits.ts'
import { failed, ok, type Result } from '#kernel/result.ts'
import type { Receive, Receiver, ReceiverModule } from './connector.ts'

export type MllpServerSettings = {
  readonly host: string
  readonly port: number
  readonly frameBytesMax?: number
  /** Longest silence inside a frame. */
  readonly frameIdleMsMax?: number
  readonly tls?: {
    readonly keyFile: string
    readonly certFile: string /** Client certificates are demanded when given. */
    readonly caFile?: string
  }
}

/** Frames of one connection that may wait for their answer before reading pauses. */
const unansweredMax = 64

export const mllpServer: ReceiverModule<MllpServerSettings> = {
  spec: {
    kind: 'mllp',
    summary: 'HL7 v2 消息接收（MLLP over TCP/TLS）· receives HL7 v2 over MLLP',
    settings: {
      type: 'object',
      properties: {
        host: { type: 'string' },
        port: { type: 'integer', minimum: 0, maximum: 65_535 },
        frameBytesMax: { type: 'integer', minimum: 1_000, maximum: limits.frameBytesMax },
        frameIdleMsMax: { type: 'integer', minimum: 100 },
        tls: {
          type: 'object',
          required: ['keyFile', 'certFile'],
          properties: { keyFile: { type: 'string' }, certFile: { type: 'string' }, caFile: { type: 'string' } },
        },
      },
    },
    example: { kind: 'mllp', port: 2575 },
  },
  open: openMllpServer,
}

async function openMllpServer(settings: MllpServerSettings, receive: Receive): Promise<Result<Receiver>> {
  const open = new Set<Connection>()
  const onSocket = (socket: Socket) => {
    const connection = new Connection(socket, settings, receive)
    open.add(connection)
    socket.on('close', () => open.delete(connection))
  }
  const server = settings.tls
    ? createTlsServer(tlsOptions(settings.tls), onSocket)
    : createServer({ noDelay: true, allowHalfOpen: true }, onSocket)
  server.maxConnections = limits.connectionsPerListenerMax
  try {
    await listen(server, settings)
  } catch (error) {
    return failed(fault('config.invalid', { args: { name: `mllp ${settings.host}:${settings.port}`, reason: String(error) } }))
  }
  const port = (server.address() as AddressInfo).port
  const close = async () => {
    const closed = new Promise<void>(resolve => server.close(() => resolve()))
    await Promise.all([...open].map(connection => connection.finish()))
    await closed
  }
  return ok({ address: `${settings.host}:${port}`, port, close })
}

function listen(server: Server, { host, port }: { host: string; port: number }): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => {
      server.off('error', reject)
      server.on('error', () => undefined)
      resolve()
    })
  })
}

function tlsOptions(tls: NonNullable<MllpServerSettings['tls']>) {
  const ca = tls.caFile ? readFileSync(tls.caFile) : undefined
  return {
    key: readFileSync(tls.keyFile),
    cert: readFileSync(tls.certFile),
    ca,
    requestCert: ca !== undefined,
    rejectUnauthorized: ca !== undefined,
    minVersion: 'TLSv1.2' as const,
    allowHalfOpen: true,
  }
}

class Connection {
  readonly #socket: Socket
  readonly #receive: Receive
  readonly #decoder: MllpDecoder
  readonly #idleMsMax: number
  readonly #remote: string
  /** The answers under way, each waiting for the one before. */
  #answers: Promise<void> = Promise.resolve()
  #unanswered = 0
  #idle: NodeJS.Timeout | undefined

  constructor(socket: Socket, settings: MllpServerSettings, receive: Receive) {
    this.#socket = socket
    this.#receive = receive
    this.#decoder = new MllpDecoder(settings.frameBytesMax)
    this.#idleMsMax = settings.frameIdleMsMax ?? limits.frameIdleMsMax
    this.#remote = socket.remoteAddress ?? ''
    socket.on('data', (chunk: Buffer) => this.#take(this.#decoder.push(chunk)))
    socket.on('end', () => this.#end())
    socket.on('error', () => socket.destroy())
    socket.on('close', () => {
      clearTimeout(this.#idle)
      this.#take(this.#decoder.close())
    })
  }

  /** Reads nothing more, answers what came, then closes. */
  async finish(): Promise<void> {
    this.#socket.pause()
    await this.#answers
    this.#socket.destroySoon()
  }

  #end(): void {
    this.#take(this.#decoder.close())
    void this.#answers.then(() => this.#socket.end())
  }

  #take(events: readonly MllpEvent[]): void {
    for (const event of events) this.#answer(event)
    clearTimeout(this.#idle)
    const { state } = this.#decoder
    if (state === 'frame' || state === 'stray') {
      this.#idle = setTimeout(() => {
        this.#take(this.#decoder.expire(this.#idleMsMax))
        void this.#answers.then(() => this.#socket.end())
      }, this.#idleMsMax)
    }
  }

  #answer(event: MllpEvent): void {
    const reply = this.#receive({ bytes: event.bytes, remote: this.#remote, ...(event.kind === 'fault' ? { fault: event.fault } : {}) })
    if (++this.#unanswered >= unansweredMax) this.#socket.pause()
    const overflowed = this.#decoder.state === 'overflowed'
    this.#answers = Promise.all([reply, this.#answers]).then(([{ bytes, close }]) => {
      if (--this.#unanswered < unansweredMax && this.#socket.isPaused()) this.#socket.resume()
      if (this.#socket.destroyed || !this.#socket.writable) return
      if (bytes.length > 0) this.#socket.write(frame(bytes))
      if (close || overflowed) this.#socket.end()
    })
  }
}
