// Opens the embedded store of a data directory: lock, version, the writer thread, and this thread's own way to it.
import { availableParallelism } from 'node:os'
import { MessageChannel, type MessagePort, Worker } from 'node:worker_threads'
import type { Clock } from '#kernel/clock.ts'
import { type Fault, fault } from '#kernel/fault.ts'
import { limits } from '#kernel/limits.ts'
import { failed, ok, type Result } from '#kernel/result.ts'
import type { TenantCode } from '#kernel/tenant.ts'
import { AttachedStorage, type StorageTicket } from './attached-storage.ts'
import { checkDataVersion } from './data-version.ts'
import { lockDirectory } from './instance-lock.ts'
import { Keeper } from './keeper.ts'
import { OwnedStorage } from './owned-storage.ts'
import { storedTenants } from './paths.ts'
import type { FromWriterOwner, ToWriterOwner, WriterData } from './protocol.ts'
import { ReaderPool } from './reader/reader-pool.ts'

export type StorageOptions = {
  readonly directory: string
  readonly clock: Clock
  readonly searchMsMax?: number
  readonly searchHorizonMs?: number
  readonly readerThreadsMax?: number
  /** The writer thread is gone: nothing can be stored any more, the process should be started anew. */
  readonly onWriterLost?: (fault: Fault) => void
}

/** `store.locked`, `store.newer`, `store.corrupt` when the directory cannot be used. */
export async function openStorage(options: StorageOptions): Promise<Result<OwnedStorage>> {
  const { directory } = options
  const lock = lockDirectory(directory)
  if (!lock.ok) return lock
  const version = checkDataVersion(directory)
  const writer = version.ok ? await startWriter(directory, options.searchHorizonMs ?? limits.searchHorizonMs) : version
  if (!writer.ok) {
    lock.value.release()
    return writer
  }
  const { worker, tenants } = writer.value
  const searchMsMax = options.searchMsMax ?? limits.searchMsMax
  const known = new Set<TenantCode>(tenants)
  const attach = (): StorageTicket => ({ directory, port: portTo(worker), tenants: [...known], searchMsMax })
  const pool = new ReaderPool(directory, options.readerThreadsMax ?? Math.max(1, availableParallelism() - 1), searchMsMax)
  const storage = new AttachedStorage(attach(), options.clock, { pool, onTenant: tenant => known.add(tenant) })
  const keeper = new Keeper(directory)
  keepCheckpoints(worker, keeper)
  const exited = new Promise<void>(resolve => worker.once('exit', () => resolve()))
  worker.on('exit', () => {
    const lost = fault('store.writer-lost', { args: { reason: 'exit' } })
    if (storage.lose(lost)) options.onWriterLost?.(lost)
  })
  return ok(new OwnedStorage({ directory, storage, worker, exited, keeper, lock: lock.value, attach }))
}

async function startWriter(
  directory: string,
  searchHorizonMs: number,
): Promise<Result<{ worker: Worker; tenants: readonly TenantCode[] }>> {
  const data: WriterData = { directory, tenants: storedTenants(directory), searchHorizonMs }
  const worker = new Worker(new URL('./writer/writer.worker.ts', import.meta.url), { workerData: data })
  const first = await new Promise<FromWriterOwner>((resolve, reject) => {
    worker.once('message', resolve)
    worker.once('error', reject)
  })
  worker.removeAllListeners('error')
  worker.on('error', () => undefined)
  if (first.kind === 'ready') {
    worker.unref()
    return ok({ worker, tenants: first.tenants })
  }
  await worker.terminate()
  return failed(first.kind === 'failed' ? first.fault : fault('store.closed'))
}

function portTo(worker: Worker): MessagePort {
  const { port1, port2 } = new MessageChannel()
  worker.postMessage({ kind: 'attach', port: port1 } satisfies ToWriterOwner, [port1])
  return port2
}

/** The writer asks, the keeper copies, the writer finishes. */
function keepCheckpoints(worker: Worker, keeper: Keeper): void {
  worker.on('message', (message: FromWriterOwner) => {
    if (message.kind !== 'checkpoint') return
    const { tenant } = message
    void keeper.do({ kind: 'checkpoint', tenant }).then(() => worker.postMessage({ kind: 'checkpointed', tenant } satisfies ToWriterOwner))
  })
}
