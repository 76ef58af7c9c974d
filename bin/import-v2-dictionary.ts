// One-time importer: fields and components of the HL7 v2 dictionary from the tables of the HL7 v2-to-FHIR guide. Run: node bin/launch.mjs run bin/import-v2-dictionary.ts
// Source: HL7 Version 2 to FHIR (hl7.fhir.uv.v2mappings), segment and data type tables; HL7/v2-to-fhir; licence CC0-1.0.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseCsv } from './import/csv.ts'

const tables = process.argv[2] ?? join(import.meta.dirname, '../../shared/suites/v2-to-fhir-tables')
const target = join(import.meta.dirname, '../formats/hl7v2/dictionary/guide-tables.json')

/** How often each spelling of a row occurs: tables that map one segment to several resources repeat it, sometimes with a slip. */
type Spellings = Map<string, number>
type Rows = Map<string, Map<number, Spellings>>

const vocabularies = tableNumbers()
const dictionary = {
  source: 'HL7 Version 2 to FHIR (hl7.fhir.uv.v2mappings), segment and data type tables; HL7/v2-to-fhir',
  licence: 'CC0-1.0',
  segments: compact(read('segments')),
  dataTypes: compact(read('datatypes')),
}
writeFileSync(target, `${JSON.stringify(dictionary, undefined, 1)}\n`)
process.stdout.write(`${Object.keys(dictionary.segments).length} segments, ${Object.keys(dictionary.dataTypes).length} data types\n`)

function read(folder: string): Rows {
  const rows: Rows = new Map()
  for (const file of readdirSync(join(tables, folder)).sort()) {
    for (const { fields } of parseCsv(readFileSync(join(tables, folder, file), 'utf8'))) {
      const [, identifier = '', name = '', type = '', min = '', max = ''] = fields.map(field => field.trim())
      const place = /^([A-Z][A-Z0-9]{1,2})[-.](\d+)$/.exec(identifier)
      if (!place || name === '' || !/^[A-Z]{2,3}$|^varies$|^Varies$/.test(type)) continue
      const spelling = write(name, type, min, max, fields[15]?.trim() ?? '')
      const places = rows.get(place[1]!) ?? new Map<number, Spellings>()
      const spellings = places.get(Number(place[2])) ?? new Map<string, number>()
      spellings.set(spelling, (spellings.get(spelling) ?? 0) + 1)
      places.set(Number(place[2]), spellings)
      rows.set(place[1]!, places)
    }
  }
  return rows
}

/** `name:TYPE`, `!` required, `*` repeating (`*2`: twice at most), `#0001` its table: the notation of dictionary/notation.ts. */
function write(name: string, type: string, min: string, max: string, vocabulary: string): string {
  const [least = '', most = max] = min.includes('..') ? min.split('..') : [min, max]
  const repeats = most === '-1' ? '*' : Number(most) > 1 ? `*${most}` : ''
  const table = vocabularies.get(vocabulary.split(/[[\n]/)[0]!.replaceAll('/', ''))
  // Older attribute tables mark fields of the placer `*` and of the filler `+`.
  const cleaned = name
    .replace(/\s+/g, ' ')
    .replace(/[–—]/g, '-')
    .replace(/ [*+]$/, '')
  return `${cleaned}:${type}${least === '1' ? '!' : ''}${repeats}${table ? `#${table}` : ''}`
}

/** Lists with the commonest spelling of each place; a spelling with a table wins over the same without. */
function compact(rows: Rows): Record<string, string[]> {
  const entries = [...rows].sort(([a], [b]) => (a < b ? -1 : 1))
  return Object.fromEntries(
    entries.map(([name, places]) => {
      const last = Math.max(...places.keys())
      return [name, Array.from({ length: last }, (_, index) => commonest(places.get(index + 1)))]
    }),
  )
}

function commonest(spellings: Spellings | undefined): string {
  if (!spellings) return ''
  const plain = (spelling: string): string => spelling.split('#')[0]!
  const counts = new Map<string, number>()
  for (const [spelling, count] of spellings) counts.set(plain(spelling), (counts.get(plain(spelling)) ?? 0) + count)
  const best = [...counts].sort((a, b) => b[1] - a[1])[0]![0]
  return [...spellings.keys()].filter(spelling => plain(spelling) === best).sort((a, b) => b.length - a.length)[0]!
}

/** Table numbers by the names the guide gives its code system maps. */
function tableNumbers(): Map<string, string> {
  const numbers = new Map<string, string>()
  for (const file of readdirSync(join(tables, 'codesystems'))) {
    const name = /^HL7 Concept Map_ ([^[ ]+)/.exec(file)?.[1]
    const table = /HL7(\d{4})/.exec(readFileSync(join(tables, 'codesystems', file), 'utf8'))?.[1]
    if (name && table) numbers.set(name, table)
  }
  return numbers
}
