// The way to the server: openapi-fetch over the generated types; a refusal becomes a Problem with the server's own words and hint.
import createClient from 'openapi-fetch'
import type { paths } from '../generated/api-types.ts'
import { storedLanguage } from '../i18n/index.ts'

export const api = createClient<paths>({
  baseUrl: '',
  headers: { 'x-requested-with': 'portal' },
  // Looked up at every call, as the page may be used with another fetch in tests.
  fetch: request => fetch(request),
})

api.use({
  onRequest({ request }) {
    request.headers.set('accept-language', storedLanguage())
    return request
  },
})

/** What the server says when it does not do what was asked (RFC 9457), or that it could not be reached. */
export class Problem extends Error {
  readonly status: number
  readonly code: string
  readonly at: string | undefined
  readonly hint: string | undefined
  constructor(status: number, body: { title?: unknown; code?: unknown; at?: unknown; hint?: unknown } = {}) {
    super(typeof body.title === 'string' ? body.title : '')
    this.status = status
    this.code = typeof body.code === 'string' ? body.code : ''
    this.at = typeof body.at === 'string' ? body.at : undefined
    this.hint = typeof body.hint === 'string' ? body.hint : undefined
  }
}

type Reply<T> = { readonly data?: T; readonly error?: unknown; readonly response: Response }

/** The answer, or a thrown Problem. */
export async function answerOf<T>(call: Promise<Reply<T>>): Promise<T> {
  const { data, error, response } = await call.catch(reason => {
    if (reason instanceof DOMException && reason.name === 'AbortError') throw reason
    throw new Problem(0)
  })
  if (response.ok) return data as T
  throw new Problem(response.status, typeof error === 'object' && error !== null ? error : {})
}
