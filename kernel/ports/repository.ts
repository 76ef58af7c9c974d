// What the engine asks of the clinical data repository: turn what a message says into the changes it makes, as a value.
import type { Cause, Claim, RecordPut, ResourcePut, VersionExpectation } from '../commit.ts'
import type { Fault } from '../fault.ts'
import type { Mapped } from '../intent.ts'
import type { Result } from '../result.ts'
import type { TenantCode } from '../tenant.ts'
import type { Reader } from './storage.ts'

export type Work = {
  readonly expects: readonly VersionExpectation[]
  readonly claims: readonly Claim[]
  readonly resources: readonly ResourcePut[]
  readonly records: readonly RecordPut[]
  /** What the validation of a lenient channel found and let pass. */
  readonly findings?: readonly Fault[]
  /** To be told what became of the work: what was read for it may then be remembered, or must be read anew. */
  settle(committed: boolean): void
}

export type WorkInput = {
  readonly tenant: TenantCode
  readonly mapped: Mapped
  /** Speaking system, event time (receipt time where the sender states none) and number of the message. */
  readonly source: string
  readonly eventAtMs: number
  readonly message: number
  readonly cause: Cause
  /** The message was worked on before: what it made then and no longer says is withdrawn. */
  readonly replay: boolean
}

export interface Repository {
  /** Reads what it needs through `reader` and builds the change; nothing is written. */
  work(input: WorkInput, reader: Reader): Promise<Result<Work>>
}
