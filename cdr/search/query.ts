// The query string of a search (search.html#3.1.1.1, RFC 3986): name, modifier and value of each parameter, decoded strictly.
import { fault } from '#kernel/fault.ts'
import { failed, ok, type Result } from '#kernel/result.ts'

export type QueryParameter = {
  /** `code`, `subject`, `_sort`; what follows a colon is the modifier. */
  readonly name: string
  readonly modifier: string | undefined
  /** Decoded; FHIR escapes (`\,`) still in place. */
  readonly value: string
}

export const queryParametersMax = 200
const nameCharactersMax = 120
/** A pasted list of ids is long; anything longer is no search. */
const valueCharactersMax = 64 * 1024

/** Reads `a=b&c:d=e`, as it stands after the `?` or in a form body. */
export function readQuery(text: string): Result<QueryParameter[]> {
  const parameters: QueryParameter[] = []
  for (const pair of text.split('&')) {
    if (pair === '') continue
    if (parameters.length === queryParametersMax) return invalid('?', `> ${queryParametersMax}`)
    const equals = pair.indexOf('=')
    const name = decode(equals < 0 ? pair : pair.slice(0, equals))
    const value = decode(equals < 0 ? '' : pair.slice(equals + 1))
    if (name === undefined || value === undefined) return invalid((name ?? pair).slice(0, nameCharactersMax), 'percent-encoding, UTF-8')
    if (name === '' || name.length > nameCharactersMax) return invalid(name.slice(0, nameCharactersMax), `1–${nameCharactersMax}`)
    if (value.length > valueCharactersMax) return invalid(name, `> ${valueCharactersMax}`)
    if (/[\0-\x08\x0b\x0c\x0e-\x1f]/.test(name + value)) return invalid(name, 'control character')
    const colon = name.indexOf(':')
    parameters.push({ name: colon < 0 ? name : name.slice(0, colon), modifier: colon < 0 ? undefined : name.slice(colon + 1), value })
  }
  return ok(parameters)
}

/** Writes parameters back as a query string: what a self link shows. */
export function printQuery(parameters: readonly QueryParameter[]): string {
  return parameters
    .map(({ name, modifier, value }) => `${encode(modifier === undefined ? name : `${name}:${modifier}`)}=${encode(value)}`)
    .join('&')
}

/** Readable where the grammar allows: `code=http://loinc.org|718-7` keeps its colon, slash and bar escaped only if needed. */
function encode(text: string): string {
  return encodeURIComponent(text).replace(/%(?:3A|2F|2C|24|40)/g, decodeURIComponent)
}

function decode(text: string): string | undefined {
  if (!/[%+]/.test(text)) return text
  try {
    return decodeURIComponent(text.replaceAll('+', ' '))
  } catch {
    return undefined
  }
}

function invalid(name: string, reason: string): Result<never> {
  return failed(fault('http.parameter', { at: name, args: { name, reason } }))
}
