// Makes the terminology seeds once from the folder of standards beside the checkout (`node bin/import-terminology.ts [folder]`), and prints hand-written ones anew.
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { CodeRow, MapSeed, SeedException, SeedFile, SystemSeed } from '../terminology/seed.ts'
import { type ChineseTables, chineseSource, chineseSystems } from './import/chinese-tables.ts'
import { type Content, clinicalLicence, clinicalMaps, clinicalSource, clinicalSystems } from './import/clinical-content.ts'
import { fhirLicence, fhirSource, fhirSystems, readDefinitions, v2Systems } from './import/fhir-systems.ts'
import { writeMapTable } from './import/map-table.ts'
import { codeRow, writeSeed } from './import/seed-text.ts'
import { type DocumentList, documentSystem } from './import/shared-documents.ts'
import { guideLicence, guideMaps, guideSource, readGuide } from './import/v2-guide.ts'

const seeds = new URL('../terminology/seeds/', import.meta.url)
const folder = resolve(process.argv[2] ?? join(import.meta.dirname, '../../shared'))

const byHand = ['national', 'hospitals'].map(family => readSeed(family))
for (const file of byHand)
  writeSeed({ ...file, systems: file.systems.map(system => ({ ...system, codes: system.codes.map(withInitials) })) })
if (existsSync(folder)) importAll()
else process.stdout.write(`no folder ${folder}: imported seeds stay as they are\n`)
writeMapTable()

function importAll(): void {
  const chinese = chineseSystems(read<ChineseTables>('standards/code-tables.json'))
  const family = (prefix: RegExp) => chinese.systems.filter(system => prefix.test(system.id))
  const tables = { source: chineseSource, maps: [] }
  writeSeed({ family: 'ws364', note: 'CV tables of WS 364 and kin.', ...tables, systems: family(/^(CV|WS)/) })
  writeSeed({ family: 'gb', note: 'GB and GB/T tables.', ...tables, systems: family(/^GB/) })
  writeSeed({ family: 'in-element', note: 'Tables defined inside one data element.', ...tables, systems: family(/^(DE|SD|EPR)/) })

  const documents = documentSystem(read<DocumentList>('standards/cda-document-elements.json'))
  writeSeed({ family: 'documents', note: 'Shared documents.', source: 'public template sets of WS/T 500', systems: [documents], maps: [] })

  const content = readContent()
  writeSeed({
    family: 'clinical',
    note: 'Fragments of clinical code systems, and what the demo hospitals number things by.',
    source: clinicalSource,
    licence: clinicalLicence,
    systems: clinicalSystems(content),
    maps: clinicalMaps(content),
  })

  const allTables = readGuide(join(folder, 'suites/v2-to-fhir-tables/codesystems'))
  const guide = guideMaps(allTables)
  const guideTables = allTables.filter(table => table.rows.some(row => row.code !== ''))
  const definitions = readDefinitions()
  const maps = [...guide.maps, ...byHand.flatMap(file => file.maps)]
  const hl7 = { source: fhirSource, licence: fhirLicence, maps: [] }
  writeSeed({ family: 'hl7-v2', note: 'HL7 v2 tables.', ...hl7, systems: v2Systems(definitions, guideTables) })
  const written = new Set(byHand.flatMap(file => file.systems.map(system => system.url)))
  const systems = [...fhirSystems(definitions, targetsOf(maps).difference(written)), ...foreign(guide.maps, definitions)]
  writeSeed({ family: 'fhir', note: 'Code systems of FHIR R4 and of HL7 terminology.', ...hl7, systems })
  writeSeed({
    family: 'v2-guide',
    note: 'HL7 v2 to FHIR, by table.',
    source: guideSource,
    licence: guideLicence,
    systems: [],
    maps: guide.maps.map(plain),
  })
  writeExceptions([...chinese.exceptions, ...guide.exceptions])
}

/** Codes of systems that nobody may ship whole (SNOMED CT, ISO 3166), as far as the guide names them. */
function foreign(maps: readonly MapSeed[], definitions: ReadonlyMap<string, unknown>): readonly SystemSeed[] {
  const licences: Record<string, string> = {
    'http://snomed.info/sct':
      'SNOMED CT: © International Health Terminology Standards Development Organisation; use needs a licence where it is not a member',
    'urn:iso:std:iso:3166': 'ISO 3166-1 alpha-3',
  }
  return Object.entries(licences).map(([url, licence]) => {
    const named = maps.flatMap(map => map.rows.filter(row => (row[2]?.system ?? map.target) === url && row[1]))
    const codes = new Map(named.map(row => [row[1]!, row[2]?.display ?? '']))
    const id = definitions.has(url) ? 'snomed-ct' : 'iso-3166'
    const rows = [...codes].sort(([a], [b]) => (a < b ? -1 : 1)).map(([code, display]) => codeRow(code, display))
    return {
      id,
      url,
      name: { en: id === 'iso-3166' ? 'ISO 3166 country codes' : 'SNOMED CT (fragment)' },
      edition: 'fragment',
      licence,
      status: 'published',
      content: 'fragment',
      codes: rows,
    }
  })
}

/** Displays of the guide's targets live in the target systems; the map keeps codes. */
function plain(map: MapSeed): MapSeed {
  return { ...map, rows: map.rows.map(([source, target, extra]) => [source, target, { ...extra, display: undefined }]) }
}

function targetsOf(maps: readonly MapSeed[]): Set<string> {
  return new Set(maps.flatMap(map => [map.source, map.target, ...map.rows.map(row => row[2]?.system ?? map.target)]))
}

/** What was left out is told anew; what was accepted by hand stays. */
function writeExceptions(leftOut: readonly SeedException[]): void {
  const file = new URL('exceptions.json', seeds)
  const accepted = (JSON.parse(readFileSync(file, 'utf8')) as SeedException[]).filter(exception => exception.kind === 'accepted')
  const lines = [...leftOut, ...accepted].map(exception => `  ${JSON.stringify(exception)}`)
  writeFileSync(file, `[\n${lines.join(',\n')}\n]\n`)
}

function withInitials(row: CodeRow): CodeRow {
  return row[2] === undefined || row[2] === '' ? codeRow(row[0], row[1], row[3]) : row
}

function readContent(): Content {
  const names = {
    diagnoses: 'diagnoses',
    procedures: 'procedures',
    labItems: 'lab-items',
    exams: 'exams',
    drugs: 'drugs',
    departments: 'departments',
  }
  const files = Object.entries(names).map(([name, file]) => [name, read(`standards/clinical-content/${file}.json`)])
  return Object.fromEntries(files) as Content
}

function readSeed(family: string): SeedFile {
  return JSON.parse(readFileSync(new URL(`${family}.json`, seeds), 'utf8')) as SeedFile
}

function read<T>(path: string): T {
  return JSON.parse(readFileSync(join(folder, path), 'utf8')) as T
}
