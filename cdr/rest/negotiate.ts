// Content negotiation (http.html#mime-type): which form a body has, and which form the answer shall have.
import { fault } from '#kernel/fault.ts'
import { failed, ok, type Result } from '#kernel/result.ts'

export type Format = 'json' | 'xml'

export const mediaTypes: Readonly<Record<Format, string>> = { json: 'application/fhir+json', xml: 'application/fhir+xml' }

/** Every name under which a client may ask for a form; wildcards lead to JSON. */
const formats: ReadonlyMap<string, Format> = new Map([
  ...['application/fhir+json', 'application/json', 'text/json', 'json', 'application/json+fhir'].map(name => [name, 'json'] as const),
  ...['application/fhir+xml', 'application/xml', 'text/xml', 'xml', 'application/xml+fhir'].map(name => [name, 'xml'] as const),
])
const wildcards: ReadonlySet<string> = new Set(['*/*', 'application/*', 'text/*', '*'])

/** `_format` goes before Accept; who says neither, or does not mind, is answered in the form of the body that was sent. */
export function answerFormat(query: string, accept: string | undefined, contentType: string | undefined): Result<Format> {
  const asked = formatParameter(query)
  if (asked !== undefined) return found(formats.get(mediaType(asked)), asked)
  const usual = (contentType !== undefined && formats.get(mediaType(contentType))) || 'json'
  if (accept === undefined || accept === '' || accept === '*/*') return ok(usual)
  let best: { readonly format: Format; readonly weight: number } | undefined
  for (const range of accept.split(',')) {
    const type = mediaType(range)
    const format = formats.get(type) ?? (wildcards.has(type) ? usual : undefined)
    const weight = Number(/;\s*q\s*=\s*([\d.]+)/.exec(range)?.[1] ?? 1)
    if (format && weight > (best?.weight ?? 0)) best = { format, weight }
  }
  return found(best?.format, accept)
}

/** A body without a type is taken as JSON; `form` bodies are those of POST _search. */
export function bodyFormat(contentType: string | undefined, encoding: string | undefined, expected: 'resource' | 'form'): Result<Format> {
  if (encoding !== undefined && encoding !== 'identity') return wrongType(`content-encoding ${encoding}`)
  if (contentType === undefined) return ok('json')
  const charset = /;\s*charset\s*=\s*"?([^";\s]+)/i.exec(contentType)?.[1]
  if (charset !== undefined && !/^utf-?8$/i.test(charset)) return wrongType(contentType)
  const type = mediaType(contentType)
  const format = expected === 'form' ? (type === 'application/x-www-form-urlencoded' ? 'json' : undefined) : formats.get(type)
  return format ? ok(format) : wrongType(contentType)
}

function formatParameter(query: string): string | undefined {
  const value = query.includes('_format=') ? /(?:^|&)_format=([^&]*)/.exec(query)?.[1] : undefined
  if (value === undefined) return undefined
  try {
    // A plus sign stands for itself here: clients write application/fhir+json as it is.
    return decodeURIComponent(value)
  } catch {
    return value
  }
}

function mediaType(text: string): string {
  const end = text.indexOf(';')
  return (end < 0 ? text : text.slice(0, end))
    .trim()
    .toLowerCase()
    .replace(/fhir (?=json|xml)/, 'fhir+')
}

function wrongType(type: string): Result<never> {
  return failed(fault('fhir.media-type', { args: { type: type.slice(0, 100) } }))
}

function found(format: Format | undefined, asked: string): Result<Format> {
  return format ? ok(format) : failed(fault('fhir.not-acceptable', { args: { type: asked.slice(0, 100) } }))
}
