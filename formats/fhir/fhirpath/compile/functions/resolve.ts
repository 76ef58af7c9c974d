// resolve(): the resource a reference points to (fhirpath.html#functions; references.html).
import type { TypeDefinition } from '../../../model/model.ts'
import type { Evaluation } from '../../evaluation.ts'
import { type Collection, collectionOf, type Item, itemsOf } from '../../values/collection.ts'
import { Node, type Raw } from '../../values/node.ts'
import type { Call } from '../call.ts'
import type { Compiler } from '../compiler.ts'
import { anyType, type Expr, type Run } from '../expr.ts'
import { selfDescribing, single } from '../operands.ts'

export function compileResolve({ input }: Call): Expr {
  const run = selfDescribing(input)
  return {
    type: anyType,
    single: input.single,
    ordered: input.ordered,
    resolved: input,
    run: (focus, evaluation) => {
      const targets = itemsOf(run(focus, evaluation)).map(item => {
        const reference = referenceOf(item)
        return reference === undefined ? undefined : resolveReference(reference, evaluation)
      })
      return collectionOf(targets.filter(target => target !== undefined))
    },
  }
}

/** The text of a Reference, or of a uri, url or canonical. */
function referenceOf(item: Item): string | undefined {
  const value = item instanceof Node ? item.value : item
  const text = typeof value === 'object' && value !== null ? (value as Raw)['reference'] : value
  return typeof text === 'string' ? text : undefined
}

/** In the resource itself (`#id`), in the bundle around it, else from the context, where it may still be missing. */
function resolveReference(reference: string, evaluation: Evaluation): Item | undefined {
  const root = evaluation.rootResource as Raw | undefined
  if (reference.startsWith('#')) return resolveContained(reference.slice(1), evaluation)
  const inBundle = root?.['resourceType'] === 'Bundle' ? bundleIndex(root).get(reference) : undefined
  if (inBundle) return inBundle
  const found = evaluation.context.resolve?.(reference)
  if (found === undefined) evaluation.need({ kind: 'reference', reference })
  return found ?? undefined
}

function resolveContained(id: string, evaluation: Evaluation): Item | undefined {
  const containers = [evaluation.resource, evaluation.rootResource].filter(r => r !== undefined) as Raw[]
  if (id === '') return containers.at(-1)
  for (const container of containers) {
    const contained = container['contained']
    const found = Array.isArray(contained) ? contained.find(r => (r as Raw | null)?.['id'] === id) : undefined
    if (found) return found as Item
  }
  return undefined
}

const indexes = new WeakMap<Raw, ReadonlyMap<string, Item>>()

/** Resources of a bundle by fullUrl and by `Type/id`, built once per bundle. */
function bundleIndex(bundle: Raw): ReadonlyMap<string, Item> {
  let index = indexes.get(bundle)
  if (index) return index
  const entries = new Map<string, Item>()
  for (const entry of itemsOf(bundle['entry'] as Collection) as unknown as (Raw | null)[]) {
    const resource = entry?.['resource'] as Raw | undefined
    if (!resource) continue
    if (typeof resource['id'] === 'string') entries.set(`${String(resource['resourceType'])}/${resource['id']}`, resource)
    if (typeof entry!['fullUrl'] === 'string') entries.set(entry!['fullUrl'], resource)
  }
  index = entries
  indexes.set(bundle, index)
  return index
}

/** `Patient/1`, `https://…/Patient/1/_history/2`: the type that a literal reference names. */
const literal = /(?:^|\/)([A-Z][A-Za-z]+)\/[A-Za-z0-9\-.]{1,64}(?:\/_history\/[A-Za-z0-9\-.]{1,64})?$/

/**
 * `resolve() is Patient`: mostly the reference itself tells the type of its target, and nothing need be fetched. Search
 * parameters ask nothing else of their references.
 */
export function compileReferenceIs(compiler: Compiler, input: Expr, def: TypeDefinition, at: number): Run {
  const { model } = compiler
  const run = selfDescribing(input)
  return (focus, evaluation) => {
    const item = single(run(focus, evaluation), 'is', at)
    if (item === undefined) return undefined
    const named = referencedType(item)
    if (named !== undefined && model.type(named)) return model.isA(named, def.name)
    const reference = referenceOf(item)
    const target = reference === undefined ? undefined : (resolveReference(reference, evaluation) as Raw | undefined)
    return target === undefined ? undefined : model.isA(String(target['resourceType']), def.name)
  }
}

/** The resource type a reference names: in its text, or in Reference.type. */
function referencedType(item: Item): string | undefined {
  const text = referenceOf(item)
  const named = text === undefined ? undefined : literal.exec(text)?.[1]
  const value = item instanceof Node ? item.value : item
  const type = typeof value === 'object' && value !== null ? (value as Raw)['type'] : undefined
  return named ?? (typeof type === 'string' ? type : undefined)
}
