// The measured server in a process of its own: prints one line with its port and a token, and ends with its parent.
import { openTestServer } from '#cdr/rest/test-server.ts'

const [, , directory] = process.argv
const server = await openTestServer({ tenants: ['DEFAULT'], ...(directory ? { directory } : {}) })
const token = await server.token(['DEFAULT'])
process.stdout.write(`${JSON.stringify({ port: Number(new URL(server.origin).port), token })}\n`)
process.stdin.resume()
process.stdin.on('end', () => void server.close().then(() => process.exit(0)))
