// The outbox: sends what the store owes, at least once, in order per destination and key; a key whose first delivery waits for a retry holds only itself back.
import type { Clock } from '#kernel/clock.ts'
import type { DeliveryAdvance } from '#kernel/commit.ts'
import { type Fault, fault, isTransient } from '#kernel/fault.ts'
import type { Storage, StoredDelivery } from '#kernel/ports/storage.ts'
import type { Result } from '#kernel/result.ts'
import { systemPrincipal, type TenantCode } from '#kernel/tenant.ts'
import type { Destination } from '../channels/channel.ts'
import type { Answer, Sender } from '../connectors/connector.ts'
import { retryDelayMs } from '../pipeline/retry.ts'

export type OutboxTools = {
  readonly storage: Storage
  readonly clock: Clock
  /** The bytes a delivery carries: the message as received, under its own control id. */
  readonly bytes: (delivery: StoredDelivery) => Promise<Result<Buffer>>
  readonly onDelivered: (delivery: StoredDelivery, outcome: 'sent' | 'retrying' | 'failed') => void
}

const batchRows = 200

/** Deliveries of one destination of one tenant. */
export class Outbox {
  readonly #tenant: TenantCode
  readonly #destination: Destination
  readonly #sender: Sender
  readonly #tools: OutboxTools
  /** Keys whose first delivery waits, until when. */
  readonly #held = new Map<string, number>()
  /** The destination did not answer: nothing is tried before then. */
  #downUntilMs = 0
  /** After a start everything is tried at once, whenever it was due. */
  #started = false
  #running: Promise<void> | undefined
  #again = false
  #timer: NodeJS.Timeout | undefined
  #stopped = false

  constructor(tenant: TenantCode, destination: Destination, sender: Sender, tools: OutboxTools) {
    this.#tenant = tenant
    this.#destination = destination
    this.#sender = sender
    this.#tools = tools
  }

  /** Something may be owed: starts a round, or another one after the running. */
  wake(): void {
    if (this.#stopped) return
    this.#again = true
    this.#running ??= this.#rounds().finally(() => {
      this.#running = undefined
    })
  }

  async stop(): Promise<void> {
    this.#stopped = true
    clearTimeout(this.#timer)
    await this.#running
    await this.#sender.close()
  }

  async #rounds(): Promise<void> {
    while (this.#again && !this.#stopped && !this.#isDown()) {
      this.#again = false
      const owed = await this.#owed()
      let tried = 0
      for (const delivery of owed) {
        if (this.#stopped || this.#isDown()) break
        if ((this.#held.get(delivery.key) ?? 0) > this.#tools.clock.now()) continue
        this.#held.delete(delivery.key)
        await this.#deliver(delivery)
        tried++
      }
      if (owed.length === batchRows && tried > 0) this.#again = true
    }
    this.#sleep()
  }

  #isDown(): boolean {
    return this.#downUntilMs > this.#tools.clock.now()
  }

  /** What is due, without what stands behind a delivery of its key that is not. */
  async #owed(): Promise<readonly StoredDelivery[]> {
    const reader = this.#tools.storage.reader({ principal: systemPrincipal('outbox'), tenants: [this.#tenant] })
    const due = this.#started ? { dueByMs: this.#tools.clock.now() } : {}
    const rows = await reader.deliveries({ destination: this.#destination.id, statuses: ['queued'], ...due, limit: batchRows })
    this.#started = true
    return rows.ok ? rows.value : []
  }

  async #deliver(delivery: StoredDelivery): Promise<void> {
    const bytes = await this.#tools.bytes(delivery)
    const answer = bytes.ok ? await this.#sender.send(bytes.value) : bytes
    const { advance, outcome } = this.#judge(delivery, answer)
    if (advance.dueAtMs !== undefined) this.#held.set(delivery.key, advance.dueAtMs)
    if (advance.dueAtMs !== undefined && !answer.ok && isTransient(answer.fault)) this.#downUntilMs = advance.dueAtMs
    const done = await this.#tools.storage.commit({
      tenant: this.#tenant,
      cause: { message: delivery.message, by: 'system:outbox' },
      deliveryAdvances: [advance],
    })
    if (!done.ok) this.#held.set(delivery.key, this.#tools.clock.now() + this.#destination.retryDelayMsMax)
    this.#tools.onDelivered(delivery, outcome)
  }

  /** Taken: sent. Refused for now or not reached: later. Refused for good: failed, and the key goes on. */
  #judge(delivery: StoredDelivery, answer: Result<Answer>): { advance: DeliveryAdvance; outcome: 'sent' | 'retrying' | 'failed' } {
    const base = { id: delivery.id, attempt: delivery.attempt, answer: answer.ok ? answer.value.code : undefined }
    if (answer.ok && answer.value.accepted) return { advance: { ...base, status: 'sent' }, outcome: 'sent' }
    const trouble: Fault = answer.ok
      ? fault('destination.refused', { args: { destination: this.#destination.id, code: answer.value.code } })
      : answer.fault
    const unreachable = !answer.ok && isTransient(trouble)
    const delay = answer.ok && !answer.value.transient ? undefined : this.#delay(delivery, unreachable)
    if (delay === undefined) return { advance: { ...base, status: 'failed', fault: trouble }, outcome: 'failed' }
    return { advance: { ...base, status: 'queued', dueAtMs: this.#tools.clock.now() + delay, fault: trouble }, outcome: 'retrying' }
  }

  /** A destination that is down is waited for as long as it takes; one that keeps answering AE is given up at last. */
  #delay(delivery: StoredDelivery, unreachable: boolean): number | undefined {
    const delay = retryDelayMs(delivery.attempt, delivery.message, this.#destination.retryDelayMsMax)
    return unreachable ? (delay ?? this.#destination.retryDelayMsMax) : delay
  }

  #sleep(): void {
    clearTimeout(this.#timer)
    if (this.#stopped || this.#held.size === 0) return
    const next = Math.max(this.#downUntilMs, Math.min(...this.#held.values())) - this.#tools.clock.now()
    this.#timer = setTimeout(() => this.wake(), Math.max(10, next))
    this.#timer.unref()
  }
}
