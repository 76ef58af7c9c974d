// The store as one thread has it: commits through its own port to the writer, reads through its own connections.
import type { MessagePort } from 'node:worker_threads'
import type { Clock } from '#kernel/clock.ts'
import type { AuditEntry, Commit, Receipt } from '#kernel/commit.ts'
import { type Fault, fault } from '#kernel/fault.ts'
import type { BackupPart, Reader, SearchPage, Storage } from '#kernel/ports/storage.ts'
import { failed, ok, type Result } from '#kernel/result.ts'
import type { SearchPlan } from '#kernel/search-plan.ts'
import type { ReadScope, TenantCode } from '#kernel/tenant.ts'
import { CommitClient } from './commit-client.ts'
import { copyStore } from './copy-store.ts'
import { checkTenant, pageFindings, type RowsOf } from './integrity.ts'
import { storeFile } from './paths.ts'
import { Connections } from './reader/connection.ts'
import { EmbeddedReader } from './reader/embedded-reader.ts'
import type { ReaderPool } from './reader/reader-pool.ts'
import { deadlineFault, searchWithin } from './search/searcher.ts'

/** What another thread needs to use the store; `port` must be in the transfer list when it is sent there. */
export type StorageTicket = {
  readonly directory: string
  readonly port: MessagePort
  readonly tenants: readonly TenantCode[]
  readonly searchMsMax: number
}

/** A search that takes longer than this here goes to a reader thread. */
const searchHereMs = 10

type Tools = { readonly pool?: ReaderPool; readonly onTenant?: (tenant: TenantCode) => void }

export class AttachedStorage implements Storage {
  readonly #directory: string
  readonly #connections: Connections
  readonly #client: CommitClient
  readonly #tenants: Set<TenantCode>
  readonly #searchMsMax: number
  readonly #pool: ReaderPool | undefined
  #closed = false

  constructor(ticket: StorageTicket, clock: Clock, tools: Tools = {}) {
    this.#directory = ticket.directory
    this.#connections = new Connections(ticket.directory)
    this.#tenants = new Set(ticket.tenants)
    this.#searchMsMax = ticket.searchMsMax
    this.#pool = tools.pool
    this.#client = new CommitClient(ticket.port, clock, tenant => {
      this.#tenants.add(tenant)
      tools.onTenant?.(tenant)
    })
  }

  commit(commit: Commit): Promise<Result<Receipt>> {
    return this.#client.commit(commit)
  }

  reader(scope: ReadScope): Reader {
    const search = (tenants: readonly TenantCode[], plan: SearchPlan) => this.#search(tenants, plan)
    return new EmbeddedReader(scope, this.#connections, search, () => this.#closed)
  }

  audit(tenant: TenantCode, entry: AuditEntry): Result<void> {
    return this.#client.audit(tenant, entry)
  }

  tenants(): readonly TenantCode[] {
    return [...this.#tenants].sort()
  }

  openTenant(tenant: TenantCode): Promise<Result<void>> {
    return this.#client.openTenant(tenant)
  }

  /** In this thread, which is held up meanwhile: the thread that opened the store has a keeper for it. */
  async backup(directory: string): Promise<Result<readonly BackupPart[]>> {
    return ok(this.tenants().map(tenant => copyStore(tenant, storeFile(this.#directory, tenant), storeFile(directory, tenant))))
  }

  async checkIntegrity(tenant: TenantCode, rowsOf?: RowsOf): Promise<Result<readonly string[]>> {
    const path = storeFile(this.#directory, tenant)
    return ok([...pageFindings(path), ...(await checkTenant(tenant, path, rowsOf))])
  }

  /** Everything committed before is answered first. */
  async close(): Promise<void> {
    if (this.#closed) return
    await this.#client.drain()
    this.#closed = true
    this.#client.lose(fault('store.closed'))
    await this.#pool?.close()
    this.#connections.close()
  }

  /** The writer is gone; true when this is news. */
  lose(why: Fault): boolean {
    return !this.#closed && this.#client.lose(why)
  }

  async #search(tenants: readonly TenantCode[], plan: SearchPlan): Promise<Result<SearchPage>> {
    try {
      const here = searchWithin(this.#connections, tenants, plan, this.#pool ? searchHereMs : this.#searchMsMax)
      return here ?? (await this.#pool?.search(tenants, plan)) ?? deadlineFault(this.#searchMsMax)
    } catch (error) {
      return failed(fault('internal.bug', { args: { reference: `search: ${(error as Error).message}` } }))
    }
  }
}

/** The store in a thread that was handed a ticket. */
export function attachStorage(ticket: StorageTicket, clock: Clock): Storage {
  return new AttachedStorage(ticket, clock)
}
