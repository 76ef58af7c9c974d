// Slicing (profiling.html#slicing): which slice each element belongs to, how many each has, and whether there may be others.
import type { Slicing } from '../definitions/definition.ts'
import type { Located } from '../walk/item.ts'
import type { Run } from '../walk/run.ts'
import { type Criterion, criterionOf, lookedAt } from './discriminator.ts'
import type { NodeProgram } from './program.ts'
import type { ProfileNode } from './tree.ts'

type Found = readonly (readonly Located[])[]

/** Slices by the texts that the first discriminator tells them by; the others are tried one by one. */
type Index = { readonly byKey: ReadonlyMap<unknown, readonly number[]>; readonly others: readonly number[] }

type Slice = {
  readonly name: string
  readonly program: NodeProgram
  readonly node: ProfileNode
  criteria: readonly (Criterion | undefined)[] | undefined
}

export class SliceProgram {
  readonly #node: ProfileNode
  readonly #slicing: Slicing
  readonly #slices: readonly Slice[]
  readonly #lookedAt: readonly ((item: Located, run: Run) => readonly Located[])[]
  #index: Index | undefined

  constructor(node: ProfileNode, compile: (slice: ProfileNode) => NodeProgram) {
    this.#node = node
    this.#slicing = node.slicing ?? impliedSlicing(node)
    this.#lookedAt = (this.#slicing.discriminator ?? []).map(lookedAt)
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
    return slice !== undefined && this.#matches(slice, this.#find(item, run), run)
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
    const found = this.#find(item, run)
    let slice = -1
    for (const i of this.#candidates(found, run)) {
      if (!run.spend(1)) break
      if (!this.#matches(this.#slices[i]!, found, run)) continue
      if (slice < 0) slice = i
      else {
        run.error('validator.slice-several', {
          slice: this.#slices[slice]!.name,
          other: this.#slices[i]!.name,
          profile: this.#node.profile,
        })
        break
      }
    }
    return slice
  }

  /** What each discriminator looks at in an element. */
  #find(item: Located, run: Run): Found {
    return this.#lookedAt.map(look => look(item, run))
  }

  #candidates([first]: Found, run: Run): readonly number[] {
    this.#index ??= this.#makeIndex(run)
    const { byKey, others } = this.#index
    if (byKey.size === 0 || !first) return others
    const named = new Set(first.flatMap(({ value }) => byKey.get(value) ?? []))
    return named.size === 0 ? others : [...named, ...others].sort((a, b) => a - b)
  }

  #makeIndex(run: Run): Index {
    const byKey = new Map<unknown, number[]>()
    const others: number[] = []
    this.#slices.forEach((slice, i) => {
      const keys = this.#criteria(slice, run)[0]?.keys
      if (!keys) others.push(i)
      for (const key of keys ?? []) byKey.set(key, [...(byKey.get(key) ?? []), i])
    })
    return { byKey, others }
  }

  #unassigned(run: Run): void {
    const { profile } = this.#node
    if (this.#slicing.rules === 'closed') run.error('validator.slice-none', { profile })
    else if (this.#node.rules.type && this.#node.name !== 'extension' && this.#node.name !== 'modifierExtension')
      run.hint('validator.slice-additional', { profile })
  }

  #matches(slice: Slice, found: Found, run: Run): boolean {
    const criteria = this.#criteria(slice, run)
    if (criteria.some(criterion => criterion !== undefined))
      return criteria.every((one, i) => one === undefined || one.meets(found[i]!, run))
    const paths = (this.#slicing.discriminator ?? []).map(({ path }) => path).join(', ')
    const reason = `${this.#node.id}:${slice.name} has nothing at ${paths || 'any discriminator'} to tell it by`
    run.error('validator.slicing-unusable', { reason, profile: slice.node.profile })
    return false
  }

  #criteria(slice: Slice, run: Run): readonly (Criterion | undefined)[] {
    slice.criteria ??= (this.#slicing.discriminator ?? []).map(one => criterionOf(one, slice.node, run.world))
    return slice.criteria
  }
}

/** Extensions are sliced by url and choices by type, said or not. */
function impliedSlicing(node: ProfileNode): Slicing {
  if (node.name === 'extension' || node.name === 'modifierExtension')
    return { discriminator: [{ type: 'value', path: 'url' }], rules: 'open' }
  if (node.id.endsWith('[x]')) return { discriminator: [{ type: 'type', path: '$this' }], rules: 'open' }
  return { discriminator: [], rules: 'open' }
}
