// Collections as the compiled closures pass them: nothing is undefined, one item is the item itself, several are an array.
// FHIR has no arrays inside arrays, so an array always stands for a collection, and the JSON array of a repeating element is one as it is.

/** A value or element. Raw JSON where the compiler knows the type, else something that knows its own type (see node.ts). */
export type Item = string | number | boolean | bigint | object

export type Collection = Item | readonly Item[] | undefined

const none: readonly Item[] = []

export function itemsOf(collection: Collection): readonly Item[] {
  return collection === undefined ? none : Array.isArray(collection) ? collection : [collection]
}

export function countOf(collection: Collection): number {
  return collection === undefined ? 0 : Array.isArray(collection) ? collection.length : 1
}

export function isEmpty(collection: Collection): boolean {
  return collection === undefined || (Array.isArray(collection) && collection.length === 0)
}

/** The first item, if any. */
export function firstOf(collection: Collection): Item | undefined {
  return Array.isArray(collection) ? collection[0] : (collection as Item | undefined)
}

/** The shortest form of a list: nothing, the item, or the list. */
export function collectionOf(items: readonly Item[]): Collection {
  return items.length === 0 ? undefined : items.length === 1 ? items[0] : items
}
