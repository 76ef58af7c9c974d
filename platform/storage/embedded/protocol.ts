// Messages between the writer thread and the threads that commit. Each such thread has a port of its own to the writer.
import type { MessagePort } from 'node:worker_threads'
import type { Fault } from '#kernel/fault.ts'
import type { TenantCode } from '#kernel/tenant.ts'
import type { WireBatch } from './wire.ts'

/** From a committing thread. */
export type ToWriter =
  | { readonly kind: 'batch'; readonly batch: WireBatch }
  | { readonly kind: 'open'; readonly number: number; readonly tenant: TenantCode }

/** To a committing thread: t of commits and faults of refusals, by the numbers the thread gave. */
export type FromWriter =
  | { readonly kind: 'answers'; readonly done: readonly (readonly [number: number, t: number])[]; readonly refused: readonly Refusal[] }
  | { readonly kind: 'opened'; readonly number: number; readonly tenant: TenantCode; readonly fault?: Fault }
  /** To everybody: there is one tenant more. */
  | { readonly kind: 'tenant'; readonly tenant: TenantCode }

export type Refusal = readonly [number: number, fault: Fault]

/** From the thread that owns the store. */
export type ToWriterOwner =
  | { readonly kind: 'attach'; readonly port: MessagePort }
  | { readonly kind: 'checkpointed'; readonly tenant: TenantCode }
  | { readonly kind: 'stop' }

/** To the thread that owns the store. */
export type FromWriterOwner =
  | { readonly kind: 'ready'; readonly tenants: readonly TenantCode[] }
  | { readonly kind: 'failed'; readonly fault: Fault }
  | { readonly kind: 'checkpoint'; readonly tenant: TenantCode }
  | { readonly kind: 'stopped' }

export type WriterData = { readonly directory: string; readonly tenants: readonly TenantCode[]; readonly searchHorizonMs: number }
