// The checker of shared documents (WS/T 500, WS/T 502): a list of checks over one document, the same for every type; what differs between types is data.
import { readCda } from '#formats/cda/read.ts'
import type { DocumentChecker, DocumentReport, RegisteredDocument } from '#kernel/ports/documents.ts'
import { checkContext } from './checks/context.ts'
import { checkHeaderOrder } from './checks/header-order.ts'
import { checkIdentity } from './checks/identity.ts'
import { checkOids } from './checks/oids.ts'
import { checkPatient } from './checks/patient.ts'
import { checkPeople } from './checks/people.ts'
import { checkRegistered } from './checks/registered.ts'
import { checkSections } from './checks/sections.ts'
import { type CheckTools, Inspection } from './inspection.ts'

const checks = [checkHeaderOrder, checkIdentity, checkPatient, checkPeople, checkContext, checkSections, checkOids]

export function documentChecker(tools: CheckTools): DocumentChecker {
  return { check: (bytes, registered) => check(bytes, registered, tools) }
}

function check(bytes: Uint8Array, registered: RegisteredDocument | undefined, tools: CheckTools): DocumentReport {
  const read = readCda(bytes)
  if (!read.ok) return { valid: false, findings: [{ severity: 'error', fault: read.fault, ...placeOf(read.fault.at) }] }
  const { xml, document } = read.value
  const inspection = new Inspection(xml, document, tools)
  for (const one of checks) one(inspection)
  if (registered) checkRegistered(inspection, registered)
  const findings = inspection.findings()
  return {
    ...(document.code.code !== undefined && { code: document.code.code }),
    ...(document.title !== '' && { title: document.title }),
    ...(document.id.extension !== undefined && { number: document.id.extension }),
    valid: !findings.some(({ severity }) => severity === 'error'),
    findings,
  }
}

/** Faults of XML say `line:column`. */
function placeOf(at: string | undefined): { line?: number; column?: number } {
  const match = /^(\d+):(\d+)$/.exec(at ?? '')
  return match ? { line: Number(match[1]), column: Number(match[2]) } : {}
}
