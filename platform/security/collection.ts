// A small set of records of the installation (clients, users, facilities, tenants), read once and held in memory; every change is a commit with its audit.
import type { Clock } from '#kernel/clock.ts'
import type { Storage, StoredRecord } from '#kernel/ports/storage.ts'
import { failed, ok, type Result } from '#kernel/result.ts'
import { systemPrincipal, systemTenant } from '#kernel/tenant.ts'

export interface Collection<T> {
  all(): readonly T[]
  get(key: string): T | undefined
  put(key: string, value: T, by: string): Promise<Result<void>>
  remove(key: string, by: string): Promise<Result<void>>
  /** Called after every change. */
  watch(changed: () => void): void
}

const pageRows = 500

export async function openCollection<T>(storage: Storage, clock: Clock, kind: string): Promise<Result<Collection<T>>> {
  const values = new Map<string, T>()
  const watchers: (() => void)[] = []
  const reader = storage.reader({ principal: systemPrincipal('directory'), tenants: [systemTenant] })
  let page: readonly StoredRecord[] = []
  do {
    const read = await reader.records(systemTenant, kind, { after: page.at(-1)?.key, limit: pageRows })
    if (!read.ok) return read
    page = read.value
    for (const row of page) values.set(row.key, JSON.parse(row.value) as T)
  } while (page.length === pageRows)

  async function write(key: string, value: T | undefined, by: string): Promise<Result<void>> {
    const done = await storage.commit({
      tenant: systemTenant,
      cause: { by },
      records: [{ kind, key, value: value === undefined ? undefined : JSON.stringify(value) }],
      audit: [
        { atMs: clock.now(), principal: by, action: value === undefined ? 'remove' : 'put', outcome: 'success', subject: `${kind} ${key}` },
      ],
    })
    if (!done.ok) return failed(done.fault)
    if (value === undefined) values.delete(key)
    else values.set(key, value)
    for (const changed of watchers) changed()
    return ok(undefined)
  }

  return ok({
    all: () => [...values.values()],
    get: key => values.get(key),
    put: (key, value, by) => write(key, value, by),
    remove: (key, by) => write(key, undefined, by),
    watch: changed => void watchers.push(changed),
  })
}
