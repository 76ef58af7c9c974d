// Slicing (profiling.html#slicing): which slice each element belongs to, how many each has, and whether there may be others.
import type { Slicing } from '../definitions/definition.ts'
import type { Located } from '../walk/item.ts'
import type { Run } from '../walk/run.ts'
import { type Criterion, criterionOf } from './discriminator.ts'
import type { NodeProgram } from './program.ts'
import type { ProfileNode } from './tree.ts'

type Slice = {
  readonly name: string
  readonly program: NodeProgram
  readonly node: ProfileNode
  criteria: readonly Criterion[] | undefined
}

export class SliceProgram {
  readonly #node: ProfileNode
  readonly #slicing: Slicing
  readonly #slices: readonly Slice[]

  constructor(node: ProfileNode, compile: (slice: ProfileNode) => NodeProgram) {
    this.#node = node
    this.#slicing = node.slicing ?? impliedSlicing(node)
    this.#slices = [...node.slices.values()].map(slice => ({
      name: slice.sliceName!,
      program: compile(slice),
      node: slice,
      criteria: undefined,
    }))
  }

  has(name: string): boolean {
    return this.#slices.some(slice => slice.name === name)
  }

  isIn(name: string, item: Located, run: Run): boolean {
    const slice = this.#slices.find(one => one.name === name)
    return slice !== undefined && this.#matches(slice, item, run)
  }

  check(items: readonly Located[], run: Run, enter: (item: Located, check: () => void) => void): void {
    const members: Located[][] = this.#slices.map(() => [])
    let last = -1
    let hasOther = false
    for (const item of items) {
      enter(item, () => {
        const at = this.#assign(item, run)
        if (at < 0) {
          hasOther = true
          this.#unassigned(run)
          return
        }
        const slice = this.#slices[at]!
        if (this.#slicing.ordered && at < last) run.error('validator.slice-order', { slice: slice.name, profile: this.#node.profile })
        else if (this.#slicing.rules === 'openAtEnd' && hasOther) run.error('validator.slice-end', { profile: this.#node.profile })
        last = Math.max(last, at)
        members[at]!.push(item)
        slice.program.check(item, run)
      })
    }
    this.#slices.forEach((slice, at) => {
      slice.program.count(members[at]!.length, run)
      slice.program.slicing?.check(members[at]!, run, enter)
    })
  }

  /** The number of the slice; -1 when there is none. */
  #assign(item: Located, run: Run): number {
    let found = -1
    for (let i = 0; i < this.#slices.length; i++) {
      if (!this.#matches(this.#slices[i]!, item, run)) continue
      if (found < 0) found = i
      else {
        run.error('validator.slice-several', {
          slice: this.#slices[found]!.name,
          other: this.#slices[i]!.name,
          profile: this.#node.profile,
        })
        break
      }
    }
    return found
  }

  #unassigned(run: Run): void {
    const { profile } = this.#node
    if (this.#slicing.rules === 'closed') run.error('validator.slice-none', { profile })
    else if (this.#node.rules.type && this.#node.name !== 'extension' && this.#node.name !== 'modifierExtension')
      run.hint('validator.slice-additional', { profile })
  }

  #matches(slice: Slice, item: Located, run: Run): boolean {
    slice.criteria ??= (this.#slicing.discriminator ?? []).map(discriminator =>
      criterionOf(discriminator, slice.node, this.#node, run.world),
    )
    if (slice.criteria.length === 0) return false
    return slice.criteria.every(criterion => criterion(item, run))
  }
}

/** Extensions are sliced by url and choices by type, said or not. */
function impliedSlicing(node: ProfileNode): Slicing {
  if (node.name === 'extension' || node.name === 'modifierExtension')
    return { discriminator: [{ type: 'value', path: 'url' }], rules: 'open' }
  if (node.id.endsWith('[x]')) return { discriminator: [{ type: 'type', path: '$this' }], rules: 'open' }
  return { discriminator: [], rules: 'open' }
}
