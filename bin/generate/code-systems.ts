// Code systems and value sets of R4 as the validator reads them: what the definitions say of each, without texts and with codes as rows.
import type { CodeSystemTable, ConceptRow, ValueSetTable } from '../../formats/fhir/model/terminology-tables.ts'

type Property = { readonly code: string; readonly [value: string]: unknown }
type Concept = {
  readonly code: string
  readonly display?: string
  readonly property?: readonly Property[]
  readonly concept?: readonly Concept[]
}
type Published = {
  readonly resourceType: string
  readonly url: string
  readonly version?: string
  readonly name?: string
  readonly status?: string
}
export type PublishedCodeSystem = Published & {
  readonly content: string
  readonly caseSensitive?: boolean
  readonly hierarchyMeaning?: string
  readonly supplements?: string
  readonly valueSet?: string
  readonly experimental?: boolean
  readonly property?: readonly { readonly code: string; readonly type: string }[]
  readonly filter?: readonly { readonly code: string }[]
  readonly concept?: readonly Concept[]
}
export type PublishedValueSet = Published & { readonly compose?: object; readonly experimental?: boolean; readonly title?: string }

/** Properties that membership and filters turn on. */
const kept = new Set(['subsumedBy', 'notSelectable', 'inactive', 'status', 'deprecated', 'deprecationDate', 'parent'])

/** By canonical URL; where two bundles hold the same system the one that spells out its codes is taken. */
export function codeSystemTables(systems: readonly PublishedCodeSystem[]): Record<string, CodeSystemTable> {
  const tables: Record<string, CodeSystemTable> = {}
  for (const system of [...systems].sort((a, b) => (a.url < b.url ? -1 : 1))) {
    if (tables[system.url]?.concept && !system.concept) continue
    tables[system.url] = codeSystemTable(system)
  }
  return tables
}

function codeSystemTable(system: PublishedCodeSystem): CodeSystemTable {
  return {
    ...(system.version ? { version: system.version } : {}),
    ...(system.name ? { name: system.name } : {}),
    ...(system.status ? { status: system.status } : {}),
    content: system.content,
    ...(system.caseSensitive === undefined ? {} : { caseSensitive: system.caseSensitive }),
    ...(system.hierarchyMeaning ? { hierarchyMeaning: system.hierarchyMeaning } : {}),
    ...(system.supplements ? { supplements: system.supplements } : {}),
    ...(system.valueSet ? { valueSet: system.valueSet } : {}),
    ...(system.experimental ? { experimental: true } : {}),
    ...(system.property ? { property: system.property.map(({ code, type }) => ({ code, type })) } : {}),
    ...(system.concept ? { concept: system.concept.map(row) } : {}),
  }
}

function row(concept: Concept): ConceptRow {
  const children = concept.concept?.map(row) ?? []
  const properties = concept.property?.filter(p => kept.has(p.code)) ?? []
  if (properties.length > 0) return [concept.code, concept.display ?? '', children, properties.map(propertyValue)]
  return children.length > 0 ? [concept.code, concept.display ?? '', children] : [concept.code, concept.display ?? '']
}

function propertyValue(property: Property): readonly [string, string] {
  const value = Object.entries(property).find(([name]) => name.startsWith('value'))
  return [property.code, String(value?.[1])]
}

export function valueSetDefinitions(sets: readonly PublishedValueSet[]): Record<string, ValueSetTable> {
  const tables: Record<string, ValueSetTable> = {}
  for (const set of [...sets].sort((a, b) => (a.url < b.url ? -1 : 1))) {
    if (tables[set.url]?.compose && !set.compose) continue
    tables[set.url] = {
      ...(set.version ? { version: set.version } : {}),
      ...(set.name ? { name: set.title ?? set.name } : {}),
      ...(set.status ? { status: set.status } : {}),
      ...(set.experimental ? { experimental: true } : {}),
      ...(set.compose ? { compose: bare(set.compose) as object } : {}),
    }
  }
  return tables
}

/** Without extensions and designations; displays stay, because some stand nowhere else. */
function bare(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(bare)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name]) => name !== 'extension' && name !== 'designation')
      .map(([name, member]) => [name, bare(member)]),
  )
}
