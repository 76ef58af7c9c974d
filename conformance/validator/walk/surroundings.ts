// What is around a resource: its container, the bundle it is in, and so where its references lead (references.html, bundle.html#references).
import type { Raw } from '../definitions/definition.ts'
import { BundleIndex } from './bundle-index.ts'
import type { Run } from './run.ts'

export type Target = {
  readonly resource: Raw
  readonly how: 'contained' | 'bundled' | 'referenced'
  readonly surroundings: Surroundings
}

export class Surroundings {
  readonly resource: Raw
  /** The outermost resource that contains this one; itself when none does. */
  readonly container: Raw
  readonly bundle: BundleIndex | undefined
  /** fullUrl of the entry. */
  readonly fullUrl: string | undefined
  /** Surroundings of the resource that this one is contained in, or whose entry or parameter it is. */
  readonly outer: Surroundings | undefined
  #ownIndex: BundleIndex | undefined
  #elementIds: Set<unknown> | undefined

  constructor(resource: Raw, outer?: Surroundings, place: { bundle?: BundleIndex; fullUrl?: string; isContained?: boolean } = {}) {
    this.resource = resource
    this.outer = outer
    this.container = place.isContained && outer ? outer.container : resource
    this.bundle = place.bundle ?? outer?.bundle
    this.fullUrl = place.fullUrl ?? (place.bundle ? undefined : outer?.fullUrl)
  }

  /** Where the resource of an entry of this bundle stands; nowhere in particular when this is none. */
  entryOf(entry: Raw): { bundle?: BundleIndex; fullUrl?: string } {
    const type = this.resource['resourceType']
    if (type !== 'Bundle' && type !== 'Parameters') return {}
    const fullUrl = entry['fullUrl']
    return { bundle: this.ownIndex, ...(typeof fullUrl === 'string' ? { fullUrl } : {}) }
  }

  /** Whether an element id is new in this resource (element.html#id: unique within it). */
  isNewId(id: unknown): boolean {
    this.#elementIds ??= new Set()
    const { size } = this.#elementIds
    return this.#elementIds.add(id).size > size
  }

  /** The entries of this resource, which is a bundle. */
  get ownIndex(): BundleIndex {
    this.#ownIndex ??= new BundleIndex(this.resource)
    return this.#ownIndex
  }

  get isContained(): boolean {
    return this.container !== this.resource
  }

  /** Where a reference leads; undefined when that is not at hand. */
  resolve(reference: string, run: Run): Target | undefined {
    if (reference.startsWith('#')) return this.#contained(reference.slice(1))
    for (let around: Surroundings | undefined = this; around; around = around.outer) {
      const entry = around.bundle?.find(reference, this.fullUrl, run.settings)
      if (entry) {
        const place = { bundle: around.bundle!, ...(entry.fullUrl === undefined ? {} : { fullUrl: entry.fullUrl }) }
        return { resource: entry.resource, how: 'bundled', surroundings: new Surroundings(entry.resource, around.outer, place) }
      }
    }
    const resource = run.settings.resolve?.(reference) as Raw | null | undefined
    return resource ? { resource, how: 'referenced', surroundings: new Surroundings(resource) } : undefined
  }

  #contained(id: string): Target | undefined {
    const { container } = this
    const owner = this.#owner()
    if (id === '') return { resource: container, how: 'contained', surroundings: owner }
    const list = container['contained']
    const found = Array.isArray(list) ? (list as (Raw | null)[]).find(resource => resource?.['id'] === id) : undefined
    return !found ? undefined : { resource: found, how: 'contained', surroundings: new Surroundings(found, owner, { isContained: true }) }
  }

  #owner(): Surroundings {
    return this.isContained && this.outer ? this.outer : this
  }
}
