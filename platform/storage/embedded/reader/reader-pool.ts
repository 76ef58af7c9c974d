// Reader threads for searches that are too long for the asking thread. One that does not come back in time is ended, and another takes its place.
import { Worker } from 'node:worker_threads'
import { fault } from '#kernel/fault.ts'
import type { SearchPage } from '#kernel/ports/storage.ts'
import { failed, ok, type Result } from '#kernel/result.ts'
import type { SearchPlan } from '#kernel/search-plan.ts'
import type { TenantCode } from '#kernel/tenant.ts'
import { deadlineFault } from '../search/searcher.ts'
import { type FromReader, type ReaderData, type ToReader, unpackPage } from './reader-protocol.ts'

/** Searches waiting for a thread; more would only wait for their own deadline. */
const waitingMax = 200
/** A thread stops itself at the deadline; one that is this much later is stuck. */
const graceMs = 1_000

type Job = { readonly tenants: readonly TenantCode[]; readonly plan: SearchPlan; readonly resolve: (result: Result<SearchPage>) => void }
type Thread = { readonly worker: Worker; job: Job | undefined; timer: NodeJS.Timeout | undefined }

export class ReaderPool {
  readonly #directory: string
  readonly #threadsMax: number
  readonly #msMax: number
  readonly #threads = new Set<Thread>()
  readonly #waiting: Job[] = []
  #number = 0
  #closed = false

  constructor(directory: string, threadsMax: number, msMax: number) {
    this.#directory = directory
    this.#threadsMax = threadsMax
    this.#msMax = msMax
  }

  search(tenants: readonly TenantCode[], plan: SearchPlan): Promise<Result<SearchPage>> {
    if (this.#closed) return Promise.resolve(failed(fault('store.closed')))
    if (this.#waiting.length >= waitingMax) return Promise.resolve(failed(fault('store.overloaded', { args: { max: waitingMax } })))
    return new Promise(resolve => {
      this.#waiting.push({ tenants, plan, resolve })
      this.#next()
    })
  }

  async close(): Promise<void> {
    this.#closed = true
    for (const job of this.#waiting.splice(0)) job.resolve(failed(fault('store.closed')))
    await Promise.all([...this.#threads].map(thread => this.#end(thread, failed(fault('store.closed')))))
  }

  #next(): void {
    if (this.#waiting.length === 0) return
    const idle = [...this.#threads].find(thread => !thread.job) ?? (this.#threads.size < this.#threadsMax ? this.#start() : undefined)
    if (!idle) return
    const job = this.#waiting.shift()!
    idle.job = job
    idle.timer = setTimeout(() => void this.#end(idle, deadlineFault(this.#msMax)), this.#msMax + graceMs)
    idle.worker.ref()
    idle.worker.postMessage({ number: ++this.#number, tenants: job.tenants, plan: job.plan, msMax: this.#msMax } satisfies ToReader)
  }

  #start(): Thread {
    const worker = new Worker(new URL('./reader.worker.ts', import.meta.url), {
      workerData: { directory: this.#directory } satisfies ReaderData,
    })
    const thread: Thread = { worker, job: undefined, timer: undefined }
    worker.on('message', (message: FromReader) => this.#receive(thread, message))
    worker.on('error', error => void this.#end(thread, failed(fault('internal.bug', { args: { reference: `reader: ${error}` } }))))
    worker.unref()
    this.#threads.add(thread)
    return thread
  }

  #receive(thread: Thread, { page, fault: why, bug }: FromReader): void {
    const job = thread.job
    this.#free(thread)
    if (page) job?.resolve(ok(unpackPage(page)))
    else job?.resolve(failed(why ?? fault('internal.bug', { args: { reference: `search: ${bug}` } })))
    this.#next()
  }

  /** Terminating waits for the statement at work to return; nobody waits for that. */
  async #end(thread: Thread, answer: Result<never>): Promise<void> {
    if (!this.#threads.delete(thread)) return
    const job = thread.job
    this.#free(thread)
    const ended = thread.worker.terminate()
    job?.resolve(answer)
    this.#next()
    if (this.#closed) await ended
  }

  #free(thread: Thread): void {
    clearTimeout(thread.timer)
    thread.job = undefined
    thread.timer = undefined
    thread.worker.unref()
  }
}
