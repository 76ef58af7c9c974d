// The audit of a transaction: one entry for each patient it touched (and one for what concerns none), with the counts by type.
import type { AuditEntry } from '#kernel/commit.ts'
import { auditEntry, patientOf, type Toucher } from '../access/audit.ts'
import type { Changed } from './changes.ts'

export function transactionAudit(changed: readonly Changed[], by: Toucher, atMs: number): AuditEntry[] {
  const counts = new Map<string | undefined, Map<string, number>>()
  for (const { type, id, outcome, body } of changed) {
    const patient = patientOf(type, id, body)
    const ofPatient = counts.get(patient) ?? new Map<string, number>()
    counts.set(patient, ofPatient.set(`${outcome} ${type}`, (ofPatient.get(`${outcome} ${type}`) ?? 0) + 1))
  }
  return [...counts].map(([patient, ofPatient]) => {
    const detail = [...ofPatient].map(([what, count]) => `${count} ${what}`).join(', ')
    return auditEntry(
      by,
      { action: 'transaction', subject: patient === undefined ? 'transaction' : `Patient/${patient}`, patient, detail },
      atMs,
    )
  })
}
