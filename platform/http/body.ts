// Reads a request body whole, never more than the limit.
import type { IncomingMessage } from 'node:http'
import { fault } from '#kernel/fault.ts'
import { limits } from '#kernel/limits.ts'
import { failed, ok, type Result } from '#kernel/result.ts'

export function readBody(request: IncomingMessage, bytesMax: number = limits.httpBodyBytesMax): Promise<Result<Buffer>> {
  const tooLarge = failed(fault('http.too-large', { args: { max: bytesMax } }))
  if (Number(request.headers['content-length'] ?? 0) > bytesMax) return Promise.resolve(tooLarge)
  return new Promise(resolve => {
    const chunks: Buffer[] = []
    let bytes = 0
    request.on('data', (chunk: Buffer) => {
      bytes += chunk.length
      if (bytes <= bytesMax) return void chunks.push(chunk)
      request.pause()
      resolve(tooLarge)
    })
    request.on('end', () => resolve(ok(chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks, bytes))))
    request.on('error', () => resolve(failed(fault('http.parameter', { args: { name: 'body', reason: 'the connection broke' } }))))
  })
}
