// An MLLP load generator: connections that each keep one message unanswered (or send at a fixed rate), latencies to the acknowledgement.
import { connect, type Socket } from 'node:net'
import { frame, MllpDecoder } from '#formats/hl7v2/mllp.ts'

export type LoadResult = {
  readonly sent: number
  readonly seconds: number
  readonly latenciesMs: readonly number[]
  readonly refused: number
}

export type Load = {
  readonly port: number
  readonly connections: number
  readonly make: (n: number) => Buffer
  /** Messages in all, or as many as fit into `seconds`. */
  readonly count?: number
  readonly seconds?: number
  /** Messages per second over all connections; undefined: as fast as they are answered. */
  readonly rate?: number
  readonly from?: number
}

export async function load(options: Load): Promise<LoadResult> {
  const started = performance.now()
  const endsAt = options.seconds === undefined ? Number.POSITIVE_INFINITY : started + options.seconds * 1000
  const latenciesMs: number[] = []
  let next = options.from ?? 0
  const last = options.count === undefined ? Number.POSITIVE_INFINITY : next + options.count
  let refused = 0
  const one = async () => {
    const socket = await open(options.port)
    const exchange = exchanger(socket)
    while (next < last && performance.now() < endsAt) {
      const n = next++
      if (options.rate !== undefined) await until(started + ((n - (options.from ?? 0)) * 1000) / options.rate)
      const due = options.rate === undefined ? performance.now() : started + ((n - (options.from ?? 0)) * 1000) / options.rate
      const answer = await exchange(options.make(n))
      latenciesMs.push(performance.now() - due)
      if (!/MSA\|[AC]A\|/.test(answer)) refused++
    }
    socket.end()
  }
  await Promise.all(Array.from({ length: options.connections }, one))
  return { sent: latenciesMs.length, seconds: (performance.now() - started) / 1000, latenciesMs, refused }
}

export function percentile(values: readonly number[], share: number): number {
  const sorted = Float64Array.from(values).sort()
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0
}

function open(port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true })
    socket.once('connect', () => resolve(socket))
    socket.once('error', reject)
  })
}

function exchanger(socket: Socket): (bytes: Buffer) => Promise<string> {
  const decoder = new MllpDecoder()
  let waiting: { resolve: (text: string) => void; reject: (error: Error) => void } | undefined
  const fail = () => waiting?.reject(new Error('the connection closed'))
  socket.on('data', (chunk: Buffer) => {
    for (const event of decoder.push(chunk)) if (event.kind === 'frame') waiting?.resolve(event.bytes.toString('latin1'))
  })
  socket.on('error', fail)
  socket.on('close', fail)
  return bytes =>
    new Promise((resolve, reject) => {
      waiting = { resolve, reject }
      socket.write(frame(bytes))
    })
}

function until(at: number): Promise<void> | undefined {
  const ms = at - performance.now()
  return ms > 0.5 ? new Promise(resolve => setTimeout(resolve, ms)) : undefined
}
