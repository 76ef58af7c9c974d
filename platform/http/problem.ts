// A fault as problem+json (RFC 9457), for every surface that does not speak FHIR or HL7 v2.
import type { ServerResponse } from 'node:http'
import { type Fault, faultAnswer, faultHint, faultText, type Language } from '#kernel/fault.ts'

export function problem(fault: Fault, language: Language): Record<string, unknown> {
  return {
    type: `urn:huilian:fault:${fault.code}`,
    title: faultText(fault, language),
    status: faultAnswer(fault).http,
    code: fault.code,
    at: fault.at,
    hint: faultHint(fault, language) || undefined,
    causes: fault.causes?.map(cause => problem(cause, language)),
  }
}

export function sendProblem(response: ServerResponse, fault: Fault, language: Language): void {
  const text = JSON.stringify(problem(fault, language))
  response.writeHead(faultAnswer(fault).http, {
    'content-type': 'application/problem+json; charset=utf-8',
    'content-length': Buffer.byteLength(text),
    'cache-control': 'no-store',
  })
  response.end(text)
}

/** zh unless the caller prefers English. */
export function languageOf(header: string | undefined): Language {
  return header && /^\s*en\b/i.test(header) ? 'en' : 'zh'
}
