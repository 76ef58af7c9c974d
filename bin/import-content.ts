// Makes the simulators' seed data (adapters/content/seeds) once from the clinical content pack beside the checkout: `node bin/import-content.ts [folder]`.
import { readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { placeName } from './import/clinical-content.ts'

const folder = resolve(process.argv[2] ?? join(import.meta.dirname, '../../shared/standards/clinical-content'))

type Row = Readonly<Record<string, unknown>>
type Pack = { readonly rows: readonly Row[]; readonly [top: string]: unknown }

/** What every row says unless it says otherwise. */
const usual = { status: 'recalled', confidence: 'high' }

const diagnoses = pack('diagnoses').rows
write('diagnoses', 'Diagnoses and notifiable diseases, ICD-10 in the national clinical style.', {
  rows: diagnoses.map(row => ({
    ...pick(row, ['code', 'name', 'department', 'course', 'usedBy']),
    ages: row['typicalAge'],
    sex: row['sexRestricted'] ?? (row['typicalSex'] === 'any' ? undefined : row['typicalSex']),
    notifiable: row['class'],
    hours: row['reportWithinHours'],
    ...judged(row),
  })),
})

const lab = pack('lab-items')
write(
  'lab-items',
  'Laboratory items with ranges (inclusive, by sex and age), critical limits and the distribution in healthy adults, all in the printed unit.',
  {
    panels: (lab['panels'] as Row[]).map(row => ({
      code: row['panelCode'],
      name: row['panelName'],
      specimen: row['specimen'],
      tube: row['tube'],
    })),
    rows: lab.rows.map(row => ({
      ...pick(row, ['code', 'name', 'specimen', 'decimals', 'ranges', 'criticalLow', 'criticalHigh', 'values']),
      panel: row['panelCode'],
      abbreviation: row['abbr'],
      unit: row['unitPrinted'],
      reference: row['referenceText'],
      mean: (row['sim'] as Row | undefined)?.['mean'],
      sd: (row['sim'] as Row | undefined)?.['sd'],
      ...judged(row),
    })),
  },
)

type Report = { readonly findings: string; readonly impression: string; readonly normal: boolean; readonly critical: boolean }
write('exams', 'Examinations with report texts.', {
  rows: pack('exams').rows.map(row => ({
    ...pick(row, ['code', 'name', 'modality', 'bodySite', 'contrast']),
    reports: (row['reports'] as Report[] | undefined)?.map(printed),
    ages: row['ageYears'],
    sex: row['sexRestricted'],
    ...judged(row),
  })),
})
write('procedures', 'Operations and procedures, ICD-9-CM-3 in the national style.', {
  rows: pack('procedures').rows.map(row => ({
    ...pick(row, ['code', 'name', 'type', 'level', 'anaesthesia', 'department']),
    diagnosis: row['typicalDiagnosis'],
    sex: row['sexRestricted'],
    ...judged(row),
  })),
})
const drugs = pack('drugs')
const drugFields = [
  'kind',
  'category',
  'code',
  'name',
  'form',
  'strength',
  'route',
  'usualDose',
  'frequency',
  'allergyGroup',
  'highAlert',
  'controlled',
]
write('drugs', 'Drugs with a usual adult dose. Not for care.', {
  frequencies: drugs['frequencies'] as Row[],
  routes: drugs['routes'] as Row[],
  allergyGroups: Object.entries(drugs['allergyGroups'] as object).map(([code, name]) => ({ code, name })),
  rows: drugs.rows.map(row => ({ ...pick(row, drugFields), ...judged(row) })),
})
write('departments', 'Departments, wards, titles and 120 dictionaries; codes, bed splits and dictionaries are invented.', {
  rows: pack('departments').rows.map(row => ({
    ...pick(row, ['kind', 'org', 'code', 'department', 'beds', 'vehicles', 'group', 'response']),
    name: placeName(row['name'] as string),
    ...judged(row),
  })),
})
write('scales', 'Scores with their bands; item wording only where it is free.', {
  rows: pack('scales').rows.map(row => ({ ...pick(row, ['code', 'name', 'group', 'range', 'bands', 'items']), ...judged(row) })),
})
write('names', 'Material for names, addresses and numbers that belong to nobody.', {
  rows: pack('names').rows.map(row => ({
    ...pick(row, ['kind', 'value', 'weight', 'sex', 'era', 'name', 'district', 'example']),
    ...judged(row),
  })),
})

/** A report as a doctor would print it: full-width marks between Chinese words. */
function printed(report: Report): Report {
  const marks: Record<string, string> = { ',': '，', ';': '；', ':': '：' }
  const text = (written: string) => written.replace(/[,;:](?!\d)|(?<!\d)[,;:]/g, mark => marks[mark]!)
  return { ...report, findings: text(report.findings), impression: text(report.impression) }
}

function pack(name: string): Pack {
  return JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8')) as Pack
}

function judged(row: Row): Row {
  const judgement = { status: row['status'], confidence: row['confidence'], verifiedFields: row['verifiedFields'] }
  return Object.fromEntries(
    Object.entries(judgement).filter(([name, value]) => value !== undefined && value !== usual[name as keyof typeof usual]),
  )
}

function pick(row: Row, names: readonly string[]): Row {
  return Object.fromEntries(names.filter(name => row[name] !== undefined && row[name] !== null).map(name => [name, row[name]]))
}

function write(name: string, note: string, lists: Readonly<Record<string, readonly Row[]>>): void {
  const parts = [
    `"note": ${JSON.stringify(note)}`,
    `"usual": ${JSON.stringify(usual)}`,
    ...Object.entries(lists).map(([list, rows]) => `"${list}": ${table(rows)}`),
  ]
  writeFileSync(new URL(`../adapters/content/seeds/${name}.json`, import.meta.url), `{\n${parts.join(',\n')}\n}\n`)
  process.stdout.write(
    `${name}: ${Object.entries(lists)
      .map(([list, rows]) => `${rows.length} ${list}`)
      .join(', ')}\n`,
  )
}

function table(rows: readonly Row[]): string {
  return `[\n${rows.map(row => `  ${JSON.stringify(row)}`).join(',\n')}\n]`
}
