// Sets of items by equality (FHIRPath: distinct, union, intersect, exclude): hashed, so that large collections take linear time.
import { ExactDecimal } from '../../decimal.ts'
import type { Evaluation } from '../evaluation.ts'
import type { Item } from '../values/collection.ts'
import { Node } from '../values/node.ts'
import { systemItem, systemValue } from '../values/system.ts'
import type { StaticType } from './expr.ts'

/** Up to here comparing everything with everything is cheaper than hashing. */
const smallSize = 12

/** The items of one static type without those that equal an earlier one. */
export function distinctItems(items: readonly Item[], type: StaticType, evaluation: Evaluation): Item[] {
  const seen = new ItemSet(type, evaluation, items.length)
  return items.filter(item => seen.add(item))
}

/** Whether an item of the type equals one of the members, which are of the same type. */
export function membership(members: readonly Item[], type: StaticType, evaluation: Evaluation): (item: Item) => boolean {
  const set = new ItemSet(type, evaluation, members.length)
  for (const member of members) set.add(member)
  return item => set.has(item)
}

/** Items of one static type that are all different by FHIRPath equality. */
export class ItemSet {
  readonly #type: StaticType
  readonly #evaluation: Evaluation
  readonly #buckets: Map<string | number | boolean, Item[]> | undefined
  readonly #items: Item[] = []

  constructor(type: StaticType, evaluation: Evaluation, expectedSize: number) {
    this.#type = type
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
    const { equality } = this.#evaluation
    if (this.#type.kind === 'fhir') {
      const { def } = this.#type
      this.#evaluation.spend(bucket.length)
      for (const other of bucket) if (other === item || equality.equalRaw(other, item, def) === true) return true
      return false
    }
    for (const other of bucket) if (equality.equalItems(other, item) === true) return true
    return false
  }

  #bucket(item: Item): Item[] {
    if (!this.#buckets) return this.#items
    const key = hashKey(item, this.#type)
    let bucket = this.#buckets.get(key)
    if (!bucket) {
      bucket = []
      this.#buckets.set(key, bucket)
    }
    return bucket
  }
}

/** The same for all items that may be equal: the value of strings, the rounded number, the outline of elements. */
function hashKey(item: Item, type: StaticType): string | number | boolean {
  const value = type.kind === 'fhir' && !(item instanceof Node) ? systemValue(item, type.def) : systemItem(item)
  switch (typeof value) {
    case 'string':
      return `s${value}`
    case 'boolean':
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
