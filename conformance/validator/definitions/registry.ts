// Canonical resolution (references.html#canonical): definitions by URL and version, in layers that lie over one another.
import type { JsonObject } from '#kernel/json.ts'
import type { StructureDefinition } from './definition.ts'

/** Anything with a canonical URL. */
export type Canonical = JsonObject & { readonly resourceType: string; readonly url: string; readonly version?: string }

/** Where definitions come from. */
export interface DefinitionSource {
  /** Every definition of a type (or of any) that answers to a URL without version. */
  find(type: string | undefined, url: string): readonly Canonical[]
}

/** Definitions in memory, in the order they were added; a later one of the same type, URL and version takes the place of the earlier. */
export class DefinitionStore implements DefinitionSource {
  readonly #byUrl = new Map<string, Canonical[]>()

  add(resource: JsonObject): void {
    const { resourceType, url } = resource
    if (typeof url !== 'string' || typeof resourceType !== 'string') return
    const canonical = resource as Canonical
    const list = this.#byUrl.get(url)
    if (!list) this.#byUrl.set(url, [canonical])
    else {
      const same = list.findIndex(other => other.resourceType === resourceType && other.version === canonical.version)
      if (same >= 0) list[same] = canonical
      else list.push(canonical)
    }
  }

  find(type: string | undefined, url: string): readonly Canonical[] {
    const list = this.#byUrl.get(url) ?? none
    return type === undefined ? list : list.filter(resource => resource.resourceType === type)
  }

  get size(): number {
    return this.#byUrl.size
  }

  all(): readonly Canonical[] {
    return [...this.#byUrl.values()].flat()
  }
}

const none: readonly Canonical[] = []

/** Sources over one another: the first that knows a URL answers. */
export class Definitions {
  readonly #sources: readonly DefinitionSource[]

  constructor(sources: readonly DefinitionSource[]) {
    this.#sources = sources
  }

  /** By `url` or `url|version`; without a version the newest one of the first source that has any. */
  find(type: string | undefined, canonical: string): Canonical | undefined {
    const bar = canonical.indexOf('|')
    const url = bar < 0 ? canonical : canonical.slice(0, bar)
    const version = bar < 0 ? undefined : canonical.slice(bar + 1).split('#')[0]
    for (const source of this.#sources) {
      const found = source.find(type, url)
      const fitting = version === undefined ? found : found.filter(resource => fitsVersion(resource.version, version))
      if (fitting.length > 0) return fitting.reduce(newer)
    }
    return undefined
  }

  structure(canonical: string): StructureDefinition | undefined {
    return this.find('StructureDefinition', canonical) as unknown as StructureDefinition | undefined
  }

  /** All versions of a definition that are known. */
  versions(type: string | undefined, url: string): readonly Canonical[] {
    return this.#sources.flatMap(source => source.find(type, url))
  }
}

/** `4.0` asks for any `4.0.x`. */
function fitsVersion(version: string | undefined, asked: string): boolean {
  return version === asked || (version?.startsWith(`${asked}.`) ?? false)
}

function newer(left: Canonical, right: Canonical): Canonical {
  return compareVersions(right.version ?? '', left.version ?? '') >= 0 ? right : left
}

/** Numbers count as numbers, so that 1.10 comes after 1.9; a text after a dash comes before the plain number (semver.org). */
export function compareVersions(left: string, right: string): number {
  const [a, b] = [left.split(/[.+]|-(?=.)/), right.split(/[.+]|-(?=.)/)]
  for (let i = 0; i < Math.max(a.length, b.length); i++) {
    const [x, y] = [a[i], b[i]]
    if (x === y) continue
    if (x === undefined) return /^\d/.test(y!) ? -1 : 1
    if (y === undefined) return /^\d/.test(x) ? 1 : -1
    const [m, n] = [Number(x), Number(y)]
    if (!Number.isNaN(m) && !Number.isNaN(n) && m !== n) return m - n
    return x < y ? -1 : 1
  }
  return 0
}
