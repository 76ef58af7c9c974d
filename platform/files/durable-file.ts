// Writes a small file so that after a power cut it is there whole or not at all: beside it, synced, renamed, directory synced.
import { closeSync, fsyncSync, openSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'

export function writeDurably(path: string, content: string, mode = 0o600): void {
  writeFileSync(`${path}.new`, content, { flush: true, mode })
  renameSync(`${path}.new`, path)
  syncDirectory(dirname(path))
}

/** Makes the names in a directory durable: a new file survives a power cut only when its directory was synced too. */
export function syncDirectory(directory: string): void {
  if (process.platform === 'win32') return
  const descriptor = openSync(directory, 'r')
  try {
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
}
