// What a search can find a resource by: one entry per search-parameter value, extracted from the body by compiled FHIRPath.

export type IndexEntry =
  | { readonly kind: 'token'; readonly param: string; readonly system: string; readonly code: string }
  | { readonly kind: 'string'; readonly param: string; readonly text: string }
  /** Milliseconds; `from` inclusive, `to` exclusive; open ends are -Infinity / Infinity. */
  | { readonly kind: 'date'; readonly param: string; readonly from: number; readonly to: number }
  | { readonly kind: 'reference'; readonly param: string; readonly type: string; readonly id: string }
  | { readonly kind: 'uri'; readonly param: string; readonly uri: string }
  /** Numbers and quantities as the interval their precision means; `unit` is `system|code` of a quantity, canonical where UCUM allows. */
  | { readonly kind: 'number'; readonly param: string; readonly low: number; readonly high: number; readonly unit: string }
  /** A token whose value must not be readable in the store (id card, phone): HMAC of the normalised value, hex. */
  | { readonly kind: 'hashed'; readonly param: string; readonly system: string; readonly digest: string }

/** The rows of one resource version: entries for the wide table, and the keys of the composite tables. */
export type IndexRows = {
  readonly entries: readonly IndexEntry[]
  /** Ids of the Patients in whose compartment the resource lies. */
  readonly patients: readonly string[]
  /** `system|code` values of the type's `code` parameter. */
  readonly codes: readonly string[]
  /** Start of the type's clinical date (its `date` parameter or nearest equal), milliseconds; undefined when it has none. */
  readonly whenMs?: number
}

export const noIndexRows: IndexRows = { entries: [], patients: [], codes: [] }
