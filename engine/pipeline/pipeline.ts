// The main thread's side of processing: lanes decide what may run, a bounded number is with the worker, retries wait in place so that order per key holds.
import type { Clock } from '#kernel/clock.ts'
import { messageName } from '#kernel/envelope.ts'
import type { Item, Settled } from './item.ts'
import { Lanes } from './lanes.ts'

export type PipelineTools = {
  readonly clock: Clock
  /** Hands messages to a worker; each comes back once through `settled`. */
  readonly work: (batch: readonly Item[]) => void
  /** Does a permanent failure hold its lanes back? */
  readonly blocks: (channel: string) => boolean
  readonly onSettled: (item: Item, settled: Settled) => void
}

const inFlightMax = 512
/** Beyond this many waiting, texts are dropped and read from the log again when their turn comes. */
const textsHeldMax = 20_000

export class Pipeline {
  readonly #tools: PipelineTools
  readonly #lanes = new Lanes<string>()
  readonly #items = new Map<string, Item>()
  readonly #ready: string[] = []
  readonly #timers = new Map<string, NodeJS.Timeout>()
  readonly #idle: (() => void)[] = []
  #inFlight = 0
  #blocked = 0
  #flushing = false
  #stopped = false

  constructor(tools: PipelineTools) {
    this.#tools = tools
  }

  /** Messages acknowledged and not yet settled. */
  get backlog(): number {
    return this.#items.size
  }

  /** Receipt time of the oldest message that is not settled; undefined when there is none. */
  oldestReceivedAtMs(channel: string): number | undefined {
    for (const item of this.#items.values()) if (item.channel === channel) return item.receivedAtMs
    return undefined
  }

  submit(item: Item): void {
    const name = messageName(item)
    if (this.#items.has(name)) return
    const held = this.#items.size > textsHeldMax ? { ...item, text: undefined } : item
    this.#items.set(name, held)
    const lanes = item.orderKeys.map(key => `${item.tenant}\u001f${key}`)
    if (this.#lanes.enter(name, lanes)) this.#run(name)
  }

  settled(batch: readonly Settled[]): void {
    for (const settled of batch) this.#settle(settled)
    this.#flush()
  }

  /** Resolves when nothing is with the worker any more; nothing new is handed over from now on. */
  async stop(): Promise<void> {
    this.#stopped = true
    for (const timer of this.#timers.values()) clearTimeout(timer)
    if (this.#inFlight > 0) await new Promise<void>(resolve => this.#idle.push(resolve))
  }

  #settle(settled: Settled): void {
    const name = messageName(settled)
    const item = this.#items.get(name)
    if (!item) return
    this.#inFlight--
    this.#tools.onSettled(item, settled)
    if (settled.status === 'retrying')
      this.#retryLater(name, { ...item, attempt: settled.t > 0 ? settled.attempt + 1 : settled.attempt }, settled.retryAtMs ?? 0)
    else if (settled.status === 'failed' && this.#tools.blocks(item.channel)) this.#block(name)
    else this.#leave(name)
    if (this.#inFlight === 0) for (const resolve of this.#idle.splice(0)) resolve()
  }

  /** A blocked lane opens again when its message is replayed, or on restart when it is still failed. */
  #block(name: string): void {
    this.#items.delete(name)
    this.#blocked++
  }

  /** Lets go of a failed message that held its lanes (it is being replayed or was given up). */
  release(name: string): void {
    if (this.#items.has(name)) return
    if (this.#blocked > 0) this.#blocked--
    for (const next of this.#lanes.leave(name)) this.#run(next)
    this.#flush()
  }

  #leave(name: string): void {
    this.#items.delete(name)
    for (const next of this.#lanes.leave(name)) this.#run(next)
  }

  #retryLater(name: string, item: Item, atMs: number): void {
    this.#items.set(name, item)
    const timer = setTimeout(
      () => {
        this.#timers.delete(name)
        this.#run(name)
      },
      Math.max(0, atMs - this.#tools.clock.now()),
    )
    timer.unref()
    this.#timers.set(name, timer)
  }

  #run(name: string): void {
    this.#ready.push(name)
    if (this.#flushing) return
    this.#flushing = true
    setImmediate(() => {
      this.#flushing = false
      this.#flush()
    })
  }

  #flush(): void {
    if (this.#stopped) return
    const room = Math.min(inFlightMax - this.#inFlight, this.#ready.length)
    if (room <= 0) return
    const batch = this.#ready.splice(0, room).map(name => this.#items.get(name)!)
    this.#inFlight += batch.length
    this.#tools.work(batch)
  }
}
