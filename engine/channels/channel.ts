// A channel: which sender, in which format, is mapped by which plan, in which order, and what is sent on. One channel.yaml per adapter.
import type { MessageFormat } from '#kernel/envelope.ts'
import type { ValidationMode } from '#kernel/ports/validator.ts'
import type { TenantCode } from '#kernel/tenant.ts'

export type Channel = {
  readonly id: string
  readonly name: { readonly zh: string; readonly en: string }
  /** Ids of the connected systems it counts for in the rating (docs/standards/systems). */
  readonly systems: readonly string[]
  readonly reach: 'internal' | 'external'
  /** Tenants whose rating it counts for; empty: its own. */
  readonly countsFor: readonly TenantCode[]
  readonly tenant: TenantCode
  readonly facility: string
  /** Name of the speaking system in facts and authority, e.g. `ZJJ-HIS`. */
  readonly source: string
  readonly format: MessageFormat
  /** How it is received; further settings are the connector's own (its `spec`). */
  readonly connector: { readonly kind: string; readonly [setting: string]: unknown }
  /** For shared listeners: messages of these senders belong to this channel. */
  readonly senders: readonly { readonly application?: string; readonly facility?: string }[]
  /** IANA zone of times without offset. */
  readonly zone: string
  /** Message types it takes (`ADT^A01`, `1101`); empty = every type a plan takes. */
  readonly types: readonly string[]
  /** Overlay plan of the site, relative to the channel's folder; none = the base plans. */
  readonly overlay?: string
  readonly orderKey: readonly string[]
  readonly tags: { readonly patient: readonly string[]; readonly visit: readonly string[]; readonly order: readonly string[] }
  /** For JSON: where the envelope says what kind of message it is, its number, and when it happened (dotted paths). */
  readonly envelope: { readonly type: string; readonly controlId: string; readonly time: string }
  /** JSON Schema of the message (vendor contract), relative to the channel's folder. */
  readonly schema?: string
  readonly onFailure: 'go-on' | 'block'
  /** How what its messages make is judged by the validator before it is stored. */
  readonly validation: ValidationMode
  readonly acknowledge: 'when-stored' | 'when-processed'
  readonly destinations: readonly Destination[]
  readonly limits: { readonly frameBytesMax: number; readonly frameIdleMsMax: number }
  /** Minutes without a message after which the dashboard shows the channel as silent; 0 = never. */
  readonly silentAfterMinutes: number
}

export type Destination = {
  readonly id: string
  readonly connector: { readonly kind: string; readonly [setting: string]: unknown }
  /** Types sent on; empty = all of the channel. */
  readonly types: readonly string[]
  readonly retryDelayMsMax: number
}
