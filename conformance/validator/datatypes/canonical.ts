// canonical (references.html#canonical): where a definition is at hand, it is of a type that the element allows.
import type { ElementCheck } from '../program/type-program.ts'

/** Undefined where any type is allowed. */
export function canonicalCheck(targets: readonly string[]): ElementCheck | undefined {
  if (targets.length === 0 || targets.includes('Resource')) return undefined
  return (value, run) => {
    if (typeof value !== 'string' || value.startsWith('#')) return
    const found = run.world.definitions.find(undefined, value)
    if (found && !targets.includes(found.resourceType) && !targets.some(target => run.world.definitions.find(target, value)))
      run.error('validator.canonical-type', { found: value, type: found.resourceType, expected: targets.join(', ') })
  }
}
