// What the machine itself can do, measured in the same run: durable writes per second, and an echo over HTTP.
import { closeSync, fdatasyncSync, openSync, rmSync, writeSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'

/** Appends of 4 KB, each made durable before the next. */
export function fsyncsPerSecond(directory: string, seconds: number): number {
  const path = join(directory, 'fsync.probe')
  const file = openSync(path, 'w')
  const block = Buffer.alloc(4096, 1)
  const started = performance.now()
  let count = 0
  for (; performance.now() - started < seconds * 1000; count++) {
    writeSync(file, block)
    fdatasyncSync(file)
  }
  closeSync(file)
  rmSync(path)
  return count / ((performance.now() - started) / 1000)
}

/** A bare node:http server: GET answers 1.7 KB, POST answers its body. */
export function openEcho(): Promise<{ port: number; close: () => void }> {
  const page = Buffer.alloc(1700, 'x')
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', chunk => chunks.push(chunk))
    request.on('end', () => {
      const body = chunks.length > 0 ? Buffer.concat(chunks) : page
      response.writeHead(200, { 'content-type': 'application/fhir+json', 'content-length': body.length })
      response.end(body)
    })
  })
  return new Promise(resolve =>
    server.listen(0, '127.0.0.1', () => resolve({ port: (server.address() as AddressInfo).port, close: () => server.close() })),
  )
}
