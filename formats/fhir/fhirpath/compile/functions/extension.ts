// extension(url): the extensions of an element by URL (fhirpath.html#functions).
import { type Collection, collectionOf, type Item, itemsOf } from '../../values/collection.ts'
import { Node, type Raw } from '../../values/node.ts'
import type { Call } from '../call.ts'
import { dynamicReader } from '../dynamic.ts'
import type { Expr, Run } from '../expr.ts'
import { operand } from '../operands.ts'
import { flatMap } from '../path.ts'

export function compileExtension({ compiler, input, args, scope, name, at }: Call): Expr {
  const url = operand(compiler.argument(args[0]!, scope), name, at)
  const def = compiler.model.type('Extension')!
  const raw = input.type.kind === 'fhir' && input.type.def.kind !== 'primitive'
  const read = raw ? (item: Item) => (item as Raw)['extension'] as Collection : extensionsOf(dynamicReader('extension', compiler.model))
  const run: Run = (focus, evaluation) => {
    const items = input.run(focus, evaluation)
    if (items === undefined) return undefined
    const wanted = url(focus, evaluation)
    if (wanted === undefined) return undefined
    const extensions = Array.isArray(items) ? flatMap(items, read) : read(items as Item)
    return extensions === undefined ? undefined : collectionOf(itemsOf(extensions).filter(e => (e as Raw | null)?.['url'] === wanted))
  }
  return { type: { kind: 'fhir', def }, single: false, ordered: input.ordered, run }
}

/** The raw extensions of an item that knows its type; a raw primitive has none. */
function extensionsOf(read: (item: Item) => Collection): (item: Item) => Collection {
  return item => {
    if (typeof item !== 'object') return undefined
    return collectionOf(itemsOf(read(item)).map(extension => (extension instanceof Node ? (extension.value as Item) : extension)))
  }
}
