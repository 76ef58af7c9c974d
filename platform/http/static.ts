// The built portal: files by name from one folder, hashed names cached for ever, every other path is the page itself (its router decides).
import { createReadStream, existsSync, statSync } from 'node:fs'
import { extname, join, normalize } from 'node:path'
import { fault } from '#kernel/fault.ts'
import { languageOf, sendProblem } from './problem.ts'
import { pathOf, type Surface } from './server.ts'

const mediaTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.json': 'application/json',
  '.map': 'application/json',
}

/** Scripts and styles come from here alone; the styles of Ant Design are made in the page. */
const contentSecurityPolicy =
  "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; frame-ancestors 'none'; base-uri 'self'"

export function staticSurface(directory: string): Surface {
  return {
    name: 'portal',
    fits: () => true,
    handle(request, response) {
      if (request.method !== 'GET' && request.method !== 'HEAD')
        return sendProblem(
          response,
          fault('http.method', { args: { method: request.method ?? '' } }),
          languageOf(request.headers['accept-language']),
        )
      const file = fileOf(directory, pathOf(request))
      if (!file) return sendProblem(response, fault('http.not-found'), languageOf(request.headers['accept-language']))
      const { size } = statSync(file)
      const hashed = file.includes(`${normalize('/assets/')}`)
      response.writeHead(200, {
        'content-type': mediaTypes[extname(file)] ?? 'application/octet-stream',
        'content-length': size,
        'cache-control': hashed ? 'public, max-age=31536000, immutable' : 'no-cache',
        'content-security-policy': contentSecurityPolicy,
        'referrer-policy': 'same-origin',
      })
      if (request.method === 'HEAD') return void response.end()
      createReadStream(file).pipe(response)
    },
  }
}

/** A file of the folder, the page for any other path without an extension, or nothing. */
function fileOf(directory: string, path: string): string | undefined {
  let decoded: string
  try {
    decoded = decodeURIComponent(path)
  } catch {
    return undefined
  }
  const file = normalize(join(directory, decoded))
  if (decoded.includes('\0') || !file.startsWith(normalize(directory))) return undefined
  if (existsSync(file) && statSync(file).isFile()) return file
  const page = join(directory, 'index.html')
  return extname(decoded) === '' && existsSync(page) ? page : undefined
}
