// Concept maps from the tables of the HL7 v2-to-FHIR guide: one map per table, rows keep their line, conditional rows become exceptions.
import { readdirSync, readFileSync } from 'node:fs'
import type { MapRow, MapSeed, SeedException } from '../../terminology/seed.ts'
import { parseCsv } from './csv.ts'

export const guideSource = 'HL7 Version 2 to FHIR (hl7.fhir.uv.v2mappings), code system maps; HL7/v2-to-fhir'
export const guideLicence = 'CC0-1.0'

export type GuideTable = { readonly table: string; readonly guide: string; readonly rows: readonly GuideRow[] }
type GuideRow = {
  readonly line: number
  readonly code: string
  readonly text: string
  readonly condition: string
  readonly target: string
  readonly display: string
  readonly system: string
}

/** Maps whose name does not follow from their targets. */
const names: Readonly<Record<string, string>> = {
  'PatientClass[EncounterClass]': 'v2-0004-to-encounter-class',
  YesNoIndicator: 'v2-0136-to-boolean',
  CountryCode: 'v2-0399-to-iso-3166',
  HospitalService: 'v2-0069-to-service-type',
  RouteOfAdministration: 'v2-0162-to-route-of-administration',
  AmbulatoryStatus: 'v2-0009-to-special-arrangements',
  'FillerStatusCodes[Appointment]': 'v2-0278-to-appointment-status',
}

/** The inventory writes these names with a slash. */
const slashed: Readonly<Record<string, string>> = {
  AdditivePreservative: 'Additive/Preservative',
  YesNoIndicator: 'Yes/NoIndicator',
  'YesNoIndicator[AvailabilityStatus]': 'Yes/NoIndicator[AvailabilityStatus]',
  TestServiceDefaultDurationUnits: 'Test/ServiceDefaultDurationUnits',
}

export function readGuide(directory: string): readonly GuideTable[] {
  return readdirSync(directory)
    .filter(name => name.endsWith('.csv'))
    .sort()
    .map(name => guideTable(name, readFileSync(`${directory}/${name}`, 'utf8')))
}

function guideTable(file: string, text: string): GuideTable {
  const name = file.replace('HL7 Concept Map_ ', '').replace(' - Sheet1.csv', '')
  const [, header, ...body] = parseCsv(text)
  const columns = header!.fields.map(field => field.trim())
  const at = { target: columns.lastIndexOf('Code'), display: columns.lastIndexOf('Display'), system: columns.lastIndexOf('Code System') }
  const field = (row: { fields: string[] }, column: number) => (row.fields[column] ?? '').trim()
  const rows = body.map(row => ({
    line: row.line,
    code: field(row, 0),
    text: field(row, 1),
    condition: row.fields.slice(3, at.target).join(' ').trim(),
    target: field(row, at.target),
    display: field(row, at.display),
    system: field(row, at.system),
  }))
  const tableName = body.map(row => field(row, 2)).find(value => value !== '') ?? ''
  return { table: tableName.replace(/^HL7?-?0*(?=\d)/, '').padStart(4, '0'), guide: slashed[name] ?? name, rows }
}

export function guideMaps(tables: readonly GuideTable[]): { maps: readonly MapSeed[]; exceptions: readonly SeedException[] } {
  const exceptions: SeedException[] = []
  const maps = tables.flatMap(table => {
    const plain = table.rows.filter(row => row.code !== '' && row.condition === '')
    const conditional = table.rows.filter(row => row.code !== '' && row.condition !== '')
    const target = mainTarget(plain)
    if (!target) {
      const reason = plain.length === 0 ? 'the guide names no source code of this table' : 'the guide maps no code of this table yet'
      exceptions.push({ kind: 'left-out', where: table.guide, codes: [], reason })
      return []
    }
    const name = names[fileName(table.guide)] ?? `v2-${table.table}-to-${shortName(target)}`
    if (conditional.length > 0) {
      exceptions.push({
        kind: 'left-out',
        where: name,
        codes: conditional.map(row => row.code),
        reason: `conditional in the guide (${conditional[0]!.condition}): left to the plan`,
      })
    }
    return [guideMap(name, table, target, plain)]
  })
  return { maps, exceptions }
}

function guideMap(name: string, table: GuideTable, target: string, rows: readonly GuideRow[]): MapSeed {
  return {
    name,
    source: v2System(table.table),
    target,
    title: { zh: `HL7 v2 表 ${table.table} 到 ${shortName(target)}`, en: `HL7 v2 table ${table.table} to ${shortName(target)}` },
    guide: table.guide,
    status: 'published',
    rows: rows.map(row => mapRow(row, target)),
  }
}

function mapRow(row: GuideRow, target: string): MapRow {
  if (row.target === '' || row.system === '') return [row.code, null, { line: row.line, equivalence: 'unmatched' }]
  const display = row.display ? { display: row.display } : {}
  return [row.code, row.target, { ...(row.system === target ? {} : { system: row.system }), ...display, line: row.line }]
}

/** The system most rows lead to; undefined when none leads anywhere. */
function mainTarget(rows: readonly GuideRow[]): string | undefined {
  const counts = new Map<string, number>()
  for (const row of rows) if (row.target && row.system) counts.set(row.system, (counts.get(row.system) ?? 0) + 1)
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0]
}

export function v2System(table: string): string {
  return `http://terminology.hl7.org/CodeSystem/v2-${table}`
}

/** `v3-MaritalStatus` → `marital-status`; `address-use` stays. */
function shortName(system: string): string {
  const last = system.split(/[/:]/).pop()!
  if (last === 'sct') return 'snomed'
  return last
    .replace(/^v3-/, '')
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .toLowerCase()
}

function fileName(guide: string): string {
  return guide.replace('/', '')
}
