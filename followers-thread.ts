// The main thread's handle on the followers' worker: wakes it when tenants commit, and knows how far it has come.
import type { TenantCode } from '#kernel/tenant.ts'
import type { StorageTicket } from '#platform/storage/embedded/attached-storage.ts'
import type { FollowedTenant, FollowersData, FromFollowers, ToFollowers } from './followers.worker.ts'
import { openWorkerThread } from './worker-thread.ts'

export type FollowersThread = {
  /** To be called when a tenant is new or has changed. */
  tenantsChanged(): void
  wake(tenant: TenantCode): void
  /** Logical time up to which the documents of a tenant are made. */
  place(tenant: TenantCode): number | undefined
  close(): Promise<void>
}

/** Commits of a moment are looked at together. */
const wakeMs = 100

export async function openFollowersThread(
  ticket: () => StorageTicket,
  data: Omit<FollowersData, 'ticket'>,
  tenants: () => readonly FollowedTenant[],
  onLost: (reason: string, replaced: boolean) => void,
): Promise<FollowersThread> {
  const places = new Map<TenantCode, number>()
  const waking = new Map<TenantCode, NodeJS.Timeout>()
  const worker = await openWorkerThread<ToFollowers, FromFollowers>({
    file: new URL('./followers.worker.ts', import.meta.url),
    ticket,
    data,
    onMessage: message => message.kind === 'place' && places.set(message.tenant, message.t),
    onLost,
    onReplaced: () => tenantsChanged(),
  })

  function tenantsChanged(): void {
    worker.send({ kind: 'tenants', tenants: tenants() })
  }

  function wake(tenant: TenantCode): void {
    if (waking.has(tenant)) return
    const timer = setTimeout(() => {
      waking.delete(tenant)
      worker.send({ kind: 'wake', tenant })
    }, wakeMs)
    waking.set(tenant, timer.unref())
  }

  tenantsChanged()
  return {
    tenantsChanged,
    wake,
    place: tenant => places.get(tenant),
    async close() {
      for (const timer of waking.values()) clearTimeout(timer)
      await worker.close()
    },
  }
}
