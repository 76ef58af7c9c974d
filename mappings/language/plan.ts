// Plans as data, as read from their files: a plan makes one element or resource, a message plan says which plans run over which part of a message.
import type { MessageFormat } from '#kernel/envelope.ts'
import type { JsonValue } from '#kernel/json.ts'
import type { Condition, Expression } from './expression.ts'
import type { At } from './finding.ts'
import type { TargetPath } from './target-path.ts'

export type PlanFile = Plan | MessagePlan | Overlay

/** Segment → resource (`PID` → `Patient`), or data type → element (`CX` → `Identifier`, `XCN` → the Practitioner it names). */
export type Plan = {
  readonly kind: 'plan'
  readonly name: string
  readonly at: At
  readonly from: string
  readonly to: string
  /** Tables of the HL7 v2-to-FHIR guide that the rule ids refer to, e.g. `PID[Patient]`. */
  readonly guide: readonly string[]
  /** Constants that a rule using this plan may give otherwise, with their usual values. */
  readonly given: Constants
  /** Nothing is made unless all of these have a value. */
  readonly needs: readonly Expression[]
  /** Resources only. */
  readonly identity?: Identity
  readonly rules: readonly Rule[]
}

export type Identity = {
  /** Business keys in order of preference; the first that is complete names the resource. */
  readonly keys: readonly Key[]
  /** Text of references to the resource; it stands alone where no key is complete. */
  readonly display?: Expression
  /** What a second resource of the same key in one message means: it is the next of a series (`number`), more text (`join`), or the same (`unite`). */
  readonly again: Again
}

export type Key = { readonly at: At; readonly parts: readonly KeyPart[] }
/** Optional parts may be empty. */
export type KeyPart = { readonly text: string; readonly expression: Expression; readonly optional: boolean }
export type Again =
  | { readonly kind: 'unite' }
  | { readonly kind: 'number' }
  | { readonly kind: 'join'; readonly element: string; readonly when: Condition }

export type Rule = {
  /** Row of the guide's table (`PID-5`, with `:suffix` where a row needs several rules), or a name of our own. */
  readonly id: string
  /** The guide has no such row. */
  readonly own: boolean
  readonly at: At
  readonly to: TargetPath
  readonly toText: string
  readonly when?: Condition
  readonly does: Work
  /** Code map of the value. */
  readonly code?: string
  /** Written when the source has no value, or one that the code map does not know. */
  readonly otherwise?: JsonValue
  /** Not stated by the message but likely: fills only what nobody has said yet. */
  readonly assume: boolean
  /** The value is taken, and noted as a fault: it is not what the message says it is. */
  readonly fault: boolean
}

export type Work =
  | { readonly kind: 'value'; readonly from: Expression }
  /** By the plan of a data type. */
  | { readonly kind: 'map'; readonly from: Expression; readonly plan: string; readonly given: Constants }
  /** A reference to what a step of the message plan made. */
  | { readonly kind: 'refer'; readonly alias: string }
  /** A reference to a resource that the value names; the first plan whose key is complete makes it. */
  | { readonly kind: 'name'; readonly from: Expression; readonly plans: readonly string[] }
  /** A function of mappings/functions that makes a whole element. */
  | { readonly kind: 'call'; readonly call: Expression & { readonly kind: 'call' } }
  | { readonly kind: 'constant'; readonly value: JsonValue }
  /** A new element filled by rules of its own; with `from`, one for each value. */
  | { readonly kind: 'set'; readonly from?: Expression; readonly rules: readonly Rule[] }
  /** Empties an element that earlier messages filled. */
  | { readonly kind: 'clear' }

export type Standing = 'speak' | 'mention'

export type MessagePlan = {
  readonly kind: 'message'
  readonly name: string
  readonly at: At
  readonly format: MessageFormat
  /** Types it takes, with the constants that each sets. */
  readonly takes: ReadonlyMap<string, Constants>
  readonly guide: readonly string[]
  /** For JSON: file of the JSON Schema that paths are checked against, beside the plan. */
  readonly schema?: string
  /** Names of segments (members of a JSON body) without which the message is refused before it is acknowledged. */
  readonly required: readonly string[]
  /** When the sender says it happened: the first of these places that has a time. */
  readonly time: readonly string[]
  /** Places that usually identify patient, visit and order: defaults of a channel's `orderKey` and `tags`. */
  readonly keys: { readonly patient: readonly string[]; readonly visit: readonly string[]; readonly order: readonly string[] }
  readonly steps: readonly Step[]
}

export type Constants = ReadonlyMap<string, readonly string[]>

export type Step = {
  readonly at: At
  /** For findings: what the step does. */
  readonly name: string
  /** Of an overlay: stands right behind the first step of this name in the base plan, wherever that is. */
  readonly after?: string
  /** Group, repeating segment or array to go through; the step happens once for each. */
  readonly each?: string
  /** Rows of the guide's message table that the step stands for, e.g. `16`. */
  readonly rows: readonly string[]
  readonly when?: Condition
  /** Only in a preview: what describes the message itself is not kept in the repository. */
  readonly previewOnly: boolean
  readonly does:
    | {
        readonly kind: 'make'
        readonly alias: string
        readonly plan: string
        readonly from?: string
        /** Instead of the plan's own, where the message gives a better one. */
        readonly keys?: readonly Key[]
        readonly standing: Standing
        readonly required: boolean
        readonly rules: readonly Rule[]
      }
    /** Fills further elements of what was made before. */
    | {
        readonly kind: 'add'
        readonly alias: string
        readonly plan?: string
        readonly from?: string
        readonly rules: readonly Rule[]
        /** The one element that is added to, as a line more. */
        readonly join?: string
      }
    | { readonly kind: 'merge'; readonly survivor: string; readonly retired: readonly Key[] }
    /** Only goes into a segment, or through a group, for the steps inside. */
    | { readonly kind: 'steps'; readonly from?: string }
  readonly steps: readonly Step[]
}

/** A site's differences from the base plans. */
export type Overlay = {
  readonly kind: 'overlay'
  readonly name: string
  readonly at: At
  /** Message plans of the base that the site takes; all of them where the overlay does not say. */
  readonly uses?: readonly string[]
  readonly constants: Constants
  /** Names of assigning authorities (HD.1) → the system of their numbers. */
  readonly authorities: ReadonlyMap<string, string>
  /** Names of coding systems (CWE.3) → the system. */
  readonly systems: ReadonlyMap<string, string>
  /** Kinds of numbers whose authority messages leave out (`patient`, `visit`, `staff` …) → the system. */
  readonly numbers: ReadonlyMap<string, string>
  /** Code maps taken instead of those the base plans name. */
  readonly codes: ReadonlyMap<string, string>
  readonly authority: readonly { readonly elements: string; readonly order: readonly string[] }[]
  readonly plans: ReadonlyMap<string, PlanChange>
  readonly messages: ReadonlyMap<string, MessageChange>
}

export type PlanChange = {
  readonly at: At
  readonly remove: readonly { readonly id: string; readonly at: At }[]
  readonly replace: readonly Rule[]
  readonly add: readonly Rule[]
  readonly keys?: readonly Key[]
}

export type MessageChange = {
  readonly at: At
  readonly takes?: ReadonlyMap<string, Constants>
  readonly required?: readonly string[]
  readonly time?: readonly string[]
  /** Aliases of steps to leave out. */
  readonly remove: readonly { readonly id: string; readonly at: At }[]
  readonly add: readonly Step[]
}
