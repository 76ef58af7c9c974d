// What the validator asks of code systems and value sets: synchronous, over what is at hand (terminologies.html). terminology/ can answer it too.

export type AskedCode = {
  /** Undefined where the element is a code, string or uri: whatever system the value set takes it from. */
  readonly system?: string
  readonly version?: string
  readonly code: string
  readonly display?: string
}

/** `undecided`: the value set draws on a code system that is not at hand. `unknown-set`: nobody knows the value set. */
export type Membership = 'member' | 'outside' | 'undecided' | 'unknown-set'

export type CodeFacts =
  | {
      readonly kind: 'known'
      /** Every text that may stand as its display; the first is preferred. Empty when the system gives none. */
      readonly displays: readonly string[]
      readonly inactive: boolean
      /** Where `displays` does not list all that may stand: whether a text names another code of the system. */
      readonly namesAnother?: (text: string) => boolean
      /** The spelling of the system, where the code asked for differs from it in case only. */
      readonly spelling?: string
    }
  /** `partial`: only a part of the system is at hand, so the code may exist. */
  | { readonly kind: 'unknown-code'; readonly partial: boolean }
  | { readonly kind: 'unknown-system' }

export interface Codes {
  /** By canonical URL of the value set, `|version` allowed. */
  membership(valueSet: string, asked: AskedCode): Membership
  lookup(system: string, code: string, version?: string): CodeFacts
  /** Whether `descendant` is `ancestor` or below it; undefined when the system is not at hand. */
  subsumes(system: string, ancestor: string, descendant: string): boolean | undefined
}
