// Secret keys live in key files (mode 0600) inside the data directory, made at first start; never in configuration, logs or the store.
import { randomBytes } from 'node:crypto'
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** The key of that name, created from random bytes when there is none yet. */
export function keyFile(directory: string, name: string, bytes = 32): Buffer {
  mkdirSync(directory, { recursive: true, mode: 0o700 })
  const path = join(directory, `${name}.key`)
  if (!existsSync(path)) writeFileSync(path, randomBytes(bytes).toString('base64'), { mode: 0o600, flag: 'wx' })
  chmodSync(path, 0o600)
  return Buffer.from(readFileSync(path, 'utf8'), 'base64')
}
