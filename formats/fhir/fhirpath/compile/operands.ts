// Adapters between an expression and what an operator or function wants of it: self-describing items, one system value, a truth value.
import type { TypeDefinition } from '../../model/model.ts'
import { Trouble } from '../trouble.ts'
import { type Collection, countOf, type Item } from '../values/collection.ts'
import { describe, Node } from '../values/node.ts'
import { systemItem, systemValue } from '../values/system.ts'
import { type Expr, isPrimitive, type Run, type Scalar, type StaticType, type Truth } from './expr.ts'

/** The expression's items as ones that know their own type. */
export function selfDescribing(expr: Expr): Run {
  const { type, run } = expr
  if (type.kind !== 'fhir' || type.def.kind === 'resource') return run
  const { def } = type
  return (focus, evaluation) => describe(run(focus, evaluation), def)
}

/** Items of a type that were evaluated already, as ones that know it. */
export function described(items: Collection, type: StaticType): Collection {
  return type.kind === 'fhir' ? describe(items, type.def) : items
}

/** The one item of a collection; more are a fault of whoever needs a single one. */
export function single(collection: Collection, name: string, at: number): Item | undefined {
  if (!Array.isArray(collection)) return collection as Item | undefined
  if (collection.length > 1) throw new Trouble('fhirpath.single-expected', at, { name, count: countOf(collection) })
  return collection[0]
}

/** The one value of an expression as a system value; a complex element stays an item that knows its type. */
export function operand(expr: Expr, name: string, at: number): Scalar {
  const { type, run, constant } = expr
  if (constant !== undefined) return () => constant
  if (type.kind === 'fhir' && type.def.kind === 'primitive') return primitiveOperand(expr, type.def, name, at)
  if (type.kind === 'system') return expr.single ? (run as Scalar) : (focus, evaluation) => single(run(focus, evaluation), name, at)
  const described = selfDescribing(expr)
  return (focus, evaluation) => {
    const item = single(described(focus, evaluation), name, at)
    return item === undefined ? undefined : (systemItem(item) ?? (isValueless(item) ? undefined : item))
  }
}

/** A primitive that has extensions only, or a Quantity that is no number: without a value, or a range (`<5`). */
function isValueless(item: Item): boolean {
  return item instanceof Node && (item.value === undefined || item.def?.isQuantity === true)
}

function primitiveOperand(expr: Expr, def: TypeDefinition, name: string, at: number): Scalar {
  const convert = converterOf(def)
  const { value, run } = expr
  if (value) {
    if (convert === undefined) return value
    return (focus, evaluation) => {
      const raw = value(focus, evaluation)
      return raw === undefined ? undefined : convert(raw)
    }
  }
  return (focus, evaluation) => {
    const item = single(run(focus, evaluation), name, at)
    const raw = item instanceof Node ? (item.value as Item | undefined) : item
    return raw === undefined || convert === undefined ? raw : convert(raw)
  }
}

/** From the raw value of a primitive type to its system value; undefined where the two are the same. */
function converterOf(def: TypeDefinition): ((raw: Item) => Item) | undefined {
  if (def.system === 'String' || def.system === 'Boolean' || def.system === 'Integer') return undefined
  return raw => systemValue(raw, def)!
}

/** Singleton evaluation as a Boolean: one item that is no Boolean counts as true. */
export function truth(expr: Expr, name: string, at: number): Truth {
  const { type, run } = expr
  if (expr.single && type.kind === 'system' && type.name === 'Boolean') return run as Truth
  if (expr.value && type.kind === 'fhir' && type.def.system === 'Boolean') {
    const { value } = expr
    return (focus, evaluation) => {
      const raw = value(focus, evaluation)
      return typeof raw === 'boolean' ? raw : raw === undefined ? undefined : true
    }
  }
  return (focus, evaluation) => {
    const item = single(run(focus, evaluation), name, at)
    if (item === undefined || typeof item === 'boolean') return item
    return item instanceof Node && typeof item.value === 'boolean' ? item.value : true
  }
}

/** Brings expressions to one representation: their common type where they have one, else items that know their type. */
export function unified(exprs: readonly Expr[]): { type: StaticType; runs: Run[] } {
  const typed = exprs.filter(expr => expr.type.kind !== 'none')
  const [first] = typed
  if (first === undefined) return { type: { kind: 'none' }, runs: exprs.map(expr => expr.run) }
  if (typed.every(expr => sameType(expr.type, first.type))) return { type: first.type, runs: exprs.map(expr => expr.run) }
  return { type: { kind: 'any' }, runs: exprs.map(expr => selfDescribing(expr)) }
}

export function sameType(left: StaticType, right: StaticType): boolean {
  if (left.kind === 'fhir' && right.kind === 'fhir') return left.def === right.def
  return left.kind === 'system' && right.kind === 'system' ? left.name === right.name : left.kind === right.kind
}

/** Whether a raw item of the static type needs no wrapping to be compared by ===. */
export function isPlainString(type: StaticType): boolean {
  return isPrimitive(type) && (type.kind === 'system' ? type.name === 'String' : type.kind === 'fhir' && type.def.system === 'String')
}
