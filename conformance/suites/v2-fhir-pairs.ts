// Public pairs of HL7 v2 messages and FHIR bundles: what share of the expected clinical leaves the base plans make, or as many resources of each type.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Platform, startPlatform } from './platform.ts'
import type { CaseResult, Suite } from './suite.ts'
import { type Bundle, leavesOf } from './v2-fhir-pairs-leaves.ts'

export const v2FhirPairs: Suite = { name: 'HL7 v2 to FHIR pairs', folder: 'v2-fhir-pairs', run }

type Pair = { readonly name: string; readonly message: Buffer; readonly judge: (made: Bundle) => CaseResult }
type Preview = { readonly bundle?: Bundle; readonly faults?: readonly { readonly text: string }[]; readonly title?: string }

const differencesShown = 6

const noPartOfInstant = 'datatypes.html#instant: an instant is at least a second; a month or a year makes none'

/** Cases that ask for what FHIR R4 does not allow. */
const contradictions: Readonly<Record<string, string>> = {
  'dtm-month-precision-to-instant': noPartOfInstant,
  'dtm-year-precision-to-instant': noPartOfInstant,
  xtn_23_xtn18_has_negative_value: 'datatypes.html#positiveInt: ContactPoint.rank is 1 or more',
}

async function run(folder: string): Promise<readonly CaseResult[]> {
  const platform = await startPlatform()
  try {
    const results: CaseResult[] = []
    for (const pair of [...leafPairs(join(folder, 'microsoft')), ...leafPairs(join(folder, 'cdc-ig-mapping')), ...countPairs(folder)]) {
      results.push(await judged(pair, platform))
    }
    return results
  } finally {
    platform.stop()
  }
}

async function judged({ name, message, judge }: Pair, { api, token }: Platform): Promise<CaseResult> {
  const response = await fetch(`${api}/mappings/preview?source=hl7v2`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/octet-stream', 'accept-language': 'en' },
    body: new Uint8Array(message),
  })
  const made = (await response.json()) as Preview
  if (made.bundle?.entry?.length) return judge(made.bundle)
  return { name, passed: false, detail: `not mapped: ${made.title ?? made.faults?.map(({ text }) => text).join('; ')}` }
}

/** `x.hl7` beside `x.fhir` or `x.expected.json`, in folders of any depth. */
function leafPairs(folder: string): Pair[] {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(file => file.endsWith('.hl7'))
    .sort()
  return files.map(file => {
    const name = `${folder.split('/').at(-1)}/${file.replace(/\.hl7$/, '')}`
    const beside = ['.fhir', '.expected.json'].map(ending => join(folder, file.replace(/\.hl7$/, ending)))
    const expected = JSON.parse(readFirst(beside)) as Bundle
    return { name, message: readFileSync(join(folder, file)), judge: made => byLeaves(name, leavesOf(expected), leavesOf(made)) }
  })
}

function readFirst(files: readonly string[]): string {
  for (const file of files) {
    try {
      return readFileSync(file, 'utf8')
    } catch {
      // The other ending.
    }
  }
  throw new Error(`there is none of ${files.join(', ')}`)
}

function byLeaves(name: string, expected: ReadonlySet<string>, made: ReadonlySet<string>): CaseResult {
  const missing = [...expected].filter(leaf => !made.has(leaf))
  const share = expected.size === 0 ? 1 : 1 - missing.length / expected.size
  if (missing.length === 0) return { name, passed: true, share }
  const shown = missing.slice(0, differencesShown).join('; ')
  const more = missing.length > differencesShown ? `; and ${missing.length - differencesShown} more` : ''
  const clause = contradictions[name.split('/').at(-1)!]
  const detail = `${missing.length} of ${expected.size} leaves missing: ${shown}${more}`
  return { name, passed: false, share, detail, ...(clause ? { clause } : {}) }
}

function countPairs(folder: string): Pair[] {
  const lines = readFileSync(join(folder, 'linuxforhealth/cases.jsonl'), 'utf8')
    .split('\n')
    .filter(line => line !== '')
  return lines.map(line => {
    const {
      id,
      message,
      expected_counts: expected,
    } = JSON.parse(line) as {
      id: string
      message: string
      expected_counts: Record<string, number>
    }
    const name = `linuxforhealth/${id}`
    return { name, message: Buffer.from(message), judge: made => byCounts(name, expected, made) }
  })
}

function byCounts(name: string, expected: Readonly<Record<string, number>>, made: Bundle): CaseResult {
  const counts = Map.groupBy(made.entry ?? [], ({ resource }) => String(resource?.['resourceType']))
  const wrong = Object.entries(expected).filter(([type, count]) => (counts.get(type)?.length ?? 0) !== count)
  const share = 1 - wrong.length / Math.max(1, Object.keys(expected).length)
  const detail = wrong.map(([type, count]) => `${counts.get(type)?.length ?? 0} ${type}, not ${count}`).join('; ')
  return wrong.length === 0 ? { name, passed: true, share } : { name, passed: false, share, detail }
}
