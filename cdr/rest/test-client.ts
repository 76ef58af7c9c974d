// How tests talk to a FHIR server: over a real socket, with JSON in and out.

/** JSON whose shape the test knows. */
export interface Loose {
  readonly [member: string]: Loose
}

export type Reply = {
  readonly status: number
  readonly headers: Headers
  /** Parsed JSON; an empty object where there is none. */
  readonly body: Loose
  readonly text: string
}

export type Ask = { readonly token?: string; readonly body?: unknown; readonly headers?: Readonly<Record<string, string>> }

/** `body`: an object is sent as FHIR JSON, a string as it is. */
export async function ask(base: string, method: string, path: string, { token, body, headers = {} }: Ask = {}): Promise<Reply> {
  const response = await fetch(/^https?:/.test(path) ? path : `${base}${path}`, {
    method,
    headers: {
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...(body === undefined ? {} : { 'content-type': 'application/fhir+json' }),
      'accept-language': 'en',
      ...headers,
    },
    body: body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body),
  })
  const text = await response.text()
  const json = /json/.test(response.headers.get('content-type') ?? '') && text !== ''
  return { status: response.status, headers: response.headers, text, body: json ? (JSON.parse(text) as Loose) : {} }
}

export function listOf(value: Loose | undefined): readonly Loose[] {
  return Array.isArray(value) ? (value as readonly Loose[]) : []
}

/** Fault codes of an OperationOutcome. */
export function faultsOf(body: Loose): string[] {
  return listOf(body['issue']).map(issue => String(listOf(issue['details']?.['coding'])[0]?.['code']))
}

/** `Type/id` of the matches of a searchset, in order. */
export function namesOf(reply: Reply): string[] {
  return listOf(reply.body['entry'])
    .filter(entry => String(entry['search']?.['mode']) !== 'outcome')
    .map(entry => `${entry['resource']?.['resourceType']}/${entry['resource']?.['id']}`)
}

/** URL of a link of a Bundle. */
export function linkOf(reply: Reply, relation: string): string | undefined {
  const link = listOf(reply.body['link']).find(one => String(one['relation']) === relation)
  return link && String(link['url'])
}
