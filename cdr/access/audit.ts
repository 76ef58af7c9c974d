// The audit entry of a FHIR interaction: who touched what, with no value in it that could name a person (ATNA; 等保三级 安全审计).
import type { AuditEntry } from '#kernel/commit.ts'
import type { Principal } from '#kernel/tenant.ts'
import { parametersOf } from '../index/parameters.ts'
import { isControl } from '../search/controls.ts'
import type { QueryParameter } from '../search/query.ts'

export type Touch = {
  readonly action: string
  readonly outcome?: AuditEntry['outcome']
  /** `Patient/abc`, `Observation?patient=abc&code=…` */
  readonly subject: string
  /** Id of the patient concerned, where one is known. */
  readonly patient?: string
  readonly detail?: string
}

export type Toucher = { readonly principal: Principal; readonly remote: string }

export function auditEntry(by: Toucher, touch: Touch, atMs: number): AuditEntry {
  return { atMs, principal: by.principal.id, outcome: 'success', remote: by.remote, ...touch }
}

/** Tokens that are numbers of a person. */
const namingTokens: ReadonlySet<string> = new Set(['identifier', 'telecom', 'phone', 'email', 'birthdate', 'death-date'])

/** The query with the values of names, addresses, numbers and free text left out. */
export function searchSubject(type: string, applied: readonly QueryParameter[]): string {
  const shown = applied.map(parameter => {
    const name = parameter.modifier === undefined ? parameter.name : `${parameter.name}:${parameter.modifier}`
    return `${name}=${mayShow(type, parameter) ? parameter.value : '…'}`
  })
  return shown.length === 0 ? type : `${type}?${shown.join('&')}`
}

function mayShow(type: string, { name, modifier }: QueryParameter): boolean {
  if (isControl(name) || name === '_id' || name === '_lastUpdated') return true
  const parameter = parametersOf(type).get(name)
  return parameter !== undefined && parameter.kind !== 'string' && modifier !== 'identifier' && !namingTokens.has(name)
}

/** The patient a stored body is about, read without parsing it: itself, its subject or its patient. */
export function patientOf(type: string, id: string, body: Buffer | string): string | undefined {
  if (type === 'Patient') return id
  for (const member of patientMembers) {
    const at = body.indexOf(member)
    if (at < 0) continue
    const start = at + member.length
    const end = body.indexOf('"', start)
    return typeof body === 'string' ? body.slice(start, end) : body.toString('latin1', start, end)
  }
  return undefined
}

const patientMembers = ['"subject":{"reference":"Patient/', '"patient":{"reference":"Patient/']
