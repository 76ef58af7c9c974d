// The store as the thread that opened it has it: what every thread can do, and backups, checks and tickets for other threads.
import type { Worker } from 'node:worker_threads'
import type { AuditEntry, Commit, Receipt } from '#kernel/commit.ts'
import type { IndexRows } from '#kernel/index-entry.ts'
import type { BackupPart, Reader, Storage } from '#kernel/ports/storage.ts'
import { ok, type Result } from '#kernel/result.ts'
import type { ReadScope, TenantCode } from '#kernel/tenant.ts'
import type { AttachedStorage, StorageTicket } from './attached-storage.ts'
import type { InstanceLock } from './instance-lock.ts'
import { checkTenant } from './integrity.ts'
import type { Keeper } from './keeper.ts'
import { storeFile } from './paths.ts'
import type { FromWriterOwner, ToWriterOwner } from './protocol.ts'

type Parts = {
  readonly directory: string
  readonly storage: AttachedStorage
  readonly worker: Worker
  /** The writer thread has ended, however it did. */
  readonly exited: Promise<void>
  readonly keeper: Keeper
  readonly lock: InstanceLock
  readonly attach: () => StorageTicket
}

export class OwnedStorage implements Storage {
  readonly #parts: Parts
  #closed = false

  constructor(parts: Parts) {
    this.#parts = parts
  }

  /** What another thread needs to use the store; its `port` must be transferred. */
  attach(): StorageTicket {
    return this.#parts.attach()
  }

  commit(commit: Commit): Promise<Result<Receipt>> {
    return this.#parts.storage.commit(commit)
  }

  reader(scope: ReadScope): Reader {
    return this.#parts.storage.reader(scope)
  }

  audit(tenant: TenantCode, entry: AuditEntry): Result<void> {
    return this.#parts.storage.audit(tenant, entry)
  }

  tenants(): readonly TenantCode[] {
    return this.#parts.storage.tenants()
  }

  openTenant(tenant: TenantCode): Promise<Result<void>> {
    return this.#parts.storage.openTenant(tenant)
  }

  async backup(directory: string): Promise<Result<readonly BackupPart[]>> {
    const parts: BackupPart[] = []
    for (const tenant of this.tenants()) {
      const copied = await this.#parts.keeper.do({ kind: 'copy', tenant, to: storeFile(directory, tenant) })
      if (!copied.ok) return copied
      parts.push(copied.value.part!)
    }
    return ok(parts)
  }

  async checkIntegrity(tenant: TenantCode, rowsOf?: (type: string, body: Buffer) => IndexRows): Promise<Result<readonly string[]>> {
    const pages = await this.#parts.keeper.do({ kind: 'pages', tenant })
    if (!pages.ok) return pages
    const path = storeFile(this.#parts.directory, tenant)
    return ok([...pages.value.findings!, ...(await checkTenant(tenant, path, rowsOf))])
  }

  /** Ends the threads in order and lets go of the directory. What was committed before is answered first. */
  async close(): Promise<void> {
    if (this.#closed) return
    this.#closed = true
    const { storage, worker, exited, keeper, lock } = this.#parts
    await storage.close()
    await keeper.close()
    stop(worker)
    await exited
    lock.release()
  }
}

function stop(worker: Worker): void {
  worker.ref()
  worker.on('message', (message: FromWriterOwner) => {
    if (message.kind === 'stopped') void worker.terminate()
  })
  worker.postMessage({ kind: 'stop' } satisfies ToWriterOwner)
}
