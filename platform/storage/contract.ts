// The contract of every storage engine: one suite, run against each. Transactions are literals, searches are compared with a naive evaluator.
import { backupContract } from './contract/backup.ts'
import { commitContract } from './contract/commits.ts'
import { crashContract } from './contract/crash.ts'
import type { Engine } from './contract/engine.ts'
import { journalContract } from './contract/journal.ts'
import { pagingContract } from './contract/paging.ts'
import { readContract } from './contract/reads.ts'
import { recordContract } from './contract/records.ts'
import { searchLawContract } from './contract/search-law.ts'
import { searchContract } from './contract/searches.ts'
import { tenantContract } from './contract/tenants.ts'

export function storageContract(engine: Engine): void {
  describe(`storage: ${engine.name}`, () => {
    commitContract(engine)
    readContract(engine)
    searchContract(engine)
    searchLawContract(engine)
    pagingContract(engine)
    tenantContract(engine)
    journalContract(engine)
    recordContract(engine)
    backupContract(engine)
    crashContract(engine)
  })
}
