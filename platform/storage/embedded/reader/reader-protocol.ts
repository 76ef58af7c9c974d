// Messages between the thread that asks and a reader thread, and the page of a search on its way back.
import type { Fault } from '#kernel/fault.ts'
import type { SearchPage, StoredVersion } from '#kernel/ports/storage.ts'
import type { SearchPlan } from '#kernel/search-plan.ts'
import type { TenantCode } from '#kernel/tenant.ts'

export type ReaderData = { readonly directory: string }

export type ToReader = {
  readonly number: number
  readonly tenants: readonly TenantCode[]
  readonly plan: SearchPlan
  readonly msMax: number
}

export type FromReader = { readonly number: number; readonly page?: PackedPage; readonly fault?: Fault; readonly bug?: string }

export type PackedPage = {
  readonly rest: Omit<SearchPage, 'entries'>
  readonly entries: readonly (Omit<StoredVersion, 'body'> & { readonly bytes: number })[]
  readonly bodies: Uint8Array<ArrayBuffer>
}

export function packPage({ entries, ...rest }: SearchPage): PackedPage {
  const bodies = new Uint8Array(entries.reduce((sum, entry) => sum + entry.body.length, 0))
  let at = 0
  const packed = entries.map(({ body, ...entry }) => {
    bodies.set(body, at)
    at += body.length
    return { ...entry, bytes: body.length }
  })
  return { rest, entries: packed, bodies }
}

export function unpackPage({ rest, entries, bodies }: PackedPage): SearchPage {
  let at = 0
  const unpacked = entries.map(({ bytes, ...entry }) => {
    const body = Buffer.from(bodies.buffer, at, bytes)
    at += bytes
    return { ...entry, body }
  })
  return { ...rest, entries: unpacked }
}
