// Sets of items by equality (FHIRPath: distinct, union, intersect, exclude): hashed, so that large collections take linear time.
import { ExactDecimal } from '../../decimal.ts'
import type { Evaluation } from '../evaluation.ts'
import type { Item } from '../values/collection.ts'
import { Node } from '../values/node.ts'
import { systemItem } from '../values/system.ts'
import type { StaticType } from './expr.ts'

/** Up to here comparing everything with everything is cheaper than hashing. */
const smallSize = 8

/** The items of one static type without those that equal an earlier one. */
export function distinctItems(items: readonly Item[], type: StaticType, evaluation: Evaluation): Item[] {
  const describe = describer(type)
  const seen = new ItemSet(evaluation, items.length)
  return items.filter(item => seen.add(describe(item)))
}

/** A raw item of a static type as one that knows its type. */
export function describer(type: StaticType): (item: Item) => Item {
  if (type.kind !== 'fhir' || type.def.kind === 'resource') return item => item
  const { def } = type
  return item => (item instanceof Node ? item : new Node(def, item))
}

/** Whether a self-describing item equals one of the members. */
export function membership(members: readonly Item[], evaluation: Evaluation): (item: Item) => boolean {
  const set = new ItemSet(evaluation, members.length)
  for (const member of members) set.add(member)
  return item => set.has(item)
}

/** Items that are all different by FHIRPath equality. */
export class ItemSet {
  readonly #evaluation: Evaluation
  readonly #buckets: Map<string | number | boolean, Item[]> | undefined
  readonly #items: Item[] = []

  constructor(evaluation: Evaluation, expectedSize: number) {
    this.#evaluation = evaluation
    this.#buckets = expectedSize > smallSize ? new Map() : undefined
  }

  /** False when an equal item is there already. */
  add(item: Item): boolean {
    const bucket = this.#bucket(item)
    if (this.#find(bucket, item)) return false
    bucket.push(item)
    return true
  }

  has(item: Item): boolean {
    return this.#find(this.#bucket(item), item)
  }

  #find(bucket: readonly Item[], item: Item): boolean {
    for (const other of bucket) if (this.#evaluation.equality.equalItems(other, item) === true) return true
    return false
  }

  #bucket(item: Item): Item[] {
    if (!this.#buckets) return this.#items
    const key = hashKey(item)
    let bucket = this.#buckets.get(key)
    if (!bucket) this.#buckets.set(key, (bucket = []))
    return bucket
  }
}

/** The same for all items that may be equal: the value of strings, the rounded number, the outline of elements. */
function hashKey(item: Item): string | number | boolean {
  const value = systemItem(item)
  switch (typeof value) {
    case 'string':
      return `s${value}`
    case 'boolean':
      return value
    case 'number':
      return value
    case 'bigint':
      return Number(value)
    default:
      return value instanceof ExactDecimal ? value.toNumber() : value === undefined ? outline(item) : value.constructor.name
  }
}

/** Member names and the strings directly in an element, dates and numbers aside, whose spelling may differ among equals. */
function outline(item: Item): string {
  const content = item instanceof Node ? (item.value ?? item.sibling) : item
  if (typeof content !== 'object' || content === null) return String(content)
  let key = 'e'
  for (const name of Object.keys(content).sort()) {
    const value = (content as Record<string, unknown>)[name]
    key += ` ${name}${typeof value === 'string' && !/^\d/.test(value) ? `=${value}` : ''}`
  }
  return key
}
