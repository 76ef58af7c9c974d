// Where a walk is: the steps from the root to the current element, written out as FHIRPath only when a finding needs it.
import type { Raw } from '../definitions/definition.ts'

/** `.name` or `.value.ofType(Quantity)`, an index, or a resource inside another, which is named in a comment: a comment. */
type Step = string | number | Raw

const depthMax = 400

export class Trail {
  readonly #steps: Step[] = new Array<Step>(depthMax)
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

  /** The FHIRPath of the current element, with one more step where given. */
  text(more = ''): string {
    let text = ''
    for (let i = 0; i < this.#depth; i++) text += print(this.#steps[i]!)
    return text + more
  }
}

function print(step: Step): string {
  if (typeof step === 'number') return `[${step}]`
  return typeof step === 'string' ? step : `/*${String(step['resourceType'])}/${String(step['id'] ?? null)}*/`
}

/** Without comments, types of choices and indexes: `Bundle.entry.resource.value`, as contexts of extensions name places. */
export function plainPath(text: string): string {
  return text
    .replace(/\/\*.*?\*\//g, '')
    .replace(/\[\d+\]/g, '')
    .replace(/\.ofType\(\w+\)/g, '')
}
