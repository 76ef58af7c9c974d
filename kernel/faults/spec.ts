// The words of the fault catalogue: categories (after blaze's anomalies) and what each means in the protocols we answer in.
export type Language = 'zh' | 'en'

export type FaultCategory =
  | 'incorrect'
  | 'unprocessable'
  | 'too-large'
  | 'unauthorized'
  | 'forbidden'
  | 'not-found'
  | 'gone'
  | 'conflict'
  | 'precondition-failed'
  | 'unsupported'
  | 'busy'
  | 'unavailable'
  | 'timeout'
  | 'internal'

export type FaultSpec = {
  readonly category: FaultCategory
  readonly zh: string
  readonly en: string
  /** For the operator: what to look at or do next. */
  readonly hint?: { readonly zh: string; readonly en: string }
  /** Overrides of the category's usual answers. */
  readonly ack?: 'AE' | 'AR'
  /** HL7 table 0357. */
  readonly error?: string
  readonly http?: number
  /** FHIR issue-type code. */
  readonly issue?: string
}

/** Usual answers: MSA-1, table 0357 error, HTTP status, FHIR issue type, and whether a later retry may succeed. */
export const categories: Readonly<
  Record<FaultCategory, { ack: 'AE' | 'AR'; error: string; http: number; issue: string; transient: boolean }>
> = {
  incorrect: { ack: 'AE', error: '102', http: 400, issue: 'invalid', transient: false },
  unprocessable: { ack: 'AE', error: '207', http: 422, issue: 'processing', transient: false },
  'too-large': { ack: 'AR', error: '207', http: 413, issue: 'too-long', transient: false },
  unauthorized: { ack: 'AR', error: '207', http: 401, issue: 'login', transient: false },
  forbidden: { ack: 'AR', error: '207', http: 403, issue: 'forbidden', transient: false },
  'not-found': { ack: 'AE', error: '204', http: 404, issue: 'not-found', transient: false },
  gone: { ack: 'AE', error: '204', http: 410, issue: 'deleted', transient: false },
  conflict: { ack: 'AE', error: '205', http: 409, issue: 'conflict', transient: false },
  'precondition-failed': { ack: 'AE', error: '205', http: 412, issue: 'conflict', transient: false },
  unsupported: { ack: 'AR', error: '200', http: 400, issue: 'not-supported', transient: false },
  busy: { ack: 'AE', error: '207', http: 503, issue: 'throttled', transient: true },
  unavailable: { ack: 'AE', error: '207', http: 503, issue: 'transient', transient: true },
  timeout: { ack: 'AE', error: '207', http: 504, issue: 'timeout', transient: true },
  internal: { ack: 'AE', error: '207', http: 500, issue: 'exception', transient: false },
}
