// Content negotiation (http.html#mime-type): which form a body has, and which form the answer shall have.
import { fault } from '#kernel/fault.ts'
import { failed, ok, type Result } from '#kernel/result.ts'

export type Form = { readonly format: 'json'; readonly pretty: boolean }

const jsonTypes: ReadonlySet<string> = new Set(['application/fhir+json', 'application/json', 'text/json', 'json', 'application/json+fhir'])
const jsonRanges: ReadonlySet<string> = new Set([...jsonTypes, '*/*', 'application/*', 'text/*', '*'])

/** `_format` goes before Accept. */
export function answerForm(query: string, accept: string | undefined): Result<Form> {
  const pretty = /(?:^|&)_pretty=true(?:&|$)/.test(query)
  const format = formatParameter(query)
  if (format !== undefined) return jsonTypes.has(mediaType(format)) ? ok({ format: 'json', pretty }) : notAcceptable(format)
  if (accept === undefined || accept === '' || accept === '*/*') return ok({ format: 'json', pretty })
  const ranges = accept.split(',').filter(range => !/;\s*q=0(?:\.0+)?\s*(?:;|$)/.test(range))
  return ranges.some(range => jsonRanges.has(mediaType(range))) ? ok({ format: 'json', pretty }) : notAcceptable(accept)
}

/** A body without a type is taken as JSON; `form` bodies are those of POST _search. */
export function bodyType(contentType: string | undefined, encoding: string | undefined, expected: 'resource' | 'form'): Result<void> {
  if (encoding !== undefined && encoding !== 'identity') return wrongType(`content-encoding ${encoding}`)
  if (contentType === undefined) return ok(undefined)
  const charset = /;\s*charset\s*=\s*"?([^";\s]+)/i.exec(contentType)?.[1]
  if (charset !== undefined && !/^utf-?8$/i.test(charset)) return wrongType(contentType)
  const type = mediaType(contentType)
  const fits = expected === 'form' ? type === 'application/x-www-form-urlencoded' : jsonTypes.has(type)
  return fits ? ok(undefined) : wrongType(contentType)
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
  return (end < 0 ? text : text.slice(0, end)).trim().toLowerCase().replace('fhir json', 'fhir+json')
}

function wrongType(type: string): Result<never> {
  return failed(fault('fhir.media-type', { args: { type: type.slice(0, 100) } }))
}

function notAcceptable(type: string): Result<never> {
  return failed(fault('fhir.not-acceptable', { args: { type: type.slice(0, 100) } }))
}
