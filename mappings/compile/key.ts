// Business keys: the first alternative whose parts are all there names a resource (architecture, identity of resources).
import type { Key } from '../language/plan.ts'
import type { Scope, Text } from '../source/source.ts'
import type { CompileContext } from './compile-context.ts'
import { compileText } from './expression.ts'
import type { Run } from './run.ts'

/** `''` when no alternative is complete. */
export type KeyOf<N> = (run: Run<N>, node: N) => string

type CompiledPart<N> = { readonly text: Text<N>; readonly optional: boolean }

const separator = '#'

export function compileKey<N>(keys: readonly Key[], scope: Scope, context: CompileContext<N>): KeyOf<N> {
  const alternatives = keys.map(key =>
    key.parts.flatMap(({ expression, optional }): CompiledPart<N>[] => {
      const text = compileText(expression, { scope, at: key.at, rule: 'key' }, context)
      return text ? [{ text, optional }] : []
    }),
  )
  const readAll = (kind: 'read' | 'peek') => (run: Run<N>, node: N) => {
    for (const parts of alternatives) {
      const key = complete(parts, kind, run, node)
      if (key !== '') return key
    }
    return ''
  }
  if (!context.traced) return readAll('peek')
  // Only the parts of the alternative that is taken decide the key.
  return (run, node) => {
    const taken = alternatives.find(parts => complete(parts, 'peek', run, node) !== '')
    if (!taken) return ''
    run.tracer!.reads = []
    return complete(taken, 'read', run, node)
  }
}

/** The parts behind one another; `''` when a part that must be there is empty. A separator inside a part is written %23. */
function complete<N>(parts: readonly CompiledPart<N>[], kind: 'read' | 'peek', run: Run<N>, node: N): string {
  let key = ''
  let any = false
  for (const { text, optional } of parts) {
    const value = text[kind](run, node).trim()
    if (value === '' && !optional) return ''
    if (any) key += separator
    key += value.includes(separator) && parts.length > 1 && text.leaf !== 'key' ? value.replaceAll(separator, '%23') : value
    any = true
  }
  return withoutTail(key)
}

/** Optional parts at the end leave nothing behind. */
function withoutTail(key: string): string {
  let end = key.length
  while (end > 0 && key[end - 1] === separator) end--
  return key.slice(0, end)
}
