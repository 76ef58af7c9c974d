// The main thread's handle on the pipeline worker. What a worker had not reported when it died is given to the next one.
import type { Item, Settled } from '#engine/pipeline/item.ts'
import type { FromPipeline, ToPipeline } from '#engine/pipeline/protocol.ts'
import { messageName } from '#kernel/envelope.ts'
import type { StorageTicket } from '#platform/storage/embedded/attached-storage.ts'
import type { PipelineData } from './pipeline.worker.ts'
import { openWorkerThread } from './worker-thread.ts'

/** Mapping makes much that is gone with the message: a young generation that holds a burst of them is collected seldom and cheaply. */
const youngGenerationMb = 96

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
  const worker = await openWorkerThread<ToPipeline, FromPipeline>({
    file: new URL('./pipeline.worker.ts', import.meta.url),
    ticket,
    data,
    youngGenerationMb,
    onMessage(message) {
      if (message.kind !== 'settled') return
      for (const settled of message.batch) inFlight.delete(messageName(settled))
      on.settled(message.batch)
    },
    onLost: on.lost,
    onReplaced: () => worker.send({ kind: 'work', items: [...inFlight.values()] }),
  })
  return {
    work(items) {
      for (const item of items) inFlight.set(messageName(item), item)
      worker.send({ kind: 'work', items })
    },
    reload: tenant => worker.send({ kind: 'reload', tenant }),
    close: () => worker.close(),
  }
}
