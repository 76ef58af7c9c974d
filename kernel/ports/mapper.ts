// What the engine asks of the mapping room: a compiled plan is a pure function from a read message to intents.
import type { Mapped } from '../intent.ts'
import type { Result } from '../result.ts'
import type { TenantCode } from '../tenant.ts'

/** A message as its codec read it; `M` is the codec's own type (formats/hl7v2 Message, or a JSON document). */
export interface CompiledPlan<M> {
  readonly name: string
  /** Hash of everything that decides the result: plan files, overlay, functions, code maps. */
  readonly hash: string
  map(message: M, context: MapContext): Result<Mapped>
}

export type MapContext = {
  readonly tenant: TenantCode
  readonly source: string
  readonly facility: string
  /** IANA zone for times without offset. */
  readonly zone: string
  readonly receivedAtMs: number
  /** Ask for `trace` and `unread`. */
  readonly traced?: boolean
  /**
   * Nothing will be stored: what has no business key gets one for the occasion, with a fault, instead of failing the message; and what only
   * describes the message itself (MessageHeader) is made too.
   */
  readonly preview?: boolean
}
