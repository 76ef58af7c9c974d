// What other rooms may ask of the terminology room. Plans and passes work on an immutable snapshot, synchronously.
import type { CodeGap, ResourceIntent } from '../intent.ts'

export type Coding = { readonly system: string; readonly code: string; readonly display?: string }

/** Code maps frozen at one moment; `hash` is part of the hash of every plan compiled with it. */
export interface CodeMaps {
  readonly hash: string
  has(map: string): boolean
  /** The target of a code under a named concept map; undefined when the map has no entry. */
  translate(map: string, code: string): Coding | undefined
  /** Whether somebody has decided about the code, be it that it has no target: only an undecided code is a gap. */
  decides(map: string, code: string): boolean
  /** Every coding a map can yield, for the checks of plans. */
  targets(map: string): readonly Coding[]
  /** The system whose codes a map reads. */
  sourceOf(map: string): string | undefined
}

export type CodedIntents = {
  readonly intents: readonly ResourceIntent[]
  readonly gaps: readonly CodeGap[]
  /** Local codes that a map decided, and that none did, each occurrence counted: the coverage of the code maps. */
  readonly decided: number
  readonly missed: number
}

/** Adds standard codings beside local ones in finished resources. */
export interface CodingPass {
  readonly hash: string
  code(intents: readonly ResourceIntent[], source: string): CodedIntents
}
