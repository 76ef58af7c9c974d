// The contract of every storage engine: one suite, run against each. Transactions are literals, searches are compared with a naive evaluator.
import { auditContract } from './contract/audit-trail.ts'
import { backupContract } from './contract/backup.ts'
import { claimContract } from './contract/claims.ts'
import { commitContract, versionContract } from './contract/commits.ts'
import { chartContract, compartmentContract, documentContract } from './contract/compartment.ts'
import { crashContract } from './contract/crash.ts'
import { deliveryContract } from './contract/deliveries.ts'
import type { Engine } from './contract/engine.ts'
import { journalContract, journalSearchContract } from './contract/journal.ts'
import { lifeContract } from './contract/life.ts'
import { pagingContract } from './contract/paging.ts'
import { feedContract, readContract } from './contract/reads.ts'
import { recordContract } from './contract/records.ts'
import { refusalContract } from './contract/refusals.ts'
import { searchLawContract } from './contract/search-law.ts'
import { searchContract } from './contract/searches.ts'
import { tenantContract } from './contract/tenants.ts'

const parts: readonly ((engine: Engine) => void)[] = [
  commitContract,
  versionContract,
  refusalContract,
  claimContract,
  readContract,
  feedContract,
  compartmentContract,
  chartContract,
  documentContract,
  searchContract,
  searchLawContract,
  pagingContract,
  tenantContract,
  journalContract,
  journalSearchContract,
  deliveryContract,
  auditContract,
  recordContract,
  lifeContract,
  backupContract,
  crashContract,
]

export function storageContract(engine: Engine): void {
  describe(`storage: ${engine.name}`, () => {
    for (const part of parts) part(engine)
  })
}
