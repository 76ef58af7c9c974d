// MLLP sender: one connection per destination, one message at a time, the answer's MSA-1 decides. Reconnects when the connection broke.
import { connect, type Socket } from 'node:net'
import { connect as connectTls } from 'node:tls'
import { decodeMessage } from '#formats/hl7v2/declared-charset.ts'
import { parseMessage } from '#formats/hl7v2/message.ts'
import { frame, MllpDecoder } from '#formats/hl7v2/mllp.ts'
import { fault } from '#kernel/fault.ts'
import { failed, ok, type Result } from '#kernel/result.ts'
import type { Answer, Sender, SenderModule } from './connector.ts'
import { addressOf, type Endpoints, type Place } from './endpoint.ts'

export type MllpClientSettings = Place & { readonly answerMsMax?: number; readonly connectMsMax?: number; readonly tls?: boolean }

const answerMsUsual = 30_000
const connectMsUsual = 5_000

export const mllpClient: SenderModule<MllpClientSettings> = {
  spec: {
    kind: 'mllp',
    summary: 'HL7 v2 消息转发（MLLP over TCP/TLS）· sends HL7 v2 over MLLP',
    settings: {
      type: 'object',
      oneOf: [{ required: ['host', 'port'] }, { required: ['endpoint'] }],
      properties: {
        endpoint: { type: 'string', description: '名称见 endpoints.yaml · a name of endpoints.yaml' },
        host: { type: 'string' },
        port: { type: 'integer', minimum: 1, maximum: 65_535 },
        answerMsMax: { type: 'integer', minimum: 100, maximum: 600_000 },
        connectMsMax: { type: 'integer', minimum: 100, maximum: 60_000 },
        tls: { type: 'boolean' },
      },
    },
    example: { kind: 'mllp', host: '10.0.0.8', port: 6661 },
  },
  open: (settings, destination, endpoints) => new MllpClient(settings, destination, endpoints),
}

class MllpClient implements Sender {
  readonly #settings: MllpClientSettings
  readonly #destination: string
  readonly #endpoints: Endpoints
  #socket: Socket | undefined
  #turn: Promise<unknown> = Promise.resolve()

  constructor(settings: MllpClientSettings, destination: string, endpoints: Endpoints) {
    this.#settings = settings
    this.#destination = destination
    this.#endpoints = endpoints
  }

  send(bytes: Buffer): Promise<Result<Answer>> {
    const done = this.#turn.then(() => this.#exchange(bytes))
    this.#turn = done
    return done
  }

  async close(): Promise<void> {
    await this.#turn
    this.#socket?.destroy()
  }

  async #exchange(bytes: Buffer): Promise<Result<Answer>> {
    const socket = this.#socket && !this.#socket.destroyed ? ok(this.#socket) : await this.#connect()
    if (!socket.ok) return socket
    this.#socket = socket.value
    const answered = await this.#ask(socket.value, bytes)
    if (!answered.ok) socket.value.destroy()
    return answered
  }

  #connect(): Promise<Result<Socket>> {
    const { tls, connectMsMax = connectMsUsual } = this.#settings
    const address = addressOf(this.#settings, this.#endpoints)
    if (!address) return Promise.resolve(failed(fault('destination.unreachable', { args: { destination: this.#destination } })))
    const { host, port } = address
    return new Promise(resolve => {
      const socket = tls ? connectTls({ host, port }) : connect({ host, port, noDelay: true })
      const refuse = () => {
        socket.destroy()
        resolve(failed(fault('destination.unreachable', { args: { destination: this.#destination } })))
      }
      socket.setTimeout(connectMsMax, refuse)
      socket.once('error', refuse)
      socket.once(tls ? 'secureConnect' : 'connect', () => {
        socket.setTimeout(0)
        socket.off('error', refuse)
        socket.on('error', () => socket.destroy())
        resolve(ok(socket))
      })
    })
  }

  #ask(socket: Socket, bytes: Buffer): Promise<Result<Answer>> {
    const { answerMsMax = answerMsUsual } = this.#settings
    const decoder = new MllpDecoder()
    return new Promise(resolve => {
      const settle = (result: Result<Answer>) => {
        clearTimeout(timer)
        socket.off('data', onData)
        socket.off('close', onClose)
        resolve(result)
      }
      const noAnswer = () => settle(failed(fault('destination.no-answer', { args: { destination: this.#destination, ms: answerMsMax } })))
      const onClose = () => settle(failed(fault('destination.unreachable', { args: { destination: this.#destination } })))
      const onData = (chunk: Buffer) => {
        for (const event of decoder.push(chunk)) if (event.kind === 'frame') return settle(ok(readAnswer(event.bytes)))
      }
      const timer = setTimeout(noAnswer, answerMsMax)
      socket.on('data', onData)
      socket.on('close', onClose)
      socket.write(frame(bytes))
    })
  }
}

/** AA/CA accepted; AE/CE may be tried again; AR/CR will not be taken. */
function readAnswer(bytes: Buffer): Answer {
  const text = decodeMessage(bytes)
  const message = text.ok ? parseMessage(text.value.text) : text
  const msa = message.ok ? message.value.segment('MSA') : undefined
  const code = msa?.value(1) ?? ''
  return { accepted: code === 'AA' || code === 'CA', code, transient: code === 'AE' || code === 'CE', text: msa?.value(3) ?? '' }
}
