// The owner's side of the keeper thread: one piece of work after the other, each answered once.
import { Worker } from 'node:worker_threads'
import { fault } from '#kernel/fault.ts'
import { failed, ok, type Result } from '#kernel/result.ts'
import type { FromKeeper, KeeperData, KeeperWork, ToKeeper } from './keeper-protocol.ts'

export class Keeper {
  readonly #worker: Worker
  readonly #pending = new Map<number, (answer: Result<FromKeeper>) => void>()
  #number = 0
  #lost = false

  constructor(directory: string) {
    this.#worker = new Worker(new URL('./keeper.worker.ts', import.meta.url), { workerData: { directory } satisfies KeeperData })
    this.#worker.on('message', (message: FromKeeper) => this.#answer(message))
    this.#worker.on('exit', () => this.#lose())
    this.#worker.on('error', () => this.#lose())
    this.#worker.unref()
  }

  do(work: KeeperWork): Promise<Result<FromKeeper>> {
    if (this.#lost) return Promise.resolve(failed(fault('store.closed')))
    return new Promise(resolve => {
      const number = ++this.#number
      this.#pending.set(number, resolve)
      this.#worker.ref()
      this.#worker.postMessage({ ...work, number } satisfies ToKeeper)
    })
  }

  async close(): Promise<void> {
    await this.#worker.terminate()
  }

  #answer(message: FromKeeper): void {
    const pending = this.#pending.get(message.number)
    this.#pending.delete(message.number)
    if (this.#pending.size === 0) this.#worker.unref()
    pending?.(message.fault ? failed(message.fault) : ok(message))
  }

  #lose(): void {
    this.#lost = true
    for (const pending of this.#pending.values()) pending(failed(fault('store.closed')))
    this.#pending.clear()
  }
}
