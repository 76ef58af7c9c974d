// All concept maps frozen at one moment, with a hash over what they translate: plans are compiled against such a snapshot.
import { hash } from 'node:crypto'
import type { CodeMaps, Coding } from '#kernel/ports/terminology.ts'
import type { ConceptMap } from './concept-map.ts'

export class CodeMapSnapshot implements CodeMaps {
  readonly hash: string
  readonly #maps: ReadonlyMap<string, ConceptMap>

  constructor(maps: Iterable<ConceptMap>) {
    this.#maps = new Map([...maps].map(map => [map.name, map]))
    const lines = [...this.#maps.values()].map(map => `${map.name} ${map.hash}`).sort()
    this.hash = hash('sha256', lines.join('\n'))
  }

  has(map: string): boolean {
    return this.#maps.has(map)
  }

  translate(map: string, code: string): Coding | undefined {
    return this.#maps.get(map)?.translate(code)
  }

  decides(map: string, code: string): boolean {
    return this.#maps.get(map)?.decides(code) ?? false
  }

  targets(map: string): readonly Coding[] {
    return [...(this.#maps.get(map)?.entries() ?? [])].flatMap(({ target }) => target ?? [])
  }

  sourceOf(map: string): string | undefined {
    return this.#maps.get(map)?.seed.source
  }

  map(name: string): ConceptMap | undefined {
    return this.#maps.get(name)
  }

  maps(): readonly ConceptMap[] {
    return [...this.#maps.values()]
  }

  /** A new snapshot in which some maps are replaced; the others are shared. */
  with(changed: readonly ConceptMap[]): CodeMapSnapshot {
    if (changed.length === 0) return this
    const maps = new Map(this.#maps)
    for (const map of changed) maps.set(map.name, map)
    return new CodeMapSnapshot(maps.values())
  }
}
