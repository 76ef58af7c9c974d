// Elements that carry their own type, where the compiler cannot know it: choices, children(), primitives with extensions.

import { ExactDecimal } from '../../decimal.ts'
import type { ElementDefinition, TypeDefinition } from '../../model/model.ts'
import type { Collection, Item } from './collection.ts'
import type { Place } from './place.ts'
import { Quantity } from './quantity.ts'
import type { SystemTypeName } from './system-types.ts'
import { Temporal } from './temporal.ts'

export type Raw = Readonly<Record<string, unknown>>

/** A FHIR element with its type. For a primitive, `value` is the JSON value (undefined if it has none) and `sibling` its `_name` object. */
export class Node {
  /** Undefined for JSON that no definition describes. */
  readonly def: TypeDefinition | undefined
  readonly value: unknown
  readonly sibling: Raw | undefined
  readonly element: ElementDefinition | undefined
  /** Kept only for expressions that ask for it. */
  readonly place: Place | undefined

  constructor(def: TypeDefinition | undefined, value: unknown, sibling?: Raw, element?: ElementDefinition, place?: Place) {
    this.def = def
    this.value = value
    this.sibling = sibling
    this.element = element
    this.place = place
  }
}

/** What type() returns: SimpleTypeInfo and ClassInfo of the specification. */
export class TypeInfo {
  readonly namespace: string
  readonly name: string
  readonly baseType: string

  constructor(namespace: string, name: string, baseType: string) {
    this.namespace = namespace
    this.name = name
    this.baseType = baseType
  }

  toJSON(): object {
    return { namespace: this.namespace, name: this.name, baseType: this.baseType }
  }
}

/** Raw JSON of a known type as nodes; resources stay raw, since they name their own type. */
export function describe(collection: Collection, def: TypeDefinition): Collection {
  if (collection === undefined || def.kind === 'resource') return collection
  if (!Array.isArray(collection)) return collection instanceof Node ? collection : new Node(def, collection)
  return collection.map(item => (item instanceof Node ? item : new Node(def, item)))
}

export function systemTypeOf(item: Item): SystemTypeName | undefined {
  switch (typeof item) {
    case 'string':
      return 'String'
    case 'number':
      return 'Integer'
    case 'boolean':
      return 'Boolean'
    case 'bigint':
      return 'Long'
    default:
      return item instanceof ExactDecimal
        ? 'Decimal'
        : item instanceof Temporal
          ? item.type
          : item instanceof Quantity
            ? 'Quantity'
            : undefined
  }
}

/** How faults name the type of an item: `System.String`, `FHIR.HumanName`. */
export function typeNameOf(item: Item): string {
  if (item instanceof Node) return item.def ? `FHIR.${item.def.name}` : 'Any'
  const system = systemTypeOf(item)
  return system
    ? `System.${system}`
    : item instanceof TypeInfo
      ? 'System.TypeInfo'
      : `FHIR.${String((item as Raw)['resourceType'] ?? 'Any')}`
}
