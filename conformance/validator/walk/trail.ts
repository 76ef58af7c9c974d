// Where a walk is: the steps from the root to the current element, written out as FHIRPath only when a finding needs it.
import type { Model, TypeDefinition } from '#formats/fhir/model/model.ts'
import type { Raw } from '../definitions/definition.ts'

/** `.name` or `.value.ofType(Quantity)`, an index, or a resource inside another, which is named in a comment: a comment. */
type Step = string | number | Raw

export class Trail {
  readonly #steps: Step[] = []
  #depth = 0

  get depth(): number {
    return this.#depth
  }

  push(step: Step): void {
    this.#steps[this.#depth++] = step
  }

  pop(): void {
    this.#depth--
  }

  /** Back to an earlier depth, however far the walk went since. */
  cut(depth: number): void {
    this.#depth = depth
  }

  /** Name of the innermost element. */
  lastName(): string {
    for (let i = this.#depth - 1; i >= 0; i--) {
      const step = this.#steps[i]
      if (typeof step === 'string') return step.slice(1)
    }
    return ''
  }

  /**
   * Every name by which the context of an extension may call the element that carries it (the one before the current): its path in
   * the resource and in each type on the way, its type and what that derives from.
   */
  contextNames(model: Model, resourceType: string): ReadonlySet<string> {
    let first = this.#depth - 1
    while (first > 0 && typeof this.#steps[first] !== 'object') first--
    const steps = this.#steps.slice(first + 1, this.#depth).filter(step => typeof step === 'string')
    let type = model.type(resourceType)
    let names = lineage(type)
    for (const step of steps.slice(0, -1)) {
      const [, name = '', chosen] = /^\.(\w+)(?:\.ofType\((\w+)\))?/.exec(step) ?? []
      const element = type?.elements.get(name)
      type = chosen === undefined ? model.type(element?.types[0]?.code ?? '') : model.type(chosen)
      names = [...names.map(owner => `${owner}.${name}`), ...lineage(type), ...(element ? [element.path.replace('[x]', '')] : [])]
    }
    return new Set(names)
  }

  /** The FHIRPath of the current element, with one more step where given. */
  text(more = ''): string {
    let text = ''
    for (let i = 0; i < this.#depth; i++) text += print(this.#steps[i]!)
    return text + more
  }
}

function print(step: Step): string {
  if (typeof step === 'number') return `[${step}]`
  return typeof step === 'string' ? step : `/*${named(step['resourceType'])}/${named(step['id'])}*/`
}

function lineage(type: TypeDefinition | undefined): string[] {
  const names: string[] = []
  for (let next = type; next; next = next.base) names.push(next.name)
  return names
}

/** What a finding quotes of a resource to name it is cut: it may be anything. */
function named(value: unknown): string {
  return typeof value === 'string' ? value.slice(0, 80) : 'null'
}
