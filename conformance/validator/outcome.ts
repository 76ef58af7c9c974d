// Findings as an OperationOutcome like the reference validator's (operationoutcome.html): stable id, place, line and column.
import { faultAnswer, faultText, type Language } from '#kernel/fault.ts'
import type { JsonObject } from '#kernel/json.ts'
import type { Finding } from '#kernel/ports/validator.ts'

const root = 'http://hl7.org/fhir/StructureDefinition/operationoutcome-'

/** An outcome without findings says that all is well. */
export function outcomeOf(findings: readonly Finding[], language: Language = 'zh'): JsonObject {
  const issue = findings.length > 0 ? findings.map(finding => issueOf(finding, language)) : [allGood(language)]
  return { resourceType: 'OperationOutcome', issue }
}

function issueOf({ severity, fault, line, column }: Finding, language: Language): JsonObject {
  const text = faultText(fault, language)
  const position: JsonObject[] =
    line === undefined
      ? []
      : [
          { url: `${root}issue-line`, valueInteger: line },
          { url: `${root}issue-col`, valueInteger: column ?? 1 },
        ]
  return {
    extension: [...position, { url: `${root}message-id`, valueString: fault.code }],
    severity,
    code: faultAnswer(fault).issue,
    details: { text },
    ...(fault.at ? { expression: [fault.at] } : {}),
    ...(line === undefined ? {} : { location: [`Line[${line}] Col[${column ?? 1}]`] }),
  }
}

function allGood(language: Language): JsonObject {
  return {
    severity: 'information',
    code: 'informational',
    details: { text: language === 'zh' ? '没有发现问题' : 'No issues detected during validation' },
  }
}
