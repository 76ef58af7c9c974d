// The writer of one tenant's file: applies commits in groups, one transaction and one sync for all of a group, each commit whole or not at all.
import type { DatabaseSync, StatementSync } from 'node:sqlite'
import { type Fault, fault } from '#kernel/fault.ts'
import { failed, ok, type Result } from '#kernel/result.ts'
import { type NameWriter as Names, NameWriter, nameOf } from '../names.ts'
import { diskFault } from '../sqlite-fault.ts'
import type { WireCommit } from '../wire.ts'
import { AuditWriter } from './audit.ts'
import { ClaimWriter } from './claims.ts'
import { DeliveryWriter } from './deliveries.ts'
import { DocumentWriter } from './documents.ts'
import { JournalWriter } from './journal.ts'
import { type Arrived, Batch, type Moment } from './moment.ts'
import { RecordWriter } from './records.ts'
import { Resources } from './resources.ts'
import { VersionWriter } from './versions.ts'

/** A commit on its way, with the batch its numbers belong to. */
export type Waiting = {
  readonly commit: WireCommit
  readonly arrived: Arrived
  /** Told once: the logical time when the commit is durable, or why it was refused. */
  readonly settle: (outcome: Result<number>) => void
}

type State = { t: number; rid: number; audit: number; horizon: number }

export class TenantWriter {
  readonly db: DatabaseSync
  readonly #names: Names
  readonly #resources: Resources
  readonly #versions: VersionWriter
  readonly #journal: JournalWriter
  readonly #claims: ClaimWriter
  readonly #records: RecordWriter
  readonly #deliveries: DeliveryWriter
  readonly #documents: DocumentWriter
  readonly #audit: AuditWriter
  readonly #begin: StatementSync
  readonly #end: StatementSync
  readonly #save: StatementSync
  #state: State

  constructor(db: DatabaseSync) {
    this.db = db
    this.#state = readState(db)
    this.#names = new NameWriter(db)
    this.#resources = new Resources(db, this.#state.rid)
    this.#versions = new VersionWriter(db, this.#resources)
    this.#journal = new JournalWriter(db, this.#names)
    this.#claims = new ClaimWriter(db)
    this.#records = new RecordWriter(db)
    this.#deliveries = new DeliveryWriter(db, this.#names)
    this.#documents = new DocumentWriter(db)
    this.#audit = new AuditWriter(db, this.#names, this.#state.audit)
    this.#begin = db.prepare('BEGIN IMMEDIATE')
    this.#end = db.prepare('COMMIT')
    this.#save = db.prepare('UPDATE state SET t = ?, rid = ?, audit = ?')
  }

  /** Applies what waits in one transaction. A commit that is refused writes nothing; one that breaks something is left out and the others are done again. */
  apply(group: readonly Waiting[]): void {
    const outcomes = new Map<Waiting, Result<number>>()
    let rest = group
    for (;;) {
      const broken = this.#attempt(rest, outcomes)
      if (!broken) break
      outcomes.clear()
      if (broken.all) {
        for (const waiting of rest) outcomes.set(waiting, failed(broken.fault))
        break
      }
      broken.waiting.settle(failed(broken.fault))
      rest = rest.filter(waiting => waiting !== broken.waiting)
    }
    for (const [waiting, outcome] of outcomes) waiting.settle(outcome)
  }

  /** Work of the writer's own in a transaction of its own. */
  transact(work: () => void): void {
    this.#begin.run()
    try {
      work()
      this.#end.run()
    } catch (error) {
      this.#rollback()
      throw error
    }
  }

  get versions(): VersionWriter {
    return this.#versions
  }

  close(): void {
    this.db.close()
  }

  #attempt(
    group: readonly Waiting[],
    outcomes: Map<Waiting, Result<number>>,
  ): { fault: Fault; all: true } | { fault: Fault; all: false; waiting: Waiting } | undefined {
    let at: Waiting | undefined
    let batch: Batch | undefined
    let t = this.#state.t
    try {
      this.#begin.run()
      for (const waiting of group) {
        at = waiting
        if (batch?.arrived !== waiting.arrived) batch = new Batch(waiting.arrived, this.#names, this.#resources)
        const refused = this.#check(waiting.commit, batch)
        if (!refused) this.#write(waiting.commit, batch, ++t)
        outcomes.set(waiting, refused ? failed(refused) : ok(t))
      }
      at = undefined
      if (t > this.#state.t) this.#save.run(t, this.#resources.rids, this.#audit.entries)
      this.#end.run()
      this.#state = { ...this.#state, t, rid: this.#resources.rids, audit: this.#audit.entries }
      return undefined
    } catch (error) {
      this.#rollback()
      const disk = diskFault(error)
      if (disk) return { fault: disk, all: true }
      const bug = fault('internal.bug', { args: { reference: `commit: ${(error as Error).message}` } })
      return at ? { fault: bug, all: false, waiting: at } : { fault: bug, all: true }
    }
  }

  /** Everything that could refuse the commit, before anything of it is written. */
  #check(commit: WireCommit, batch: Batch): Fault | undefined {
    return (
      this.#journal.check(commit) ??
      this.#versions.check(commit, batch) ??
      this.#claims.check(commit) ??
      this.#deliveries.check(commit) ??
      this.#records.check(commit)
    )
  }

  #write(commit: WireCommit, batch: Batch, t: number): void {
    const { plan, by } = commit.cause
    const moment: Moment = {
      t,
      atMs: commit.atMs,
      plan: plan === undefined ? null : this.#names.number(nameOf.plan(plan)),
      author: this.#names.number(nameOf.by(by)),
    }
    this.#journal.write(commit)
    this.#claims.write(commit)
    this.#versions.write(commit, batch, moment)
    this.#documents.write(commit, batch)
    this.#deliveries.write(commit)
    this.#records.write(commit)
    this.#audit.write(commit.audit ?? [])
  }

  #rollback(): void {
    if (this.db.isTransaction) this.db.exec('ROLLBACK')
    this.#names.forget()
    this.#resources.forget(this.#state.rid)
    this.#audit.entries = this.#state.audit
  }
}

function readState(db: DatabaseSync): State {
  return db.prepare('SELECT t, rid, audit, horizon FROM state').get() as State
}
