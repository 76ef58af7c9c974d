// Results as callers see them: a type name and a JSON value.
import type { Item } from './collection.ts'
import { Node, systemTypeOf, typeNameOf } from './node.ts'

export type TypedValue = {
  /** `HumanName`, `code`, or for FHIRPath's own types `System.String`, `System.Quantity`. */
  readonly type: string
  /** JSON of the value; dates are text, decimals as written, quantities FHIR Quantities. */
  readonly value: unknown
  /** Id and extensions of a primitive. */
  readonly element?: unknown
}

export function typedValue(item: Item): TypedValue {
  if (item instanceof Node) {
    const type = item.def?.name ?? 'Any'
    return item.sibling ? { type, value: item.value, element: item.sibling } : { type, value: item.value }
  }
  const system = systemTypeOf(item)
  if (system === 'Date' || system === 'DateTime' || system === 'Time') return { type: `System.${system}`, value: String(item) }
  return { type: system ? `System.${system}` : typeNameOf(item).replace(/^FHIR\./, ''), value: item }
}
