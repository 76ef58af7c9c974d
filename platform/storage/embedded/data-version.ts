// `version.json` in the data directory: which layout the files have. A program never touches data that a newer one wrote.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fault } from '#kernel/fault.ts'
import { failed, ok, type Result } from '#kernel/result.ts'
import { writeDurably } from '../../files/durable-file.ts'
import { faultOf } from './sqlite-fault.ts'

/** Layout of the directory as a whole; the tables of each tenant's file have their own number (schema.ts). */
export const layoutVersion = 1

export function checkDataVersion(directory: string): Result<void> {
  const path = join(directory, 'version.json')
  let text: string
  try {
    if (!existsSync(path)) writeDurably(path, `${JSON.stringify({ layout: layoutVersion })}\n`, 0o644)
    text = readFileSync(path, 'utf8')
  } catch (error) {
    return faultOf(error)
  }
  const found = layoutOf(text)
  if (found === undefined) return failed(fault('store.corrupt', { args: { what: 'version.json' } }))
  return found > layoutVersion ? failed(fault('store.newer', { args: { found, known: layoutVersion } })) : ok(undefined)
}

function layoutOf(text: string): number | undefined {
  try {
    const { layout } = JSON.parse(text) as { layout?: unknown }
    return typeof layout === 'number' ? layout : undefined
  } catch {
    return undefined
  }
}
