// The main thread's handle on the pipeline worker.
import { Worker } from 'node:worker_threads'
import type { Item, Settled } from '#engine/pipeline/item.ts'
import type { FromPipeline, ToPipeline } from '#engine/pipeline/protocol.ts'
import type { StorageTicket } from '#platform/storage/embedded/attached-storage.ts'
import type { PipelineData } from './pipeline.worker.ts'

/** Mapping makes much that is gone with the message: a young generation that holds a burst of them is collected seldom and cheaply. */
const youngGenerationMb = 96

export type PipelineThread = {
  work(items: readonly Item[]): void
  reload(tenant: string): void
  close(): Promise<void>
}

export async function openPipelineThread(
  data: PipelineData,
  on: { settled: (batch: readonly Settled[]) => void; lost: (reason: string) => void },
): Promise<PipelineThread> {
  const worker = new Worker(new URL('./pipeline.worker.ts', import.meta.url), {
    workerData: data,
    transferList: [(data.ticket as StorageTicket).port],
    resourceLimits: { maxYoungGenerationSizeMb: youngGenerationMb },
  })
  let closing = false
  await new Promise<void>((resolve, reject) => {
    worker.once('error', reject)
    worker.on('message', (message: FromPipeline) => {
      if (message.kind === 'ready') resolve()
      else on.settled(message.batch)
    })
  })
  worker.removeAllListeners('error')
  worker.on('error', error => on.lost(error instanceof Error ? (error.stack ?? error.message) : String(error)))
  worker.on('exit', code => {
    if (!closing) on.lost(`exit ${code}`)
  })
  return {
    work: items => worker.postMessage({ kind: 'work', items } satisfies ToPipeline),
    reload: tenant => worker.postMessage({ kind: 'reload', tenant } satisfies ToPipeline),
    async close() {
      closing = true
      await worker.terminate()
    },
  }
}
