// Checkpoints: the write-ahead log is copied into the file by another thread while commits go on; only the last few pages are copied here, between two
// groups, so that the log can begin anew and stays small.
import type { DatabaseSync, StatementSync } from 'node:sqlite'
import { unlessRefused } from '../sqlite-fault.ts'

/** Pages in the log (4 KB each) from which a checkpoint is worth it. */
const pagesMin = 16_384
/** Pages left that the writer copies itself. */
const pagesLeftMax = 4_096
/** Passes of the other thread until the writer copies the rest, however many pages that are. */
const passesMax = 2
/** When nothing else is to do, even a short log is copied. */
const pagesMinIdle = 256
/** The log is this long: the writer copies everything itself, whatever that costs. */
const pagesMax = 262_144

type Counters = { log: number; checkpointed: number }

export class Checkpoints {
  readonly #ask: () => void
  readonly #look: StatementSync
  readonly #copy: StatementSync
  #asked = false
  #passes = 0

  /** `ask` has another thread copy what is there; `finish` is called when it has. */
  constructor(db: DatabaseSync, ask: () => void) {
    this.#ask = ask
    this.#look = db.prepare('PRAGMA wal_checkpoint(NOOP)')
    this.#copy = db.prepare('PRAGMA wal_checkpoint(PASSIVE)')
  }

  look(idle = false): void {
    if (this.#asked) return
    const { log, checkpointed } = this.#counters()
    if (log > pagesMax) this.#copyRest()
    else if (log - checkpointed > (idle ? pagesMinIdle : pagesMin)) this.#askFor(1)
  }

  finish(): void {
    this.#asked = false
    const { log, checkpointed } = this.#counters()
    if (log - checkpointed <= pagesLeftMax || this.#passes >= passesMax) this.#copyRest()
    else this.#askFor(this.#passes + 1)
  }

  #askFor(pass: number): void {
    this.#asked = true
    this.#passes = pass
    this.#ask()
  }

  #copyRest(): void {
    unlessRefused(() => this.#copy.get())
  }

  #counters(): Counters {
    return unlessRefused(() => this.#look.get() as Counters) ?? { log: 0, checkpointed: 0 }
  }
}
