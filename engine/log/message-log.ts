// The message log: every byte received, in append-only segments per tenant beside the store. An append is durable when it resolves.
import { join } from 'node:path'
import { type Clock, systemClock } from '#kernel/clock.ts'
import type { LogRecord, MessageLog } from '#kernel/ports/log.ts'
import { failed, type Result } from '#kernel/result.ts'
import { isTenantCode, type TenantCode } from '#kernel/tenant.ts'
import type { FilePort } from './file-port.ts'
import { findText } from './find-text.ts'
import { nodeFiles } from './node-files.ts'
import { TenantLog, writeFault } from './tenant-log.ts'

export type MessageLogOptions = {
  /** Data directory; segments lie in `tenants/<CODE>/log/`. */
  readonly directory: string
  readonly clock?: Clock
  readonly files?: FilePort
  /** A segment that is larger is closed and another begun. */
  readonly segmentBytesMax?: number
}

const segmentBytesDefault = 64 * 1024 * 1024

/** Segments of a tenant are recovered when the tenant is first asked for. */
export function openMessageLog(options: MessageLogOptions): MessageLog {
  const { directory, files = nodeFiles, clock = systemClock, segmentBytesMax = segmentBytesDefault } = options
  const logs = new Map<TenantCode, Promise<TenantLog>>()

  async function logOf(tenant: TenantCode): Promise<TenantLog> {
    if (!isTenantCode(tenant)) throw new Error(`not a tenant: ${tenant}`)
    let log = logs.get(tenant)
    if (!log) {
      log = TenantLog.open({ directory: logDirectory(directory, tenant), files, clock, segmentBytesMax })
      logs.set(tenant, log)
      log.catch(() => logs.delete(tenant))
    }
    return log
  }

  async function guarded<T>(work: () => Promise<Result<T>>): Promise<Result<T>> {
    try {
      return await work()
    } catch (error) {
      return failed(writeFault(error))
    }
  }

  async function* scan(tenant: TenantCode, afterSeq: number): AsyncGenerator<LogRecord> {
    yield* (await logOf(tenant)).scan(afterSeq)
  }

  return {
    append: (tenant, header, bytes) => guarded(async () => (await logOf(tenant)).append(header, bytes)),
    read: (tenant, position) => guarded(async () => (await logOf(tenant)).read(position)),
    scan,
    find: async (tenant, text, query) => findText(await logOf(tenant), text, query),
    drop: async (tenant, olderThanMs) => (await logOf(tenant)).drop(olderThanMs),
    async close() {
      for (const log of logs.values()) await (await log).close()
    },
  }
}

export function logDirectory(directory: string, tenant: TenantCode): string {
  return join(directory, 'tenants', tenant, 'log')
}
