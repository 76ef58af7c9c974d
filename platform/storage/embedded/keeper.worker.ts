// The keeper thread: long work on the files that must not hold up commits or reads: checkpoints, copies, page checks.

import { DatabaseSync } from 'node:sqlite'
import { parentPort, workerData } from 'node:worker_threads'
import { fault } from '#kernel/fault.ts'
import type { TenantCode } from '#kernel/tenant.ts'
import { copyStore } from './copy-store.ts'
import { pageFindings } from './integrity.ts'
import type { FromKeeper, KeeperData, ToKeeper } from './keeper-protocol.ts'
import { storeFile } from './paths.ts'
import { diskFault } from './sqlite-fault.ts'

const port = parentPort!
const { directory } = workerData as KeeperData
/** Connections for checkpoints stay open: opening reads the whole index of the log. */
const files = new Map<TenantCode, DatabaseSync>()

port.on('message', (message: ToKeeper) => {
  const { number, tenant } = message
  try {
    port.postMessage({ number, ...work(message) } satisfies FromKeeper)
  } catch (error) {
    const reason = (error as Error).message
    port.postMessage({
      number,
      fault: diskFault(error) ?? fault('internal.bug', { args: { reference: `${message.kind} ${tenant}: ${reason}` } }),
    })
  }
})

function work(message: ToKeeper): Partial<FromKeeper> {
  switch (message.kind) {
    case 'checkpoint':
      fileOf(message.tenant).exec('PRAGMA wal_checkpoint(PASSIVE)')
      return {}
    case 'copy':
      return { part: copyStore(message.tenant, storeFile(directory, message.tenant), message.to) }
    case 'pages':
      return { findings: pageFindings(storeFile(directory, message.tenant)) }
  }
}

function fileOf(tenant: TenantCode): DatabaseSync {
  let file = files.get(tenant)
  if (!file) {
    file = new DatabaseSync(storeFile(directory, tenant), { timeout: 1_000 })
    file.exec('PRAGMA synchronous = FULL')
    files.set(tenant, file)
  }
  return file
}
