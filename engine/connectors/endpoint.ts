// Addresses by name: a channel names its destination, the site says where that is (`endpoints.yaml` beside the channels), so one definition serves test and production.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { fault } from '#kernel/fault.ts'
import { failed, ok, type Result } from '#kernel/result.ts'

export type Address = { readonly host: string; readonly port: number }

/** Where a sender connects: fixed, or by a name that is looked up at every connection. */
export type Place = Address | { readonly endpoint: string }

export type Endpoints = ReadonlyMap<string, Address>

export function addressOf(place: Place, endpoints: Endpoints): Address | undefined {
  return 'endpoint' in place ? endpoints.get(place.endpoint) : place
}

/** `name: { host, port }` lines; nothing where the folder has no such file. */
export function loadEndpoints(directory: string): Result<Map<string, Address>> {
  const file = join(directory, 'endpoints.yaml')
  if (!existsSync(file)) return ok(new Map())
  const invalid = (reason: string) => failed(fault('config.invalid', { at: file, args: { name: 'endpoints.yaml', reason } }))
  try {
    const entries = Object.entries((parse(readFileSync(file, 'utf8')) ?? {}) as Record<string, Address>)
    const wrong = entries.find(([, address]) => typeof address?.host !== 'string' || !Number.isInteger(address.port))
    return wrong ? invalid(`${wrong[0]}: { host, port } expected`) : ok(new Map(entries))
  } catch (error) {
    return invalid(String(error))
  }
}
