// Makes the names in a directory durable: a new file survives a power cut only when its directory was synced too.
import { closeSync, fsyncSync, openSync } from 'node:fs'

export function syncDirectory(directory: string): void {
  if (process.platform === 'win32') return
  const descriptor = openSync(directory, 'r')
  try {
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
}
