// Codes of the R4 value sets that bindings name, where the definitions spell them out (valueset.html#compositions).
import type { ElementTable, TypeTable } from '../../formats/fhir/model/tables.ts'
import type { Definition } from './definitions.ts'

type Concept = {
  readonly code: string
  readonly concept?: readonly Concept[]
  readonly property?: readonly { readonly code: string; readonly [value: string]: unknown }[]
}
export type CodeSystem = Definition & { readonly content: string; readonly concept?: readonly Concept[] }
type Filter = { readonly property: string; readonly op: string; readonly value: string }
type Include = {
  readonly system?: string
  readonly concept?: readonly { readonly code: string }[]
  readonly filter?: readonly Filter[]
  readonly valueSet?: readonly string[]
}
export type ValueSet = Definition & { readonly compose?: { readonly include: readonly Include[]; readonly exclude?: readonly Include[] } }

/** Code system → codes. */
type Expansion = ReadonlyMap<string, ReadonlySet<string>>

/** Larger sets are a terminology server's business. */
const codesMax = 3000

/** The enumerable ones of the bound value sets. */
export function valueSetTables(book: ValueSetBook, bound: ReadonlySet<string>): Record<string, Record<string, string[]>> {
  const tables: Record<string, Record<string, string[]>> = {}
  for (const url of [...bound].sort()) {
    const expansion = book.expand(url, 0)
    if (!expansion) continue
    const count = [...expansion.values()].reduce((sum, codes) => sum + codes.size, 0)
    if (count > 0 && count <= codesMax) tables[url] = Object.fromEntries([...expansion].map(([system, codes]) => [system, [...codes]]))
  }
  return tables
}

/** The canonicals (without version) of all value sets that the type tables bind. */
export function boundValueSets(types: Readonly<Record<string, TypeTable>>): Set<string> {
  const elements = Object.values(types).flatMap<ElementTable>(type => Object.values(type.elements))
  return new Set(elements.flatMap(({ binding }) => (binding ? [binding.set, ...(binding.max ? [binding.max] : [])].map(unversioned) : [])))
}

function unversioned(canonical: string): string {
  return canonical.split('|')[0]!
}

/** Code systems and value sets that refer to each other by URL. */
export class ValueSetBook {
  readonly #systems: ReadonlyMap<string, CodeSystem>
  readonly #sets: ReadonlyMap<string, ValueSet>

  constructor(systems: readonly CodeSystem[], sets: readonly ValueSet[]) {
    this.#systems = new Map(systems.map(system => [system.url, system]))
    this.#sets = new Map(sets.map(set => [set.url, set]))
  }

  /** Undefined when some part of the set cannot be enumerated from the definitions alone. */
  expand(url: string, depth: number): Expansion | undefined {
    const compose = this.#sets.get(unversioned(url))?.compose
    if (!compose || depth > 8) return undefined
    const included = compose.include.map(include => this.#include(include, depth))
    const excluded = (compose.exclude ?? []).map(exclude => this.#include(exclude, depth))
    if ([...included, ...excluded].some(part => part === undefined)) return undefined
    const result = new Map<string, Set<string>>()
    for (const part of included as Expansion[]) for (const [system, codes] of part) addAll(result, system, codes)
    for (const part of excluded as Expansion[])
      for (const [system, codes] of part) for (const code of codes) result.get(system)?.delete(code)
    return result
  }

  #include(include: Include, depth: number): Expansion | undefined {
    const parts: (Expansion | undefined)[] = (include.valueSet ?? []).map(url => this.expand(url, depth + 1))
    if (include.system !== undefined) parts.push(this.#ofSystem(include.system, include))
    if (parts.length === 0 || parts.some(part => part === undefined)) return undefined
    return (parts as Expansion[]).reduce(intersection)
  }

  #ofSystem(url: string, include: Include): Expansion | undefined {
    if (include.concept) return new Map([[url, new Set(include.concept.map(c => c.code))]])
    const system = this.#systems.get(unversioned(url))
    if (system?.content !== 'complete') return undefined
    let codes: Set<string> | undefined = new Set(flatten(system.concept ?? []).map(c => c.code))
    for (const filter of include.filter ?? []) {
      const kept = filtered(system, filter)
      if (!kept) return undefined
      codes = codes.intersection(kept)
    }
    return new Map([[url, codes]])
  }
}

/** The codes a filter keeps; undefined for an operator that needs more than the hierarchy. */
function filtered(system: CodeSystem, { property, op, value }: Filter): Set<string> | undefined {
  const all = flatten(system.concept ?? [])
  const below = new Set(flatten(all.find(c => c.code === value)?.concept ?? []).map(c => c.code))
  for (const concept of all) if (isChild(concept, value)) for (const c of flatten([concept])) below.add(c.code)
  if (property !== 'concept' && !(property === 'code' && op === 'is-a')) return undefined
  if (op === 'is-a') return new Set([value, ...below])
  if (op === 'descendent-of') return below
  if (op === 'is-not-a') return new Set(all.map(c => c.code).filter(code => code !== value && !below.has(code)))
  if (op === 'in') return new Set(value.split(','))
  return undefined
}

/** v3 code systems say a second parent in a property instead of nesting. */
function isChild(concept: Concept, parent: string): boolean {
  return concept.property?.some(p => p.code === 'subsumedBy' && p['valueCode'] === parent) ?? false
}

function flatten(concepts: readonly Concept[]): Concept[] {
  return concepts.flatMap(concept => [concept, ...flatten(concept.concept ?? [])])
}

function addAll(into: Map<string, Set<string>>, system: string, codes: ReadonlySet<string>): void {
  const known = into.get(system) ?? new Set()
  for (const code of codes) known.add(code)
  into.set(system, known)
}

function intersection(left: Expansion, right: Expansion): Expansion {
  const both = [...left].map(([system, codes]) => [system, new Set([...codes].filter(code => right.get(system)?.has(code)))] as const)
  return new Map(both.filter(([, codes]) => codes.size > 0))
}
