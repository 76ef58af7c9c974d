// A connector speaks one protocol and carries its own spec: settings schema, summary and example stand beside the function that opens it.

import type { Fault } from '#kernel/fault.ts'
import type { Result } from '#kernel/result.ts'
import type { TenantCode } from '#kernel/tenant.ts'
import type { Endpoints } from './endpoint.ts'

export type ConnectorSpec = {
  readonly kind: string
  /** zh · en, one line. */
  readonly summary: string
  /** JSON Schema of the settings beside `kind`. */
  readonly settings: Readonly<Record<string, unknown>>
  readonly example: Readonly<Record<string, unknown>>
}

/** What a receiver hands over: the bytes of one message, or what arrived instead of one. */
export type Reception = {
  readonly bytes: Buffer
  /** Address of the sender, without port. */
  readonly remote: string
  /** Framing went wrong: the bytes are kept and refused. */
  readonly fault?: Fault
  /** Where a signed-in sender may bring messages; undefined on listeners, whose senders are bound by address. */
  readonly tenants?: readonly TenantCode[]
}

/** What the sender is told. */
export type Reply = { readonly bytes: Buffer; readonly close: boolean }

export type Receive = (reception: Reception) => Promise<Reply>

export interface Receiver {
  /** Where it listens, for the ready line and the console. */
  readonly address: string
  readonly port: number
  /** Stops taking connections, lets messages under way be answered, then closes. */
  close(): Promise<void>
}

export interface ReceiverModule<S> {
  readonly spec: ConnectorSpec
  open(settings: S, receive: Receive): Promise<Result<Receiver>>
}

/** What the receiver of a delivery answered. */
export type Answer = { readonly accepted: boolean; readonly code: string; readonly transient: boolean; readonly text: string }

export interface Sender {
  /** Sends one message and waits for the answer. Faults `destination.unreachable`, `destination.no-answer`. */
  send(bytes: Buffer): Promise<Result<Answer>>
  close(): Promise<void>
}

export interface SenderModule<S> {
  readonly spec: ConnectorSpec
  open(settings: S, destination: string, endpoints: Endpoints): Sender
}
