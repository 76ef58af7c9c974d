// The committing side of a thread: commits of one turn travel to the writer together; their promises are kept when the writer answers.
import type { MessagePort } from 'node:worker_threads'
import type { Clock } from '#kernel/clock.ts'
import type { AuditEntry, Commit, Receipt } from '#kernel/commit.ts'
import { type Fault, fault } from '#kernel/fault.ts'
import { limits } from '#kernel/limits.ts'
import { failed, ok, type Result } from '#kernel/result.ts'
import type { TenantCode } from '#kernel/tenant.ts'
import type { FromWriter, ToWriter } from './protocol.ts'
import { Outgoing } from './wire.ts'

/** More than this waiting in one thread means that nobody bounds what comes in. */
const waitingMax = 50_000
/** A batch is sent before the turn ends when it is this large. */
const batchBytesMax = 8 * 1024 * 1024

type Pending = (answer: Result<number>) => void

export class CommitClient {
  readonly #port: MessagePort
  readonly #clock: Clock
  readonly #onTenant: (tenant: TenantCode) => void
  readonly #outgoing = new Outgoing()
  readonly #pending = new Map<number, Pending>()
  readonly #audits = new Map<TenantCode, AuditEntry[]>()
  #auditBacklog = 0
  #auditTimer: NodeJS.Timeout | undefined
  #number = 0
  #scheduled = false
  #lost: Fault | undefined

  constructor(port: MessagePort, clock: Clock, onTenant: (tenant: TenantCode) => void) {
    this.#port = port
    this.#clock = clock
    this.#onTenant = onTenant
    port.on('message', (message: FromWriter) => this.#receive(message))
    port.on('close', () => this.lose(fault('store.writer-lost', { args: { reason: 'port' } })))
    port.unref()
  }

  commit(commit: Commit): Promise<Result<Receipt>> {
    if (this.#lost) return Promise.resolve(failed(this.#lost))
    if (this.#pending.size >= waitingMax) return Promise.resolve(failed(fault('store.overloaded', { args: { max: waitingMax } })))
    const versions = (commit.resources ?? []).map(put => (put.op === 'touch' ? put.version : put.version + 1))
    return new Promise(resolve => {
      this.#send(commit, answer => resolve(answer.ok ? ok({ t: answer.value, versions }) : answer))
    })
  }

  openTenant(tenant: TenantCode): Promise<Result<void>> {
    if (this.#lost) return Promise.resolve(failed(this.#lost))
    return new Promise(resolve => {
      const number = this.#expect(answer => resolve(answer.ok ? ok(undefined) : answer))
      this.#port.postMessage({ kind: 'open', number, tenant } satisfies ToWriter)
    })
  }

  /** Goes out with the next batch, at most `auditDelayMsMax` later; counts as backlog until it is durable. */
  audit(tenant: TenantCode, entry: AuditEntry): Result<void> {
    if (this.#lost) return failed(this.#lost)
    if (this.#auditBacklog >= limits.auditBacklogMax) return failed(fault('audit.overloaded'))
    this.#auditBacklog++
    this.#keepAudit(tenant, [entry])
    return ok(undefined)
  }

  /** Sends what waits and resolves when everything sent was answered. */
  async drain(): Promise<void> {
    while (!this.#lost && (this.#pending.size > 0 || this.#auditBacklog > 0)) {
      this.#flush()
      const all = [...this.#pending.keys()]
      if (all.length === 0) return
      await new Promise<void>(resolve => {
        const last = all.at(-1)!
        const told = this.#pending.get(last)!
        this.#pending.set(last, answer => {
          told(answer)
          resolve()
        })
      })
    }
  }

  /** Nothing is written any more: everything that waits is told so. False when that was known. */
  lose(why: Fault): boolean {
    if (this.#lost) return false
    this.#lost = why
    clearTimeout(this.#auditTimer)
    for (const pending of this.#pending.values()) pending(failed(why))
    this.#pending.clear()
    this.#port.close()
    return true
  }

  #send(commit: Commit, pending: Pending): void {
    const number = this.#expect(pending)
    this.#outgoing.add(number, commit, this.#clock.now())
    if (this.#outgoing.bytes > batchBytesMax) this.#flush()
    else if (!this.#scheduled) {
      this.#scheduled = true
      setImmediate(() => {
        this.#scheduled = false
        this.#flush()
      })
    }
  }

  #flush(): void {
    this.#sendAudits()
    if (this.#outgoing.commits === 0 || this.#lost) return
    const batch = this.#outgoing.take()
    this.#port.postMessage({ kind: 'batch', batch } satisfies ToWriter, [batch.bytes.buffer, batch.numbers.buffer])
  }

  #sendAudits(): void {
    clearTimeout(this.#auditTimer)
    this.#auditTimer = undefined
    const waiting = [...this.#audits]
    this.#audits.clear()
    for (const [tenant, audit] of waiting) {
      const number = this.#expect(answer => {
        if (answer.ok) this.#auditBacklog -= audit.length
        else if (!this.#lost) this.#keepAudit(tenant, audit)
      })
      this.#outgoing.add(number, { tenant, cause: { by: 'system:audit' }, audit }, this.#clock.now())
    }
  }

  #keepAudit(tenant: TenantCode, entries: AuditEntry[]): void {
    const waiting = this.#audits.get(tenant)
    if (waiting) waiting.push(...entries)
    else this.#audits.set(tenant, entries)
    this.#auditTimer ??= setTimeout(() => this.#flush(), limits.auditDelayMsMax)
  }

  #expect(pending: Pending): number {
    const number = ++this.#number
    this.#pending.set(number, pending)
    if (this.#pending.size === 1) this.#port.ref()
    return number
  }

  #receive(message: FromWriter): void {
    if (message.kind === 'tenant') return this.#onTenant(message.tenant)
    if (message.kind === 'opened') return this.#answer(message.number, message.fault ? failed(message.fault) : ok(0))
    for (const [number, t] of message.done) this.#answer(number, ok(t))
    for (const [number, why] of message.refused) this.#answer(number, failed(why))
  }

  #answer(number: number, answer: Result<number>): void {
    const pending = this.#pending.get(number)
    this.#pending.delete(number)
    if (this.#pending.size === 0) this.#port.unref()
    pending?.(answer)
  }
}
