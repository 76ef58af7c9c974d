// Search parameter expressions, taken apart: which alternatives apply to a type, over which element, of which FHIR types (searchparameter-registry.html).
import type { Model } from '#formats/fhir/model/model.ts'

export type Branch = {
  /** FHIRPath of this alternative alone, without a condition on the type of a reference. */
  readonly path: string
  /** Only references to this type count: `where(resolve() is Patient)`. */
  readonly target: string | undefined
  /** FHIR types its values may have. */
  readonly types: ReadonlySet<string>
  /** Resource types that its references may lead to, as the elements define; empty when any. */
  readonly targets: readonly string[]
  /** Value set of its codes, where an element of type code is bound to one. */
  readonly binding: string | undefined
}

/** The alternatives of a published expression that apply to a resource type. */
export function branchesOf(model: Model, type: string, expression: string): Branch[] {
  return splitUnion(expression)
    .filter(branch => startsAt(model, type, branch))
    .map(branch => {
      const [, path = branch, target] = /^(.*)\.where\(resolve\(\) is (\w+)\)$/.exec(branch) ?? []
      return { path, target, ...valuesOf(model, type, path) }
    })
}

/** Top-level alternatives, outer parentheses removed. */
export function splitUnion(expression: string): string[] {
  const parts: string[] = []
  let depth = 0
  let start = 0
  for (let i = 0; i <= expression.length; i++) {
    const character = expression[i]
    if (character === '(') depth++
    if (character === ')') depth--
    if (i === expression.length || (character === '|' && depth === 0)) {
      parts.push(expression.slice(start, i).trim())
      start = i + 1
    }
  }
  return parts.map(part => (/^\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\)$/.test(part) ? part.slice(1, -1).trim() : part))
}

/** An alternative without a type in front (`name`) applies wherever the element is. */
function startsAt(model: Model, type: string, branch: string): boolean {
  const root = /^\(*(\w+)/.exec(branch)?.[1] ?? ''
  return model.isA(type, root) || (/^[a-z]/.test(root) && model.element(type, root) !== undefined)
}

/** Walks the elements a path names; a condition (`where`) does not change the type, a comparison makes a boolean. */
function valuesOf(model: Model, type: string, path: string): Omit<Branch, 'path' | 'target'> {
  if (/ (?:and|or|!=|=) /.test(path.replace(/where\([^)]*\)/g, ''))) return { types: new Set(['boolean']), targets: [], binding: undefined }
  let types = new Set([type])
  let targets: readonly string[] = []
  let binding: string | undefined
  for (const [step, cast, name] of path.matchAll(/(?:ofType|as)\((\w+)\)|where\((?:[^()]|\([^()]*\))*\)|\w+\(\)|(\w+)|\[\d+\]/g)) {
    if (cast) types = new Set([cast])
    if (!name || model.isA(type, name)) continue
    if (/\(/.test(step)) continue
    const elements = [...types].map(owner => model.element(owner, name)).filter(element => element !== undefined)
    types = new Set(elements.flatMap(element => element.types.map(t => t.code)))
    targets = elements.flatMap(element => element.types.flatMap(t => t.targets))
    binding = types.has('code') ? elements[0]?.binding?.set : undefined
  }
  return { types, targets, binding }
}
