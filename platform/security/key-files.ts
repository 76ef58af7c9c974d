// Secret keys live in key files (mode 0600) inside the data directory, made at first start; never in configuration, logs or the store.
import { randomBytes } from 'node:crypto'
import { chmodSync, existsSync, mkdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { syncDirectory, writeDurably } from '../files/durable-file.ts'

/** The key of that name, created from random bytes when there is none yet; on disk before it is used, for what it protects outlives a power cut. */
export function keyFile(directory: string, name: string, bytes = 32): Buffer {
  if (mkdirSync(directory, { recursive: true, mode: 0o700 }) !== undefined) syncDirectory(dirname(directory))
  const path = join(directory, `${name}.key`)
  if (!existsSync(path)) writeDurably(path, randomBytes(bytes).toString('base64'))
  chmodSync(path, 0o600)
  return Buffer.from(readFileSync(path, 'utf8'), 'base64')
}
