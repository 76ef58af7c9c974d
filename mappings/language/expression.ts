// The expressions of plans as data: paths, fallbacks, pure functions, conditions. Total by construction: no loop, no state, no clock.

export type Expression =
  /** The first that has a value. */
  | { readonly kind: 'alternatives'; readonly items: readonly Expression[] }
  /** A place in the source, in the source's own notation (`PID-5[*]`, `CX.4.1`, `input.data.psn_no`); `where` keeps some of what it finds;
   * an `optional` one may name a segment that some messages do not have at all. */
  | { readonly kind: 'path'; readonly text: string; readonly where?: Condition; readonly optional?: boolean }
  | { readonly kind: 'variable'; readonly name: string }
  | { readonly kind: 'literal'; readonly text: string }
  /** The business key of what a step made. */
  | { readonly kind: 'key'; readonly alias: string }
  | { readonly kind: 'call'; readonly name: string; readonly args: readonly Expression[] }

export type Condition =
  | { readonly kind: 'all'; readonly items: readonly Condition[] }
  | { readonly kind: 'any'; readonly items: readonly Condition[] }
  | { readonly kind: 'not'; readonly item: Condition }
  | { readonly kind: 'empty'; readonly of: Expression }
  /** Equal to one of the texts; a variable stands for the texts it holds. */
  | { readonly kind: 'in'; readonly of: Expression; readonly texts: readonly (string | { readonly variable: string })[] }
  | { readonly kind: 'matches'; readonly of: Expression; readonly pattern: string }
