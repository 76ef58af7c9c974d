// A concept map in memory: source code → the Coding to write, decided once when the map is built (FHIR R4 conceptmap.html).
import { hash } from 'node:crypto'
import { conceptMapUrl } from '#kernel/canonical.ts'
import type { Coding } from '#kernel/ports/terminology.ts'
import type { MapRow, MapSeed } from './seed.ts'

/** Finds the text of a target code; undefined when there is none. */
export type DisplayOf = (system: string, code: string) => string | undefined

export type MapEntry = { readonly source: string; readonly target: Coding | undefined; readonly row: MapRow }

export class ConceptMap {
  readonly seed: Omit<MapSeed, 'rows' | 'suggestions'>
  /** Changes when, and only when, a translation changes. */
  readonly hash: string
  readonly #entries: ReadonlyMap<string, MapEntry>
  readonly #suggestions: ReadonlyMap<string, Coding>

  constructor(
    seed: Omit<MapSeed, 'rows' | 'suggestions'>,
    entries: ReadonlyMap<string, MapEntry>,
    suggestions: ReadonlyMap<string, Coding>,
  ) {
    this.seed = seed
    this.#entries = entries
    this.#suggestions = suggestions
    const translations = [...entries.values()].map(({ source, target }) => [source, target?.system, target?.code, target?.display])
    this.hash = hash('sha256', JSON.stringify([seed.name, seed.source, seed.beside ?? false, seed.silent ?? false, translations]))
  }

  get name(): string {
    return this.seed.name
  }

  get url(): string {
    return conceptMapUrl(this.seed.name)
  }

  get size(): number {
    return this.#entries.size
  }

  entries(): IterableIterator<MapEntry> {
    return this.#entries.values()
  }

  /** Whether somebody has decided about the code, be it that it has no target. */
  decides(code: string): boolean {
    return this.#entries.has(code)
  }

  translate(code: string): Coding | undefined {
    return this.#entries.get(code)?.target
  }

  /** A target nobody has confirmed yet. */
  suggestion(code: string): Coding | undefined {
    return this.#suggestions.get(code)
  }

  /** The same map with some decisions changed or added. */
  with(rows: readonly MapRow[], displayOf: DisplayOf): ConceptMap {
    const entries = new Map(this.#entries)
    for (const row of rows) entries.set(row[0], entryOf(row, this.seed.target, displayOf))
    return new ConceptMap(this.seed, entries, this.#suggestions)
  }
}

/** `additions` win over the map's own rows. */
export function conceptMapOf(map: MapSeed, additions: readonly MapRow[], displayOf: DisplayOf): ConceptMap {
  const { rows, suggestions = [], ...seed } = map
  const entries = new Map([...rows, ...additions].map(row => [row[0], entryOf(row, map.target, displayOf)]))
  const suggested = suggestions.flatMap(row => {
    const { target } = entryOf(row, map.target, displayOf)
    return target ? [[row[0], target] as const] : []
  })
  return new ConceptMap(seed, entries, new Map(suggested))
}

function entryOf(row: MapRow, mainTarget: string, displayOf: DisplayOf): MapEntry {
  const [source, code, extra] = row
  if (code === null) return { source, target: undefined, row }
  const system = extra?.system ?? mainTarget
  const display = extra?.display ?? displayOf(system, code)
  return { source, target: display === undefined ? { system, code } : { system, code, display }, row }
}
