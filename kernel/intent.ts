// What a plan says about one resource, before identity and authority decide what becomes of it.
import type { Fault } from './fault.ts'
import type { JsonObject } from './json.ts'

export type ResourceIntent = {
  readonly type: string
  /** Business key in canonical form, e.g. `urn:oid:…|880123`; the id derives from (tenant, type, key). */
  readonly key: string
  readonly id: string
  /** Elements this message states (no `id`, no `meta` but tags and source). References name derived ids. */
  readonly content: JsonObject
  /** Top-level elements this message clears (`""` in HL7 v2). Absent elements are left as they are. */
  readonly clears: readonly string[]
  /** `speak`: the message is about this resource. `mention`: it only names it, and makes it provisionally when nobody has spoken yet. */
  readonly standing: 'speak' | 'mention'
}

/** A40 and kin: the retired Patient's number now means the survivor. Ids as derived from the keys. */
export type PatientMerge = { readonly survivor: { key: string; id: string }; readonly retired: { key: string; id: string } }

export type Mapped = {
  readonly intents: readonly ResourceIntent[]
  readonly merges: readonly PatientMerge[]
  /** Codes no map knew, whether or not the plan went on without them. */
  readonly gaps: readonly CodeGap[]
  /** What could not be mapped but did not stop the rest. */
  readonly faults: readonly Fault[]
  /** Only when asked for. */
  readonly trace?: readonly TraceEntry[]
  /** Populated source fields that no rule read, e.g. `PID-26`; only when asked for. */
  readonly unread?: readonly string[]
}

/** One written element and where it came from. */
export type TraceEntry = {
  /** Position of the resource in `intents`. */
  readonly intent: number
  /** Element path inside the resource, e.g. `name[0].family`. */
  readonly path: string
  readonly rule: string
  /** Source fields read for it, e.g. `PID[1]-5[1].1`; empty for a constant. */
  readonly sources: readonly string[]
}

export type CodeGap = {
  readonly map: string
  readonly system: string
  readonly code: string
  readonly display?: string
  readonly source: string
  /** Where it stood: type and members, e.g. `Observation.valueCodeableConcept`; undefined when a plan met it before there was a resource. */
  readonly element?: string
}
