// Steps of a path (FHIRPath path selection; fhirpath.html#polymorphism for choices and type names at the root).
import type { ElementDefinition, Model, TypeDefinition } from '../../model/model.ts'
import { Trouble } from '../trouble.ts'
import type { Collection, Item } from '../values/collection.ts'
import { Node, type Raw } from '../values/node.ts'
import { systemValue } from '../values/system.ts'
import type { Compiler } from './compiler.ts'
import { definitionOf, dynamicReader, placedReader } from './dynamic.ts'
import { anyType, type Expr, noType, type Run, type StaticType, systemType, typeName } from './expr.ts'
import { memberReader, type Reader, readerOf } from './readers.ts'

/** A name at the start of a path: the type of the context, else an element of it. */
export function rootMember(compiler: Compiler, focus: Expr, name: string, at: number): Expr {
  const { model } = compiler
  const type = focus.type
  if (!/^[A-Z]/.test(name) || !model.type(name)) return navigate(compiler, focus, name, at)
  if (type.kind === 'fhir') {
    if (model.isA(type.def.name, name)) return focus
    if (type.def.abstract && model.isA(name, type.def.name)) return onlyType(focus, name, model)
    if (compiler.mode === 'strict') throw new Trouble('fhirpath.context-type', at, { name, type: typeName(type) })
    return navigate(compiler, focus, name, at)
  }
  return type.kind === 'any' ? typeOrElement(compiler, focus, name) : navigate(compiler, focus, name, at)
}

/** The focus if it is of the type, nothing otherwise. */
function onlyType(focus: Expr, name: string, model: Model): Expr {
  const def = model.type(name)!
  const run: Run = item => (item !== undefined && isOfType(item, name, model) ? item : undefined)
  return { ...focus, type: { kind: 'fhir', def }, run }
}

function typeOrElement({ model, isPlaced }: Compiler, focus: Expr, name: string): Expr {
  const read = isPlaced ? placedReader(name, model) : dynamicReader(name, model)
  return {
    type: anyType,
    single: false,
    ordered: focus.ordered,
    run: item => (item === undefined ? undefined : isOfType(item, name, model) ? item : read(item)),
  }
}

function isOfType(item: Item, name: string, model: Model): boolean {
  const def = definitionOf(item, model)
  return def !== undefined && model.isA(def.name, name)
}

/** One step from the items of an expression to their children of a name. */
export function navigate(compiler: Compiler, input: Expr, name: string, at: number): Expr {
  const { type } = input
  if (type.kind === 'none') return { ...input, type: noType }
  if (type.kind === 'any' || (type.kind === 'fhir' && type.def.kind === 'resource' && type.def.abstract)) {
    return dynamicStep(input, name, compiler)
  }
  if (type.kind === 'system') return systemStep(compiler, input, name, at)
  if (type.def.kind === 'primitive') return primitiveStep(compiler, input, type.def, name, at)
  const element = type.def.elements.get(name)
  if (element) return staticStep(input, readerOf(element, compiler.model), element)
  return unknownStep(compiler, input, type.def, name, at)
}

/** A name that is no element: JSON's name of a choice (`valueQuantity`), or a mistake, which in the standard mode is simply empty. */
function unknownStep(compiler: Compiler, input: Expr, def: TypeDefinition, name: string, at: number): Expr {
  const member = def.members.get(name)
  if (member) {
    const code = member.type.code
    if (!compiler.isLenient) {
      throw new Trouble('fhirpath.element-choice', at, { name, instead: `${member.element.name}.ofType(${code})` })
    }
    return staticStep(input, memberReader(member.element, name, compiler.model.type(code)!), member.element)
  }
  if (compiler.mode === 'strict') throw new Trouble('fhirpath.element-unknown', at, { type: def.name, name })
  return { type: noType, single: true, ordered: true, run: () => undefined }
}

/** A step whose element is known: its reader applied to one raw item or to each. */
export function staticStep(input: Expr, reader: Reader, element: ElementDefinition): Expr {
  const { type, read } = reader
  const base = { type, ordered: input.ordered, element, ...(element.isChoice && type.kind === 'any' ? { choice: { input, element } } : {}) }
  if (!input.single) return { ...base, single: false, run: manySteps(input.run, read) }
  const { run } = input
  const value = reader.value
  return {
    ...base,
    single: reader.single,
    run: (focus, evaluation) => {
      const parent = run(focus, evaluation)
      return parent === undefined ? undefined : read(parent as Raw)
    },
    ...(value
      ? {
          value: (focus, evaluation) => {
            const parent = run(focus, evaluation)
            return parent === undefined ? undefined : value(parent as Raw)
          },
        }
      : {}),
  }
}

function manySteps(run: Run, read: (parent: Raw) => Collection): Run {
  return (focus, evaluation) => {
    const parents = run(focus, evaluation)
    if (parents === undefined) return undefined
    return Array.isArray(parents) ? flatMap(parents, read as (item: Item) => Collection) : read(parents as Raw)
  }
}

/** The results for each item in one collection. */
export function flatMap(items: readonly Item[], read: (item: Item) => Collection): Collection {
  let result: Item[] | undefined
  for (let i = 0; i < items.length; i++) {
    const found = read(items[i]!)
    if (found === undefined) continue
    result ??= []
    if (Array.isArray(found)) for (let j = 0; j < found.length; j++) result.push(found[j]!)
    else result.push(found as Item)
  }
  return result
}

function dynamicStep(input: Expr, name: string, { model, isPlaced }: Compiler): Expr {
  const read = isPlaced ? placedReader(name, model) : dynamicReader(name, model)
  const { run } = input
  return {
    type: anyType,
    single: false,
    ordered: input.ordered,
    run: (focus, evaluation) => {
      const items = run(focus, evaluation)
      if (items === undefined) return undefined
      return Array.isArray(items) ? flatMap(items, read) : read(items as Item)
    },
  }
}

/** The id, extensions and value of a primitive, which stand beside it in the JSON. */
function primitiveStep(compiler: Compiler, input: Expr, def: TypeDefinition, name: string, at: number): Expr {
  if (name === 'value') return mapItems(input, systemType((def.system ?? 'String') as 'String'), item => systemValue(item, def))
  const element = def.elements.get(name)
  if (!element) return unknownStep(compiler, input, def, name, at)
  const { read, type, single } = readerOf(element, compiler.model)
  const expr = mapItems(input, type, item => (item instanceof Node && item.sibling ? read(item.sibling) : undefined))
  return { ...expr, single: input.single && single, element }
}

function systemStep(compiler: Compiler, input: Expr, name: string, at: number): Expr {
  const { type } = input
  if (type.kind === 'system' && (type.name === 'Quantity' || type.name === 'Any')) return dynamicStep(input, name, compiler)
  if (compiler.mode === 'strict') throw new Trouble('fhirpath.element-unknown', at, { type: typeName(type), name })
  return { type: noType, single: true, ordered: true, run: () => undefined }
}

/** Each item on its own replaced by what a function makes of it. */
function mapItems(input: Expr, type: StaticType, map: (item: Item) => Collection): Expr {
  const { run } = input
  return {
    type,
    single: input.single,
    ordered: input.ordered,
    run: (focus, evaluation) => {
      const items = run(focus, evaluation)
      if (items === undefined) return undefined
      return Array.isArray(items) ? flatMap(items, map) : map(items as Item)
    },
  }
}
