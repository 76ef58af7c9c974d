// What the compiler knows of an expression, and the closures that run it.
import type { ElementDefinition, TypeDefinition } from '../../model/model.ts'
import type { Evaluation } from '../evaluation.ts'
import type { Collection, Item } from '../values/collection.ts'
import type { SystemTypeName } from '../values/system-types.ts'

/**
 * The type of an expression's items, which is also how they are represented:
 * `fhir`: raw JSON of exactly this type (a primitive with an extension is a Node); `system`: the system value;
 * `any`: items that know their own type (Node, resource, system value); `none`: nothing ever.
 */
export type StaticType =
  | { readonly kind: 'fhir'; readonly def: TypeDefinition }
  | { readonly kind: 'system'; readonly name: SystemTypeName }
  | { readonly kind: 'any' }
  | { readonly kind: 'none' }

export const anyType: StaticType = { kind: 'any' }
export const noType: StaticType = { kind: 'none' }

const systemTypes = new Map<SystemTypeName, StaticType>()

export function systemType(name: SystemTypeName): StaticType {
  let type = systemTypes.get(name)
  if (!type) systemTypes.set(name, (type = { kind: 'system', name }))
  return type
}

export type Run = (focus: Item | undefined, evaluation: Evaluation) => Collection

/** A closure whose result is known to be at most one system value. */
export type Scalar = (focus: Item | undefined, evaluation: Evaluation) => Item | undefined

export type Truth = (focus: Item | undefined, evaluation: Evaluation) => boolean | undefined

export type Expr = {
  readonly type: StaticType
  /** Never more than one item. */
  readonly single: boolean
  /** Its items have an order that means something. */
  readonly ordered: boolean
  readonly run: Run
  /** Of a single primitive element: its JSON value alone, without looking for extensions. */
  readonly value?: Scalar
  /** The value of a literal. */
  readonly constant?: Item
  /** The element that the last step of a path names. */
  readonly element?: ElementDefinition
  /** A choice element before its type is chosen: how to read one of its types. */
  readonly choice?: { readonly input: Expr; readonly element: ElementDefinition }
  /** A filter not yet run: exists() and others stop at the first match. */
  readonly filter?: { readonly input: Expr; readonly criteria: Truth; readonly usesIndex: boolean }
  /** resolve() not yet done: `is` can often answer from the reference alone. */
  readonly resolved?: Expr
  /** The sides of a union, so that a chain of unions can be one. */
  readonly union?: readonly Expr[]
  /** Variables that expressions further right may use. */
  readonly defines?: ReadonlyMap<string, Variable>
}

/** A variable of defineVariable(): the slot its value is kept in and what that is. */
export type Variable = { readonly slot: number; readonly type: StaticType; readonly single: boolean }

export const nothing: Expr = { type: noType, single: true, ordered: true, run: () => undefined }

export function typeName(type: StaticType): string {
  switch (type.kind) {
    case 'fhir':
      return `FHIR.${type.def.name}`
    case 'system':
      return `System.${type.name}`
    default:
      return type.kind === 'any' ? 'Any' : '{}'
  }
}

export function isPrimitive(type: StaticType): boolean {
  return type.kind === 'system' || (type.kind === 'fhir' && type.def.kind === 'primitive')
}

/** The system type that values of a type are used as; undefined for complex types and where it is not known. */
export function systemTypeName(type: StaticType): SystemTypeName | undefined {
  if (type.kind === 'system') return type.name
  if (type.kind !== 'fhir') return undefined
  if (type.def.system !== undefined) return type.def.system as SystemTypeName
  return type.def.isQuantity ? 'Quantity' : undefined
}
