// What a search can find a resource by: one entry per search-parameter value, extracted from the body by compiled FHIRPath.

export type IndexEntry =
  | { readonly kind: 'token'; readonly param: string; readonly system: string; readonly code: string }
  /** Folded by cdr/index; where the spelling itself differs it follows the folded text after U+001F, which only an exact search sees. */
  | { readonly kind: 'string'; readonly param: string; readonly text: string }
  /** Milliseconds; `from` inclusive, `to` exclusive; open ends are -Infinity / Infinity. */
  | { readonly kind: 'date'; readonly param: string; readonly from: number; readonly to: number }
  | { readonly kind: 'reference'; readonly param: string; readonly type: string; readonly id: string }
  | { readonly kind: 'uri'; readonly param: string; readonly uri: string }
  /** `low` = `high` for an exact number, [low, high) for a range or an interval of precision; `unit` is `system|code` of a quantity, canonical where UCUM allows. */
  | { readonly kind: 'number'; readonly param: string; readonly low: number; readonly high: number; readonly unit: string }
  /** A token whose value must not be readable in the store (id card, phone): HMAC of the normalised value, hex. */
  | { readonly kind: 'hashed'; readonly param: string; readonly system: string; readonly digest: string }

/**
 * The rows of one resource version: entries, and the keys of its place in the charts of its Patients. A place is one whole: when patients, codes
 * or time differ between two versions, the old place closes with all three and the new one opens with all three; else both are left empty.
 */
export type IndexRows = {
  readonly entries: readonly IndexEntry[]
  /** Ids of the Patients in whose compartment the resource lies. */
  readonly patients: readonly string[]
  /** `system|code` of every token entry of the parameter `code`. */
  readonly codes: readonly string[]
  /** Start of the type's clinical date (its `date` parameter or nearest equal), milliseconds; undefined when it has none. */
  readonly whenMs?: number
}

export const noIndexRows: IndexRows = { entries: [], patients: [], codes: [] }
