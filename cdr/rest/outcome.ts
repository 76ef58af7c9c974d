// Faults as an OperationOutcome (operationoutcome.html): the one place where a refusal takes its FHIR form.
import { canonicalRoot } from '#kernel/canonical.ts'
import { type Fault, faultAnswer, faultHint, faultText, type Language } from '#kernel/fault.ts'
import type { JsonObject } from '#kernel/json.ts'
import type { Finding } from '#kernel/ports/validator.ts'
import type { Answer } from './answer.ts'

export const faultSystem = `${canonicalRoot}/CodeSystem/fault`

/** The catalogue's fault answered as FHIR demands: status, and an outcome with code, sentence, hint and place. */
export function refusal(fault: Fault, language: Language): Answer {
  const { http } = faultAnswer(fault)
  return {
    status: http,
    headers: http === 401 ? { 'www-authenticate': 'Bearer realm="huilian"' } : {},
    body: JSON.stringify(outcomeOf(fault, language)),
  }
}

export function outcomeOf(fault: Fault, language: Language): JsonObject {
  const severity = fault.category === 'internal' ? 'fatal' : 'error'
  return outcome([fault, ...(fault.causes ?? [])].map(cause => issueOf({ severity, fault: cause }, language)))
}

export function findingsOutcome(findings: readonly Finding[], language: Language): JsonObject {
  if (findings.length === 0) return allGood(language)
  return outcome(findings.map(finding => issueOf(finding, language)))
}

export function allGood(language: Language): JsonObject {
  return outcome([
    { severity: 'information', code: 'informational', diagnostics: language === 'zh' ? '没有发现问题' : 'No problem was found' },
  ])
}

/** What a lenient search left out. */
export function warnings(faults: readonly Fault[], language: Language): JsonObject {
  return outcome(faults.map(fault => issueOf({ severity: 'warning', fault }, language)))
}

function outcome(issue: JsonObject[]): JsonObject {
  return { resourceType: 'OperationOutcome', issue }
}

function issueOf({ severity, fault, line, column }: Finding, language: Language): JsonObject {
  const text = faultText(fault, language)
  const hint = faultHint(fault, language)
  return {
    severity,
    code: faultAnswer(fault).issue,
    details: { coding: [{ system: faultSystem, code: fault.code }], text },
    diagnostics: hint === '' ? text : language === 'zh' ? `${text}。${hint}` : `${text}. ${hint}`,
    ...placeOf(fault),
    ...(line === undefined ? {} : { location: [`${line}:${column ?? 1}`] }),
  }
}

/** An element by its FHIRPath, a parameter as `http.code` (operationoutcome-definitions.html), a place in the text as location. */
function placeOf({ code, at }: Fault): JsonObject {
  if (!at) return {}
  if (/^\d+:\d+$/.test(at)) return { location: [at] }
  const ofRequest = /^(?:fhir\.(?:parameter|modifier)|http\.)/.test(code)
  return { expression: [ofRequest ? `http.${at}` : at] }
}
