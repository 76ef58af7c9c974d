// Contained resources (references.html#contained): the rules that the invariant dom-3 means, and ids that tell them apart.
import type { Raw } from '../definitions/definition.ts'
import type { TypeCheck } from '../program/type-program.ts'
import { isObject } from '../walk/by-type.ts'
import type { Run } from '../walk/run.ts'

export const contained: TypeCheck = (resource, run) => {
  const list = resource['contained']
  if (!Array.isArray(list) || !run.settings.contained) return
  const inner = list.filter(isObject)
  checkIds(inner, run)
  if (run.scope.isContained) return
  const mentioned = new Set<string>()
  collect(resource, mentioned, 0)
  const isOrphan = (one: Raw) => !mentioned.has(`#${String(one['id'])}`) && !pointsToContainer(one)
  if (inner.some(isOrphan)) run.error('validator.invariant', { key: 'dom-3', human: orphanRule })
}

const orphanRule =
  'If the resource is contained in another resource, it SHALL be referred to from elsewhere in the resource or SHALL refer to the containing resource'

function checkIds(inner: readonly Raw[], run: Run): void {
  const seen = new Set<unknown>()
  inner.forEach((one, index) => {
    const { id } = one
    run.trail.push('.contained')
    run.trail.push(index)
    run.trail.push(one)
    if (id === undefined) run.error('validator.id-missing')
    else if (seen.has(id)) run.error('validator.contained-duplicate', { id: String(id) })
    run.trail.cut(run.trail.depth - 3)
    seen.add(id)
  })
}

/** Every text that could be a reference inside: `#id`, or a version of it. */
function collect(value: unknown, found: Set<string>, depth: number): void {
  if (typeof value === 'string') {
    if (value.startsWith('#')) found.add(value)
  } else if (typeof value === 'object' && value !== null && depth < 150) {
    for (const name in value) collect((value as Raw)[name], found, depth + 1)
  }
}

function pointsToContainer(one: Raw): boolean {
  const found = new Set<string>()
  collect(one, found, 0)
  return found.has('#')
}
