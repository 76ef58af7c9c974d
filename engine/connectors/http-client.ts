// HTTP sender: POSTs the bytes of a message; 2xx is taken, 408/429/5xx may be tried again, anything else will not be taken.
import { fault } from '#kernel/fault.ts'
import { failed, ok, type Result } from '#kernel/result.ts'
import type { Answer, Sender, SenderModule } from './connector.ts'

export type HttpClientSettings = {
  readonly url: string
  readonly mediaType?: string
  readonly answerMsMax?: number
  readonly headers?: Readonly<Record<string, string>>
}

const answerMsUsual = 30_000
const answerCharactersKept = 500

export const httpClient: SenderModule<HttpClientSettings> = {
  spec: {
    kind: 'http',
    summary: '通过 HTTP POST 转发消息 · sends messages by HTTP POST',
    settings: {
      type: 'object',
      required: ['url'],
      properties: {
        url: { type: 'string', pattern: '^https?://' },
        mediaType: { type: 'string' },
        answerMsMax: { type: 'integer', minimum: 100, maximum: 600_000 },
        headers: { type: 'object', additionalProperties: { type: 'string' } },
      },
    },
    example: { kind: 'http', url: 'https://partner.example/api/messages', mediaType: 'application/json' },
  },
  open: (settings, destination) => new HttpClient(settings, destination),
}

class HttpClient implements Sender {
  readonly #settings: HttpClientSettings
  readonly #destination: string

  constructor(settings: HttpClientSettings, destination: string) {
    this.#settings = settings
    this.#destination = destination
  }

  async send(bytes: Buffer): Promise<Result<Answer>> {
    const { url, mediaType = 'application/octet-stream', answerMsMax = answerMsUsual, headers } = this.#settings
    try {
      const response = await fetch(url, {
        method: 'POST',
        body: new Uint8Array(bytes),
        headers: { 'content-type': mediaType, ...headers },
        signal: AbortSignal.timeout(answerMsMax),
        redirect: 'error',
      })
      const text = (await response.text()).slice(0, answerCharactersKept)
      const transient = response.status >= 500 || response.status === 408 || response.status === 429
      return ok({ accepted: response.ok, code: String(response.status), transient, text })
    } catch (error) {
      const late = error instanceof Error && error.name === 'TimeoutError'
      return failed(
        late
          ? fault('destination.no-answer', { args: { destination: this.#destination, ms: answerMsMax } })
          : fault('destination.unreachable', { args: { destination: this.#destination } }),
      )
    }
  }

  async close(): Promise<void> {
    // Requests hold no connection of their own.
  }
}
