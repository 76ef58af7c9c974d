// Messages between the thread that owns the store and its keeper thread.
import type { Fault } from '#kernel/fault.ts'
import type { BackupPart } from '#kernel/ports/storage.ts'
import type { TenantCode } from '#kernel/tenant.ts'

export type KeeperData = { readonly directory: string }

export type KeeperWork =
  | { readonly kind: 'checkpoint'; readonly tenant: TenantCode }
  | { readonly kind: 'copy'; readonly tenant: TenantCode; readonly to: string }
  | { readonly kind: 'pages'; readonly tenant: TenantCode }

export type ToKeeper = KeeperWork & { readonly number: number }

export type FromKeeper = {
  readonly number: number
  readonly part?: BackupPart
  readonly findings?: readonly string[]
  readonly fault?: Fault
}
