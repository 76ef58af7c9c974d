// Which namespace a prefix stands for, element by element (Namespaces in XML 1.0).
import { xmlNamespace, xmlnsNamespace } from './model.ts'

/** Bindings as a list from the innermost outwards: an element without declarations shares its parent's. */
export type Scope = { readonly prefix: string; readonly namespace: string; readonly outer: Scope | undefined }

export const outermostScope: Scope = {
  prefix: 'xml',
  namespace: xmlNamespace,
  outer: { prefix: 'xmlns', namespace: xmlnsNamespace, outer: { prefix: '', namespace: '', outer: undefined } },
}

/** Undefined for a prefix that nothing binds. */
export function namespaceOf(scope: Scope, prefix: string): string | undefined {
  for (let binding: Scope | undefined = scope; binding; binding = binding.outer) if (binding.prefix === prefix) return binding.namespace
  return undefined
}

/** Whether a declaration is allowed: `xml` and `xmlns` and their names belong together, and a prefix cannot be unbound. */
export function mayBind(prefix: string, namespace: string): boolean {
  if (prefix === 'xmlns' || namespace === xmlnsNamespace) return false
  if (prefix === 'xml' || namespace === xmlNamespace) return prefix === 'xml' && namespace === xmlNamespace
  return prefix === '' || namespace !== ''
}
