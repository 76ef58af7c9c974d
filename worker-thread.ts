// A worker thread that is replaced when it dies. One that dies again and again has a cause that a new one does not cure.
import { Worker } from 'node:worker_threads'
import type { StorageTicket } from '#platform/storage/embedded/attached-storage.ts'

const livesMax = 5

export type WorkerSpec<From> = {
  readonly file: URL
  /** A way to the store for each life of the worker. */
  readonly ticket: () => StorageTicket
  /** What the worker finds beside its ticket in `workerData`. */
  readonly data: Readonly<Record<string, unknown>>
  readonly youngGenerationMb?: number
  readonly onMessage: (message: From) => void
  /** Died; called again with the new one when there is one. */
  readonly onLost: (reason: string, replaced: boolean) => void
  readonly onReplaced: () => void
}

export type WorkerThread<To> = {
  send(message: To): void
  close(): Promise<void>
}

/** Resolves when the worker has said `{ kind: 'ready' }`; rejects when it cannot start. */
export async function openWorkerThread<To, From extends { readonly kind: string }>(spec: WorkerSpec<From>): Promise<WorkerThread<To>> {
  let closing = false
  let lives = 0
  let worker = await start()

  async function start(): Promise<Worker> {
    lives++
    const ticket = spec.ticket()
    const started = new Worker(spec.file, {
      workerData: { ...spec.data, ticket },
      transferList: [ticket.port],
      resourceLimits: spec.youngGenerationMb ? { maxYoungGenerationSizeMb: spec.youngGenerationMb } : {},
    })
    let reason = 'exit'
    await new Promise<void>((resolve, reject) => {
      started.once('error', reject)
      started.on('message', (message: From | { kind: 'ready' }) => (message.kind === 'ready' ? resolve() : spec.onMessage(message as From)))
    })
    started.removeAllListeners('error')
    started.on('error', error => {
      reason = error instanceof Error ? (error.stack ?? error.message) : String(error)
    })
    started.on('exit', () => void replace(reason))
    return started
  }

  async function replace(reason: string): Promise<void> {
    if (closing) return
    spec.onLost(reason, lives < livesMax)
    if (lives >= livesMax) return
    worker = await start()
    spec.onReplaced()
  }

  return {
    send: message => worker.postMessage(message),
    async close() {
      closing = true
      await worker.terminate()
    },
  }
}
