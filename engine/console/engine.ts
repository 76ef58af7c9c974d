// What the console and the composition root may ask of the running engine on the main thread.

import type { MessageStatus } from '#kernel/envelope.ts'
import type { Fault } from '#kernel/fault.ts'
import type { Mapped } from '#kernel/intent.ts'
import type { JsonObject } from '#kernel/json.ts'
import type { StoredMessage } from '#kernel/ports/storage.ts'
import type { Result } from '#kernel/result.ts'
import type { TenantCode } from '#kernel/tenant.ts'
import type { Channel } from '../channels/channel.ts'
import type { ChannelStats } from './channel-stats.ts'

export type Outcome = {
  readonly id: string | undefined
  readonly ack: string
  readonly status: MessageStatus
  readonly faults: readonly Fault[]
  readonly resources: readonly string[]
}

export type Traced = {
  readonly text: string
  readonly charset: string
  readonly plan: string
  /** As the plan made it, before codings are added. */
  readonly mapped: Mapped
  /** With standard codings. */
  readonly coded: Mapped
  readonly bundle: JsonObject
}

export interface Engine {
  readonly stats: ChannelStats
  channels(): readonly Channel[]
  /** State of a channel's connector, for the dashboard. */
  state(channel: string): 'listening' | 'stopped' | 'failed'
  /** Messages that were taken and have not settled. */
  backlog(): number
  oldestQueuedAtMs(channel: string): number | undefined
  /** Takes bytes as if they had come over the channel's own connector; with `tenants`, of a sender who may bring messages to those alone. */
  receive(channel: Channel, bytes: Buffer, remote: string, wait: boolean, tenants?: readonly TenantCode[]): Promise<Outcome>
  replay(message: StoredMessage): Promise<Result<Outcome>>
  /** Runs the plan of a message again with the trace on; nothing is stored. `bytes` as they came. */
  trace(request: {
    channel: Channel
    tenant: string
    source: string
    facility: string
    receivedAtMs: number
    bytes: Buffer
    charset?: string
  }): Promise<Result<Traced>>
  /** Keyed hash under which a sensitive value is indexed. */
  protect(value: string): string
}
