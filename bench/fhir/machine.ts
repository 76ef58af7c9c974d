// What the machine itself can do, measured in the same run: durable writes, and a bare HTTP server in a process of its own.
import { closeSync, fdatasyncSync, openSync, rmSync, writeSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import type { Measured } from './load.ts'

/** Appends of 4 KB, each made durable before the next. */
export function durableWrites(directory: string, seconds: number): Measured {
  const path = join(directory, 'durable.probe')
  const file = openSync(path, 'w')
  const block = Buffer.alloc(4096, 1)
  const latencies: number[] = []
  const started = performance.now()
  for (let before = started; before - started < seconds * 1000; before = performance.now()) {
    writeSync(file, block)
    fdatasyncSync(file)
    latencies.push(performance.now() - before)
  }
  closeSync(file)
  rmSync(path)
  latencies.sort((a, b) => a - b)
  const at = (share: number) => latencies[Math.floor(latencies.length * share)]!
  return { perSecond: latencies.length / seconds, p50Ms: at(0.5), p99Ms: at(0.99), count: latencies.length, bytes: 0, failures: 0 }
}

/** GET answers 1.7 KB, POST answers its body; prints its port and ends with its parent. */
function serveEcho(): void {
  const page = Buffer.alloc(1700, 'x')
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const body = chunks.length > 0 ? Buffer.concat(chunks) : page
      response.writeHead(200, { 'content-type': 'application/fhir+json', 'content-length': body.length })
      response.end(body)
    })
  })
  server.listen(0, '127.0.0.1', () =>
    process.stdout.write(`${JSON.stringify({ port: (server.address() as AddressInfo).port, token: 'none' })}\n`),
  )
  process.stdin.resume()
  process.stdin.on('end', () => process.exit(0))
}

if (import.meta.main) serveEcho()
