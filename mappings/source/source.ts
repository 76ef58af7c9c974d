// What the compiler knows of a source format: a path leads from a scope to values of a type, and a reader reads them. HL7 v2 and JSON are two; CDA can follow.
import type { MessageFormat } from '#kernel/envelope.ts'
import type { Result } from '#kernel/result.ts'
import type { Run } from '../compile/run.ts'

/** Where paths start while a plan is compiled: a segment, a data type, a member of a JSON body, with what encloses it. Opaque to the compiler. */
export type Scope = {
  /** For findings: `OBX`, `CX`, `input.data`. */
  readonly name: string
}

/** `N` is the source's own kind of value while a message is read. */
export interface Source<N> {
  readonly format: MessageFormat
  /** A path from a scope; the reason in words when it leads nowhere. */
  reach(text: string, scope: Scope): Result<Reach<N>, string>
  /**
   * Number, from 1 to 60, of the part of the value at hand that a path leads into; undefined where it leads elsewhere or the source does not
   * number its parts.
   */
  partOf(text: string, scope: Scope): number | undefined
  /** Which parts of a value are there: bit n-1 of `low` for parts 1 to 30, bit n-31 of `high` for 31 to 60; undefined when that is not known. */
  parts(node: N): { readonly low: number; readonly high: number } | undefined
  /**
   * Number of the innermost frame that a path reads, where it does not read the value at hand: while that frame stays, so does what is read.
   * Undefined for all other paths.
   */
  frameOf(text: string, scope: Scope): number | undefined
  /** Whether a path is right in itself but leads to a segment (a member) that this kind of message never has. */
  lacks(text: string, scope: Scope): boolean
  /**
   * The scope inside values of a type, where the plan of a data type starts; undefined for a type the source does not have. Rules that stand
   * inside another rule still see what is `around` them.
   */
  inside(type: string, around?: Scope): Scope | undefined
  /** In a scope inside a coded value: the paths to its code and its text. */
  codeOf(scope: Scope): readonly [code: string, text: string]
  /** Whether the plan of a data type (`CWE`) can read values of another (`CE`, `IS`). */
  reads(plan: string, type: string): boolean
  /** The scope inside a segment, array or object that a step of a message plan goes to. */
  enter(text: string, scope: Scope): Result<Entrance<N>, string>
  /** Where a value stands, e.g. `PID[1]-5[2]`. */
  where(node: N): string
  /** A value as it stands in the message: equal texts are mapped alike. Undefined where the text alone does not say what it means. */
  raw(node: N): string | undefined
  /** How deep in its type the value stands, 0 to 2: texts of different depths are not alike. */
  depthOf(node: N): number
  /** Populated places of the message that nothing has touched in a traced run. */
  unread(run: Run<N>): string[]
}

/** Leads into a part of a message: `nodes` finds its occurrences; what follows is read from each. */
export type Entrance<N> = {
  readonly scope: Scope
  readonly nodes: (run: Run<N>, node: N) => readonly N[]
  readonly first: (run: Run<N>, node: N) => N | undefined
  /** What encloses the occurrence is remembered for paths that look outward. */
  readonly open: (run: Run<N>, node: N) => void
  readonly repeats: boolean
}

export type Reach<N> = Text<N> & {
  /** Type of the value itself: `XPN`, `CWE`, `varies`, `string`. */
  readonly type: string
  /** The path asks for several values. */
  readonly many: boolean
  readonly node: (run: Run<N>, node: N) => N | undefined
  readonly nodes: (run: Run<N>, node: N) => readonly N[]
  /** Reads a value that `node` or `nodes` found. */
  readonly inner: Text<N>
  /** Whether anything stands there: of a value with parts, any part. */
  readonly isPresent: (run: Run<N>, node: N) => boolean
  /** The sender says: make it empty. */
  readonly isNull: (run: Run<N>, node: N) => boolean
}

/** A value as text; `''` is no value. */
export type Text<N> = {
  /** Primitive type of the text: `ST`, `NM`, `DTM`, `text` for the result of a function. */
  readonly leaf: string
  readonly read: (run: Run<N>, node: N) => string
  /** Reads without naming the place as a source of what is made. */
  readonly peek: (run: Run<N>, node: N) => string
  /** Where it stands, for faults and traces; `''` for what stands nowhere. */
  readonly where: (run: Run<N>, node: N) => string
}
