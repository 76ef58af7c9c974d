// Equality (=) and equivalence (~) of items and collections (FHIRPath operations: equality).

import { fractionDigits, roundDecimal } from '../../decimal.ts'
import type { Model, TypeDefinition } from '../../model/model.ts'
import { type Collection, type Item, itemsOf } from './collection.ts'
import { Node, type Raw, TypeInfo } from './node.ts'
import { compareNumbers, isNumber, toDecimal } from './numbers.ts'
import { asQuantity } from './order.ts'
import { Quantity } from './quantity.ts'
import { compareQuantities, equivalentQuantities } from './quantity-arithmetic.ts'
import { systemItem } from './system.ts'
import { compareTemporal, Temporal } from './temporal.ts'

/** Counts the work of comparisons; throws when an evaluation has done too much. */
export type Meter = { spend(steps: number): void }

/** Equality with what it needs to know: the model for the members of elements, and a meter against hostile sizes. */
export class Equality {
  readonly #model: Model
  readonly #meter: Meter

  constructor(model: Model, meter: Meter) {
    this.#model = model
    this.#meter = meter
  }

  /** Of collections of self-describing items; undefined when either is empty or a pair cannot be decided. */
  equal(left: Collection, right: Collection): boolean | undefined {
    const [a, b] = [itemsOf(left), itemsOf(right)]
    if (a.length === 0 || b.length === 0) return undefined
    if (a.length !== b.length) return false
    let result: boolean | undefined = true
    for (let i = 0; i < a.length; i++) {
      const same = this.equalItems(a[i]!, b[i]!)
      if (same === false) return false
      if (same === undefined) result = undefined
    }
    return result
  }

  equalItems(left: Item, right: Item): boolean | undefined {
    this.#meter.spend(1)
    if (left === right) return true
    const [a, b] = [systemItem(left), systemItem(right)]
    if (a !== undefined && b !== undefined) return equalValues(a, b)
    return this.#equalElements(left, right)
  }

  /** Of complex elements: the same members, each equal. Primitives without a value are compared by their extensions. */
  #equalElements(left: Item, right: Item): boolean | undefined {
    if (left instanceof TypeInfo || right instanceof TypeInfo) return JSON.stringify(left) === JSON.stringify(right)
    const [a, b] = [contentOf(left), contentOf(right)]
    if (a === undefined || b === undefined) return false
    if (a === b) return true
    const names = Object.keys(a)
    if (names.length !== Object.keys(b).length) return false
    const def = left instanceof Node ? left.def : this.#model.type(String(a['resourceType']))
    let result: boolean | undefined = true
    for (const name of names) {
      if (!(name in b)) return false
      const same = this.#equalMembers(a[name], b[name], name, def)
      if (same === false) return false
      if (same === undefined) result = undefined
    }
    return result
  }

  #equalMembers(left: unknown, right: unknown, name: string, def: TypeDefinition | undefined): boolean | undefined {
    if (left === right) return true
    return this.equal(this.member(left, name, def), this.member(right, name, def)) ?? (isAbsent(left) && isAbsent(right) ? true : undefined)
  }

  /** A JSON member as self-describing items. */
  member(value: unknown, name: string, def: TypeDefinition | undefined): Collection {
    const code = def?.members.get(name)?.type.code
    const type = code === undefined ? undefined : this.#model.type(code)
    const describe = (item: unknown): Item => (type?.kind === 'resource' ? (item as Item) : new Node(type, item))
    if (Array.isArray(value)) return value.filter(item => item !== null && item !== undefined).map(describe)
    return value === null || value === undefined ? undefined : describe(value)
  }

  /** Of collections in any order; two empty ones are equivalent. */
  equivalent(left: Collection, right: Collection): boolean {
    const [a, b] = [itemsOf(left), [...itemsOf(right)]]
    if (a.length !== b.length) return false
    for (const item of a) {
      const found = b.findIndex(other => this.equivalentItems(item, other))
      if (found < 0) return false
      b.splice(found, 1)
    }
    return true
  }

  equivalentItems(left: Item, right: Item): boolean {
    this.#meter.spend(1)
    const [a, b] = [systemItem(left), systemItem(right)]
    if (a !== undefined && b !== undefined) return equivalentValues(a, b)
    const [x, y] = [contentOf(left), contentOf(right)]
    if (x === undefined || y === undefined) return false
    if (x === y) return true
    const [leftType, rightType] = [typeNameOf(left), typeNameOf(right)]
    if (leftType === 'Coding' && rightType === 'Coding') return x['code'] === y['code'] && x['system'] === y['system']
    if (leftType === 'CodeableConcept' && rightType === 'CodeableConcept') return this.#shareCoding(x, y)
    const def = left instanceof Node ? left.def : this.#model.type(String(x['resourceType']))
    const names = new Set([...Object.keys(x), ...Object.keys(y)])
    names.delete('id')
    return names.values().every(name => this.equivalent(this.member(x[name], name, def), this.member(y[name], name, def)))
  }

  /** Two concepts are equivalent when a coding of one is equivalent to a coding of the other (fhirpath.html#changes). */
  #shareCoding(left: Raw, right: Raw): boolean {
    const [a, b] = [itemsOf(left['coding'] as Collection), itemsOf(right['coding'] as Collection)] as unknown as [Raw[], Raw[]]
    return a.some(x => b.some(y => x['code'] === y['code'] && x['system'] === y['system']))
  }
}

function isAbsent(value: unknown): boolean {
  return value === null || value === undefined || (Array.isArray(value) && value.length === 0)
}

/** The JSON object of an element; of a primitive without value, its extensions. */
function contentOf(item: Item): Raw | undefined {
  const content = item instanceof Node ? (typeof item.value === 'object' && item.value !== null ? item.value : item.sibling) : item
  return typeof content === 'object' ? (content as Raw) : undefined
}

function typeNameOf(item: Item): string | undefined {
  return item instanceof Node ? item.def?.name : undefined
}

/** Equality of two system values; values of types that do not convert are not equal. */
export function equalValues(left: Item, right: Item): boolean | undefined {
  if (isNumber(left) && isNumber(right)) return compareNumbers(left, right) === 0
  if (left instanceof Temporal && right instanceof Temporal) {
    if ((left.type === 'Time') !== (right.type === 'Time')) return false
    const order = compareTemporal(left, right)
    return order === undefined ? undefined : order === 0
  }
  if (left instanceof Quantity || right instanceof Quantity) {
    const [a, b] = [asQuantity(left), asQuantity(right)]
    if (a === undefined || b === undefined) return false
    const order = compareQuantities(a, b)
    return order === undefined ? undefined : order === 0
  }
  return left === right
}

export function equivalentValues(left: Item, right: Item): boolean {
  if (typeof left === 'string' && typeof right === 'string') return left === right || normalized(left) === normalized(right)
  if (isNumber(left) && isNumber(right)) {
    const [a, b] = [toDecimal(left), toDecimal(right)]
    const digits = Math.min(fractionDigits(a), fractionDigits(b))
    const [x, y] = [roundDecimal(a, digits), roundDecimal(b, digits)]
    return x !== undefined && y !== undefined && compareNumbers(x, y) === 0
  }
  if (left instanceof Quantity || right instanceof Quantity) {
    const [a, b] = [asQuantity(left), asQuantity(right)]
    return a !== undefined && b !== undefined && equivalentQuantities(a, b)
  }
  return equalValues(left, right) === true
}

/** Case folded, and every white space a space. */
function normalized(text: string): string {
  return text.toLowerCase().replace(/\s/gu, ' ')
}
