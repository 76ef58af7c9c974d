// The embedded engine as the contract suite opens it, in its own process or in one that is killed.
import type { Engine } from '../contract/engine.ts'
import { openStorage } from './open-storage.ts'
import { restoreStore } from './restore.ts'

export const engine: Engine = {
  name: 'embedded',
  open: options => openStorage({ ...options, readerThreadsMax: 1 }),
  restore: (from, to) => restoreStore(from, to),
  module: new URL(import.meta.url),
}
