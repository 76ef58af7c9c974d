// `is`, `as` and ofType() (FHIRPath types; fhirpath.html: primitives are independent types for ofType and as).
import type { Model, TypeDefinition } from '../../model/model.ts'
import type { Argument, Ast, TypeSpecifier } from '../syntax/ast.ts'
import { Trouble } from '../trouble.ts'
import { type Collection, collectionOf, type Item } from '../values/collection.ts'
import { Node, systemTypeOf } from '../values/node.ts'
import { systemItem } from '../values/system.ts'
import { isSystemTypeName, type SystemTypeName } from '../values/system-types.ts'
import type { Compiler } from './compiler.ts'
import { definitionOf } from './dynamic.ts'
import { type Expr, noType, type Run, systemType } from './expr.ts'
import { compileReferenceIs } from './functions/resolve.ts'
import { selfDescribing, single } from './operands.ts'
import { staticStep } from './path.ts'
import { memberReader } from './readers.ts'
import type { Scope } from './scope.ts'

/** A type of the model, a type of FHIRPath, or both: `Quantity` without a namespace names either. */
type TypeTarget = { readonly name: string; readonly def: TypeDefinition | undefined; readonly system: SystemTypeName | undefined }

/** The model is searched first, then System. Undefined when there is no such type. */
export function resolveType({ namespace, name }: TypeSpecifier, model: Model): TypeTarget | undefined {
  const def = namespace === undefined || namespace === 'FHIR' ? model.type(name) : undefined
  // R4's own text spells System.string now and then.
  const capital = namespace === 'System' ? name[0]!.toUpperCase() + name.slice(1) : name
  const inSystem = (namespace === undefined && (!def || name === 'Quantity')) || namespace === 'System'
  const system = inSystem && isSystemTypeName(capital) ? capital : undefined
  return def || system ? { name, def, system } : undefined
}

/** Reads the argument of is(), as() and ofType() as the name of a type. */
export function typeArgument(argument: Argument, name: string): TypeSpecifier {
  const names: string[] = []
  let ast: Ast | undefined = argument
  while (ast?.kind === 'member') {
    names.unshift(ast.name)
    ast = ast.input
  }
  if (ast !== undefined || names.length === 0) throw new Trouble('fhirpath.type-expected', argument.at, { name })
  return { at: argument.at, namespace: names.length > 1 ? names.slice(0, -1).join('.') : undefined, name: names.at(-1)! }
}

export function compileTypeOperator(compiler: Compiler, ast: Ast & { kind: 'type' }, scope: Scope): Expr {
  const { input } = compiler.input(ast.operand, scope)
  return ast.operator === 'is' ? compileIs(compiler, input, ast.type, ast.at) : compileAs(compiler, input, ast.type, ast.at)
}

export function compileIs(compiler: Compiler, input: Expr, specifier: TypeSpecifier, at: number): Expr {
  const target = resolveType(specifier, compiler.model)
  // A name that System does not have cannot be the type of anything; any other unknown name is a mistake.
  if (!target && specifier.namespace !== 'System') unknownType(specifier)
  const base = { type: systemType('Boolean'), single: true, ordered: true }
  if (target?.def && input.resolved) return { ...base, run: compileReferenceIs(compiler, input.resolved, target.def, at) }
  const run = selfDescribing(input)
  return {
    ...base,
    run: (focus, evaluation) => {
      const item = single(run(focus, evaluation), 'is', at)
      return item === undefined ? undefined : target !== undefined && isItemOf(item, target, compiler.model, true)
    },
  }
}

export function compileAs(compiler: Compiler, input: Expr, specifier: TypeSpecifier, at: number): Expr {
  const filtered = compileOfType(compiler, input, specifier)
  if (compiler.isLenient || input.single) return filtered
  const { run } = input
  const checked: Run = (focus, evaluation) => {
    single(run(focus, evaluation), 'as', at)
    return filtered.run(focus, evaluation)
  }
  return { ...filtered, single: true, run: checked }
}

export function compileOfType(compiler: Compiler, input: Expr, specifier: TypeSpecifier): Expr {
  const target = resolveType(specifier, compiler.model) ?? unknownType(specifier)
  const { def, system } = target
  if (def && input.choice) return chosen(compiler, input.choice, def) ?? { ...input, type: noType, run: () => undefined, choice: undefined }
  if (def && input.type.kind === 'fhir' && input.type.def === def) return input
  const { model } = compiler
  const run = selfDescribing(input)
  const keep = (item: Item): Item | undefined => {
    if (isItemOf(item, target, model, false)) return def && !system ? unwrapped(item) : item
    return system && !def ? asSystem(item, system) : undefined
  }
  const type = def && !system ? ({ kind: 'fhir', def } as const) : system && !def ? systemType(system) : ({ kind: 'any' } as const)
  return {
    type,
    single: input.single,
    ordered: input.ordered,
    run: (focus, evaluation) => filtered(run(focus, evaluation), keep),
  }
}

function unknownType({ namespace, name, at }: TypeSpecifier): never {
  throw new Trouble('fhirpath.type-unknown', at, { name: namespace === undefined ? name : `${namespace}.${name}` })
}

/** A choice read in one of its types, straight from the member that holds it. */
function chosen(compiler: Compiler, { input, element }: NonNullable<Expr['choice']>, def: TypeDefinition): Expr | undefined {
  const found = element.types.find(type => type.code === def.name)
  if (found) return staticStep(input, memberReader(element, found.member, def), element)
  const derived = def.kind === 'complex' && element.types.some(type => compiler.model.isA(type.code, def.name))
  return derived ? { ...staticStep(input, memberReader(element, '', def), element), run: () => undefined } : undefined
}

/** Whether an item is of a type or a subtype; for ofType and as every FHIR primitive stands for itself alone. */
function isItemOf(item: Item, target: TypeTarget, model: Model, primitivesInherit: boolean): boolean {
  const system = item instanceof Node ? undefined : systemTypeOf(item)
  if (system !== undefined) return target.system === system || target.system === 'Any'
  const def = definitionOf(item, model)
  if (!def || !target.def) return target.system === 'Any'
  return def.kind === 'primitive' && !primitivesInherit ? def === target.def : model.isA(def.name, target.def.name)
}

/** as(System.String) takes the value out of a FHIR string (fhirpath.html#types). */
function asSystem(item: Item, system: SystemTypeName): Item | undefined {
  const value = item instanceof Node ? systemItem(item) : undefined
  return value !== undefined && systemTypeOf(value) === system ? value : undefined
}

/** From a self-describing item to the raw one that a known type uses; a primitive keeps its extensions. */
function unwrapped(item: Item): Item {
  return item instanceof Node && !item.sibling && item.value !== undefined ? (item.value as Item) : item
}

function filtered(collection: Collection, keep: (item: Item) => Item | undefined): Collection {
  if (collection === undefined) return undefined
  if (!Array.isArray(collection)) return keep(collection as Item)
  const kept: Item[] = []
  for (const item of collection) {
    const found = keep(item)
    if (found !== undefined) kept.push(found)
  }
  return collectionOf(kept)
}
