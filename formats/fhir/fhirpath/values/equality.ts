// Equality (=) and equivalence (~) of items and collections (FHIRPath operations: equality).
import { fractionDigits, roundDecimal } from '../../decimal.ts'
import type { Model, TypeDefinition } from '../../model/model.ts'
import { Trouble } from '../trouble.ts'
import { type Collection, type Item, itemsOf } from './collection.ts'
import { Node, type Raw, TypeInfo } from './node.ts'
import { compareNumbers, isNumber, toDecimal } from './numbers.ts'
import { asQuantity } from './order.ts'
import { Quantity } from './quantity.ts'
import { compareQuantities, equivalentQuantities } from './quantity-arithmetic.ts'
import { systemItem, systemValue } from './system.ts'
import { compareTemporal, Temporal } from './temporal.ts'

/** Elements in elements that are still compared: far more than any resource has. */
const depthMax = 500

/** Counts the work of comparisons; throws when an evaluation has done too much. */
export type Meter = { spend(steps: number): void }

/** Equality with what it needs to know: the model for the members of elements, and a meter against hostile sizes. */
export class Equality {
  readonly #model: Model
  readonly #meter: Meter
  #depth = 0

  constructor(model: Model, meter: Meter) {
    this.#model = model
    this.#meter = meter
  }

  /** Of collections of self-describing items; undefined when either is empty or a pair cannot be decided. */
  equal(left: Collection, right: Collection): boolean | undefined {
    const [a, b] = [itemsOf(left), itemsOf(right)]
    if (a.length === 0 || b.length === 0) return undefined
    if (a.length !== b.length) return false
    return allEqual(a, b, (x, y) => this.equalItems(x, y))
  }

  equalItems(left: Item, right: Item): boolean | undefined {
    this.#meter.spend(1)
    if (left === right) return true
    if (left instanceof Node && right instanceof Node && left.def !== undefined && right.def !== undefined) {
      if (left.def === right.def) return this.equalRaw(left, right, left.def)
      if (isComplex(left.def) && isComplex(right.def)) return false
    }
    const [a, b] = [systemItem(left), systemItem(right)]
    if (a !== undefined && b !== undefined) return equalValues(a, b)
    if (isValueless(left) || isValueless(right)) return undefined
    if (left instanceof TypeInfo || right instanceof TypeInfo) return JSON.stringify(left) === JSON.stringify(right)
    const [x, y] = [contentOf(left), contentOf(right)]
    return x === undefined || y === undefined ? false : this.#equalObjects(x, y, definitionOf(left, this.#model))
  }

  /** Of two raw values (or nodes) of one type. */
  equalRaw(left: unknown, right: unknown, def: TypeDefinition): boolean | undefined {
    if (left === right) return true
    if (def.kind === 'primitive') return this.#equalPrimitives(left, right, def)
    const [a, b] = [contentOf(left as Item), contentOf(right as Item)]
    if (a === undefined || b === undefined) return false
    if (def.isQuantity) {
      const same = equalQuantities(a, b, def)
      if (same !== 'elements') return same
    }
    return this.#equalObjects(a, b, def.kind === 'resource' ? this.#model.type(String(a['resourceType'])) : def)
  }

  /** By value; two that have extensions only by these, and nothing is known of one that has and one that has not. */
  #equalPrimitives(left: unknown, right: unknown, def: TypeDefinition): boolean | undefined {
    const x = left instanceof Node ? left.value : left
    const y = right instanceof Node ? right.value : right
    if (x !== undefined && y !== undefined) {
      if (x === y) return true
      if (def.system === 'String' || def.system === 'Boolean' || def.system === 'Integer') return false
      return equalValues(systemValue(x, def)!, systemValue(y, def)!)
    }
    if (x !== y) return undefined
    const [a, b] = [contentOf(left as Item), contentOf(right as Item)]
    return a !== undefined && b !== undefined && this.#equalObjects(a, b, def)
  }

  /** The same members, each equal. */
  #equalObjects(left: Raw, right: Raw, def: TypeDefinition | undefined): boolean | undefined {
    if (left === right) return true
    this.#meter.spend(1)
    if (!haveSameNames(left, right)) return false
    this.#enter()
    let result: boolean | undefined = true
    for (const name in left) {
      const [a, b] = [left[name], right[name]]
      if (a === b) continue
      const same = this.#equalMembers(a, b, name, def)
      if (same !== true) result = same
      if (same === false) break
    }
    this.#depth--
    return result
  }

  #enter(): void {
    this.#depth++
    if (this.#depth <= depthMax) return
    this.#depth = 0
    throw new Trouble('fhirpath.data-too-deep', 0, { max: depthMax })
  }

  #equalMembers(left: unknown, right: unknown, name: string, def: TypeDefinition | undefined): boolean | undefined {
    const code = def?.members.get(name)?.type.code
    const type = code === undefined ? undefined : this.#model.type(code)
    const compare = (a: unknown, b: unknown) => (type ? this.equalRaw(a, b, type) : this.#equalUntyped(a, b))
    if (!Array.isArray(left) && !Array.isArray(right)) return compare(left, right)
    const [a, b] = [Array.isArray(left) ? left : [left], Array.isArray(right) ? right : [right]]
    return a.length === b.length && allEqual(a, b, compare)
  }

  /** JSON that no definition describes, and the `_name` objects of primitives. */
  #equalUntyped(left: unknown, right: unknown): boolean | undefined {
    if (typeof left !== 'object' || typeof right !== 'object' || left === null || right === null) {
      const [a, b] = [systemValue(left, undefined), systemValue(right, undefined)]
      return a !== undefined && b !== undefined ? equalValues(a, b) : left === right
    }
    return this.#equalObjects(left as Raw, right as Raw, this.#model.type(String((left as Raw)['resourceType'])))
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
    const [leftDef, rightDef] = [definitionOf(left, this.#model), definitionOf(right, this.#model)]
    if (leftDef?.name === 'Coding' && rightDef?.name === 'Coding') return x['code'] === y['code'] && x['system'] === y['system']
    if (leftDef?.name === 'CodeableConcept' && rightDef?.name === 'CodeableConcept') return shareCoding(x, y)
    const names = new Set([...Object.keys(x), ...Object.keys(y)])
    names.delete('id')
    this.#enter()
    const same = names.values().every(name => this.equivalent(this.#member(x[name], name, leftDef), this.#member(y[name], name, rightDef)))
    this.#depth--
    return same
  }

  /** A JSON member as self-describing items. */
  #member(value: unknown, name: string, def: TypeDefinition | undefined): Collection {
    const code = def?.members.get(name)?.type.code
    const type = code === undefined ? undefined : this.#model.type(code)
    const describe = (item: unknown): Item => (type?.kind === 'resource' ? (item as Item) : new Node(type, item))
    if (Array.isArray(value)) return value.filter(item => item !== null && item !== undefined).map(describe)
    return value === null || value === undefined ? undefined : describe(value)
  }
}

/** A primitive that has extensions only. */
function isValueless(item: Item): boolean {
  return item instanceof Node && item.value === undefined && item.def?.kind === 'primitive'
}

/** No value of another type can equal it. */
function isComplex(def: TypeDefinition): boolean {
  return def.kind !== 'primitive' && !def.isQuantity
}

/** FHIR Quantities by what they measure; `elements` when one is no number and they are to be compared member by member. */
function equalQuantities(left: Raw, right: Raw, def: TypeDefinition): boolean | undefined | 'elements' {
  const plain = left['comparator'] === undefined && right['comparator'] === undefined && typeof left['code'] === 'string'
  if (plain && left['code'] === right['code'] && typeof left['value'] === 'number' && typeof right['value'] === 'number') {
    if (left['system'] === right['system']) return left['value'] === right['value']
  }
  const [a, b] = [systemValue(left, def), systemValue(right, def)]
  return a === undefined || b === undefined ? 'elements' : equalValues(a, b)
}

function haveSameNames(left: Raw, right: Raw): boolean {
  let count = 0
  for (const name in left) {
    if (right[name] === undefined) return false
    count++
  }
  for (const _ in right) count--
  return count === 0
}

function allEqual<T>(left: readonly T[], right: readonly T[], compare: (a: T, b: T) => boolean | undefined): boolean | undefined {
  let result: boolean | undefined = true
  for (let i = 0; i < left.length; i++) {
    const same = compare(left[i]!, right[i]!)
    if (same === false) return false
    if (same === undefined) result = undefined
  }
  return result
}

/** Two concepts are equivalent when a coding of one is equivalent to a coding of the other (fhirpath.html#changes). */
function shareCoding(left: Raw, right: Raw): boolean {
  const [a, b] = [itemsOf(left['coding'] as Collection), itemsOf(right['coding'] as Collection)] as unknown as [Raw[], Raw[]]
  return a.some(x => b.some(y => x['code'] === y['code'] && x['system'] === y['system']))
}

/** The JSON object of an element; of a primitive without value, its extensions. */
function contentOf(item: Item): Raw | undefined {
  const content = item instanceof Node ? (typeof item.value === 'object' && item.value !== null ? item.value : item.sibling) : item
  return typeof content === 'object' && content !== null ? (content as Raw) : undefined
}

function definitionOf(item: Item, model: Model): TypeDefinition | undefined {
  if (item instanceof Node) return item.def
  return typeof item === 'object' ? model.type(String((item as Raw)['resourceType'])) : undefined
}

/** Equality of two system values; values of types that do not convert are not equal. */
function equalValues(left: Item, right: Item): boolean | undefined {
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

function equivalentValues(left: Item, right: Item): boolean {
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
