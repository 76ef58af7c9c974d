// The main thread's handle on the pipeline worker. A worker that dies is replaced, and what it had not reported is given to the new one.
import { Worker } from 'node:worker_threads'
import type { Item, Settled } from '#engine/pipeline/item.ts'
import type { FromPipeline, ToPipeline } from '#engine/pipeline/protocol.ts'
import { messageName } from '#kernel/envelope.ts'
import type { StorageTicket } from '#platform/storage/embedded/attached-storage.ts'
import type { PipelineData } from './pipeline.worker.ts'

/** Mapping makes much that is gone with the message: a young generation that holds a burst of them is collected seldom and cheaply. */
const youngGenerationMb = 96
/** A worker that dies again and again has a cause that a new one does not cure. */
const livesMax = 5

export type PipelineThread = {
  work(items: readonly Item[]): void
  reload(tenant: string): void
  close(): Promise<void>
}

export type PipelineEvents = {
  readonly settled: (batch: readonly Settled[]) => void
  readonly lost: (reason: string, replaced: boolean) => void
}

export async function openPipelineThread(
  ticket: () => StorageTicket,
  data: Omit<PipelineData, 'ticket'>,
  on: PipelineEvents,
): Promise<PipelineThread> {
  const inFlight = new Map<string, Item>()
  let closing = false
  let lives = 0
  let worker = await start()

  async function start(): Promise<Worker> {
    lives++
    const own = ticket()
    const started = new Worker(new URL('./pipeline.worker.ts', import.meta.url), {
      workerData: { ...data, ticket: own } satisfies PipelineData,
      transferList: [own.port],
      resourceLimits: { maxYoungGenerationSizeMb: youngGenerationMb },
    })
    let reason = 'exit'
    await new Promise<void>((resolve, reject) => {
      started.once('error', reject)
      started.on('message', (message: FromPipeline) => (message.kind === 'ready' ? resolve() : report(message.batch)))
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
    on.lost(reason, lives < livesMax)
    if (lives >= livesMax) return
    worker = await start()
    send({ kind: 'work', items: [...inFlight.values()] })
  }

  function report(batch: readonly Settled[]): void {
    for (const settled of batch) inFlight.delete(messageName(settled))
    on.settled(batch)
  }

  function send(message: ToPipeline): void {
    worker.postMessage(message)
  }

  return {
    work(items) {
      for (const item of items) inFlight.set(messageName(item), item)
      send({ kind: 'work', items })
    },
    reload: tenant => send({ kind: 'reload', tenant }),
    async close() {
      closing = true
      await worker.terminate()
    },
  }
}
