// What a format's reader knows of a message before anyone maps it: enough to route, to refuse, to keep order and to answer.
import type { MessageTag } from '#kernel/envelope.ts'
import type { Fault } from '#kernel/fault.ts'
import type { Channel } from '../channels/channel.ts'

/** What the plans of a message type ask of the intake. */
export type Support = {
  /** Segments without which the message is refused. */
  readonly required: readonly string[]
  /** Where its event time stands, preferred place first. */
  readonly time: readonly string[]
}

export type AckLetter = 'AA' | 'AE' | 'AR'

export interface Reading {
  readonly application: string
  readonly facility: string
  /** `ADT^A01`, `1101`; empty when unreadable. */
  readonly type: string
  readonly controlId: string
  readonly charset: string
  /** Decoded text; empty when the bytes could not be decoded. */
  readonly text: string
  /** The part that makes two messages the same: everything but the time of sending. */
  readonly body: string
  /** Why it cannot be processed, if so; in the order of the message. */
  readonly faults: readonly Fault[]
  /** When the sender says it happened, by the first of the places that holds a valid time, ms. */
  eventTimeMs(places: readonly string[], zone: string): number | undefined
  /** Faults for what the plans of this type require. */
  missing(required: readonly string[]): readonly Fault[]
  lanes(channel: Channel): { readonly orderKeys: readonly string[]; readonly tags: readonly MessageTag[] }
  /** The answer in the message's own protocol; `id` names the answer itself. Empty when the sender wants none. */
  acknowledge(code: AckLetter, faults: readonly Fault[], id: string, nowMs: number): Buffer
}
