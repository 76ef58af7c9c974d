// A search as a tree of predicates over index entries: built by cdr/search from the URL, compiled by each storage engine in its own way.

export type SearchPlan = {
  readonly type: string
  readonly where: Filter
  readonly sort: readonly SortKey[]
  /** Rows per page. */
  readonly count: number
  /** Where the last page ended (opaque to everybody but the engine that made it). */
  readonly after?: string
  readonly total: 'none' | 'estimate' | 'accurate'
  /** Logical time per tenant at which the search sees the data; a missing tenant means now. */
  readonly at: Readonly<Record<string, number>>
}

export type Filter =
  | { readonly op: 'and'; readonly of: readonly Filter[] }
  | { readonly op: 'or'; readonly of: readonly Filter[] }
  | { readonly op: 'not'; readonly of: Filter }
  /** `system` undefined means every system, `''` none at all; `code` undefined means every code of that system. */
  | { readonly op: 'token'; readonly param: string; readonly system?: string; readonly code?: string }
  | { readonly op: 'hashed'; readonly param: string; readonly system?: string; readonly digest: string }
  /** `text` in the form of the string entries: folded, for `exact` with the spelling after U+001F where it differs. */
  | { readonly op: 'string'; readonly param: string; readonly match: 'prefix' | 'exact' | 'contains'; readonly text: string }
  /** Compared by the interval rules of search.html#prefix against [from, to); `ap` is overlap: who asks widens the interval. */
  | { readonly op: 'date'; readonly param: string; readonly prefix: Prefix; readonly from: number; readonly to: number }
  | {
      readonly op: 'number'
      readonly param: string
      readonly prefix: Prefix
      readonly low: number
      readonly high: number
      readonly unit?: string
    }
  | { readonly op: 'reference'; readonly param: string; readonly type: string; readonly id: string }
  | { readonly op: 'uri'; readonly param: string; readonly match: 'exact' | 'below' | 'above'; readonly uri: string }
  | { readonly op: 'missing'; readonly param: string; readonly missing: boolean }
  | { readonly op: 'id'; readonly ids: readonly string[] }
  | { readonly op: 'lastUpdated'; readonly prefix: Prefix; readonly from: number; readonly to: number }
  /** Resources in the compartment of any of these Patients. */
  | { readonly op: 'patient'; readonly ids: readonly string[] }

export type Prefix = 'eq' | 'ne' | 'lt' | 'gt' | 'ge' | 'le' | 'sa' | 'eb' | 'ap'

/**
 * `_id`, `_lastUpdated`, or a search parameter of the type with its kind; a resource with several values counts with its first in the direction of
 * the sort, one without a value comes last. Kind `when` is the type's clinical date as in `IndexRows.whenMs` (its `param` being the parameter that
 * was taken from): newest first within a Patient's chart it costs no sorting.
 */
export type SortKey = {
  readonly param: string
  readonly kind: 'id' | 'lastUpdated' | 'when' | 'token' | 'string' | 'date' | 'number' | 'reference' | 'uri'
  readonly descending: boolean
}
