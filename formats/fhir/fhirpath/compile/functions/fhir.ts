// Functions that FHIR adds (fhirpath.html#functions of R4): values of primitives, terminology, profiles, modifiers, narrative.
import { isValidNarrative } from '../../../narrative.ts'
import { Trouble } from '../../trouble.ts'
import { collectionOf, type Item, itemsOf } from '../../values/collection.ts'
import { Node, type Raw, typeNameOf } from '../../values/node.ts'
import { systemItem } from '../../values/system.ts'
import type { Call, FunctionTable } from '../call.ts'
import { definitionOf } from '../dynamic.ts'
import { anyType, type Expr, isPrimitive, type Run, systemType, systemTypeName } from '../expr.ts'
import { operand, selfDescribing, single } from '../operands.ts'
import { compileElementDefinition } from './element-definition.ts'
import { compileExtension } from './extension.ts'
import { compilePathname } from './pathname.ts'
import { compileResolve } from './resolve.ts'
import { compileMemberOf, compileSubsumes } from './terminology.ts'

export const fhirFunctions: FunctionTable = {
  extension: { args: [1, 1], compile: compileExtension },
  hasValue: { args: [0, 0], compile: compileHasValue },
  getValue: { args: [0, 0], compile: compileGetValue },
  resolve: { args: [0, 0], compile: compileResolve },
  memberOf: { args: [1, 1], compile: compileMemberOf },
  subsumes: { args: [1, 1], compile: call => compileSubsumes(call, true) },
  subsumedBy: { args: [1, 1], compile: call => compileSubsumes(call, false) },
  conformsTo: { args: [1, 1], compile: compileConformsTo },
  slice: { args: [2, 2], compile: compileSlice },
  checkModifiers: { args: [0, Number.POSITIVE_INFINITY], compile: compileCheckModifiers },
  elementDefinition: { args: [0, 0], compile: compileElementDefinition },
  htmlChecks: { args: [0, 0], compile: compileHtmlChecks },
  pathname: { args: [0, 1], compile: compilePathname },
}

function boolean(run: Run): Expr {
  return { type: systemType('Boolean'), single: true, ordered: true, run }
}

/** One primitive that has a value, and not extensions alone. */
function compileHasValue({ input }: Call): Expr {
  const { type, value } = input
  if (type.kind === 'fhir' && type.def.kind !== 'primitive') return { ...boolean(() => false), constant: false }
  if (value) return boolean((focus, evaluation) => value(focus, evaluation) !== undefined)
  const run = selfDescribing(input)
  return boolean((focus, evaluation) => {
    const items = itemsOf(run(focus, evaluation))
    const [item] = items
    if (items.length !== 1 || item === undefined) return false
    return item instanceof Node ? item.value !== undefined && item.def?.kind === 'primitive' : systemItem(item) !== undefined
  })
}

function compileGetValue({ input, name, at }: Call): Expr {
  const value = operand(input, name, at)
  const type = isPrimitive(input.type) ? systemType(systemTypeName(input.type)!) : anyType
  return {
    type,
    single: true,
    ordered: true,
    run: (focus, evaluation) => {
      const item = value(focus, evaluation)
      return item === undefined || systemItem(item) === undefined ? undefined : item
    },
  }
}

const core = 'http://hl7.org/fhir/StructureDefinition/'

/** A type that an item does not have is answered here; everything else is the validator's, through the context. */
function compileConformsTo({ compiler, input, args, scope, name, at }: Call): Expr {
  const run = selfDescribing(input)
  const structure = operand(compiler.argument(args[0]!, scope), name, at)
  const { model } = compiler
  return boolean((focus, evaluation) => {
    const item = single(run(focus, evaluation), name, at)
    const url = structure(focus, evaluation)
    if (item === undefined || typeof url !== 'string') return undefined
    const def = definitionOf(item, model)
    const wanted = url.startsWith(core) ? model.type(url.slice(core.length)) : undefined
    if (wanted && !(def && model.isA(def.name, wanted.name))) return false
    const value = item instanceof Node ? item.value : item
    const type = def?.name ?? typeNameOf(item)
    const answer = evaluation.context.conformsTo?.(url, value, type)
    if (answer === null) throw new Trouble('fhirpath.structure-unknown', at, { url })
    if (answer === undefined) evaluation.need({ kind: 'conformance', structure: url, type, value })
    return answer
  })
}

/** The items that belong to a slice of a profile, as the context tells. */
function compileSlice({ compiler, input, args, scope, name, at }: Call): Expr {
  const run = selfDescribing(input)
  const [structure, slice] = args.map(argument => operand(compiler.argument(argument, scope), name, at))
  return {
    type: anyType,
    single: input.single,
    ordered: input.ordered,
    run: (focus, evaluation) => {
      const [url, sliceName] = [structure!(focus, evaluation), slice!(focus, evaluation)]
      if (typeof url !== 'string' || typeof sliceName !== 'string') return undefined
      const kept = itemsOf(run(focus, evaluation)).filter(item => {
        const value = item instanceof Node ? item.value : item
        const type = definitionOf(item, compiler.model)?.name ?? typeNameOf(item)
        const answer = evaluation.context.inSlice?.(url, sliceName, value, type)
        if (answer === null) throw new Trouble('fhirpath.structure-unknown', at, { url: `${url}:${sliceName}` })
        if (answer === undefined) evaluation.need({ kind: 'slice', structure: url, name: sliceName, type, value })
        return answer === true
      })
      return collectionOf(kept)
    },
  }
}

/** Lets the items pass if they have no modifier extension but those named. */
function compileCheckModifiers({ compiler, input, args, scope, name, at }: Call): Expr {
  const named = args.map(argument => operand(compiler.argument(argument, scope), name, at))
  return {
    ...input,
    value: undefined,
    choice: undefined,
    filter: undefined,
    resolved: undefined,
    run: (focus, evaluation) => {
      const items = input.run(focus, evaluation)
      const allowed = new Set(named.map(modifier => modifier(focus, evaluation)))
      for (const item of itemsOf(items)) {
        const extensions = contentOf(item)?.['modifierExtension']
        for (const extension of Array.isArray(extensions) ? extensions : []) {
          const url = (extension as Raw | null)?.['url']
          if (!allowed.has(url as Item)) throw new Trouble('fhirpath.modifier-unexpected', at, { url: String(url) })
        }
      }
      return items
    },
  }
}

function contentOf(item: Item): Raw | undefined {
  const content = item instanceof Node ? item.value : item
  return typeof content === 'object' && content !== null ? (content as Raw) : undefined
}

/** Whether a narrative keeps to the XHTML that FHIR allows; empty for anything but xhtml. */
function compileHtmlChecks({ input, name, at }: Call): Expr {
  const run = selfDescribing(input)
  return boolean((focus, evaluation) => {
    const item = single(run(focus, evaluation), name, at)
    if (!(item instanceof Node) || item.def?.name !== 'xhtml') return undefined
    return typeof item.value === 'string' && isValidNarrative(item.value)
  })
}
