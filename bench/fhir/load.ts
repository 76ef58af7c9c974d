// A closed-loop HTTP load generator over raw sockets: one request in flight per connection, keep-alive, latencies in milliseconds.
import { connect, type Socket } from 'node:net'

export type Request = { readonly method: string; readonly path: string; readonly body?: string; readonly headers?: string }
export type Measured = {
  readonly perSecond: number
  readonly p50Ms: number
  readonly p99Ms: number
  readonly count: number
  readonly bytes: number
  /** Anything but 2xx. */
  readonly failures: number
}

export type Target = { readonly port: number; readonly token: string }

/** `next(n)` gives the n-th request; runs for `seconds` over `connections`. */
export async function load(target: Target, connections: number, seconds: number, next: (n: number) => Request): Promise<Measured> {
  const latencies: number[] = []
  const tally = { bytes: 0, failures: 0, n: 0 }
  const started = performance.now()
  const until = started + seconds * 1000
  await Promise.all(
    Array.from({ length: connections }, async () => {
      const line = await open(target)
      while (performance.now() < until) {
        const sent = performance.now()
        const reply = await line.ask(next(tally.n++))
        latencies.push(performance.now() - sent)
        tally.bytes += reply.bytes
        if (reply.status < 200 || reply.status > 299) tally.failures++
      }
      line.close()
    }),
  )
  const elapsed = (performance.now() - started) / 1000
  latencies.sort((a, b) => a - b)
  const at = (share: number) => latencies[Math.min(latencies.length - 1, Math.floor(latencies.length * share))] ?? Number.NaN
  const { bytes, failures } = tally
  return { perSecond: latencies.length / elapsed, p50Ms: at(0.5), p99Ms: at(0.99), count: latencies.length, bytes, failures }
}

export type Line = { ask(request: Request): Promise<{ status: number; bytes: number; text: () => string }>; close(): void }

/** One connection; a second `ask` waits for nothing and must not be made before the first has answered. */
export function open({ port, token }: Target): Promise<Line> {
  return new Promise((resolve, reject) => {
    const socket: Socket = connect({ port, host: '127.0.0.1', noDelay: true })
    let waiting: ((reply: { status: number; bytes: number; text: () => string }) => void) | undefined
    let chunks: Buffer[] = []
    let have = 0
    let need = -1
    let head = ''
    socket.on('data', (chunk: Buffer) => {
      chunks.push(chunk)
      have += chunk.length
      if (need < 0) {
        const all = chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks)
        const end = all.indexOf('\r\n\r\n')
        if (end < 0) return
        head = all.toString('latin1', 0, end)
        need = end + 4 + Number(/content-length: (\d+)/i.exec(head)?.[1] ?? 0)
      }
      if (have < need) return
      const whole = Buffer.concat(chunks)
      const answered = waiting!
      const reply = { status: Number(head.slice(9, 12)), bytes: whole.length, text: () => whole.toString('utf8').slice(head.length + 4) }
      chunks = []
      have = 0
      need = -1
      answered(reply)
    })
    socket.on('error', reject)
    socket.on('connect', () =>
      resolve({
        ask({ method, path, body, headers = '' }) {
          const length = body === undefined ? '' : `Content-Type: application/fhir+json\r\nContent-Length: ${Buffer.byteLength(body)}\r\n`
          socket.write(
            `${method} ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nAuthorization: Bearer ${token}\r\n${length}${headers}\r\n${body ?? ''}`,
          )
          return new Promise(done => {
            waiting = done
          })
        },
        close: () => socket.destroy(),
      }),
    )
  })
}
