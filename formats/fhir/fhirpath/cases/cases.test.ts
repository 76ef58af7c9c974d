// The specification's sections as cases: each line is an expression and what it gives, printed as FHIRPath would write it.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import { parse } from 'yaml'
import { ManualClock } from '#kernel/clock.ts'
import { must } from '#kernel/result.ts'
import { ExactDecimal } from '../../decimal.ts'
import { parseResource } from '../../json/read.ts'
import { compile, type Evaluated } from '../expression.ts'
import type { TypedValue } from '../values/typed-value.ts'

type Case = readonly [expression: string, expected: string]
type Section = { readonly on?: string; readonly mode?: 'strict' | 'lenient'; readonly cases: readonly Case[] }

const folder = import.meta.dirname
const read = (file: string) => parse(readFileSync(join(folder, file), 'utf8'))
const subjects = Object.fromEntries(
  Object.entries(read('subjects.yaml') as Record<string, object>).map(([name, json]) => [name, must(parseResource(JSON.stringify(json)))]),
)
const clock = new ManualClock(Date.UTC(2026, 10, 23, 16, 5, 6, 789))

/** `1`, `'text'`, `@2014-01`, `code male`, `HumanName {…}`; `{}` for nothing. */
function print({ values, needs }: Evaluated): string {
  const printed = values.map(printValue).join(', ') || '{}'
  return needs.length === 0 ? printed : `${printed} needs ${needs.map(need => need.kind).join(', ')}`
}

function printValue({ type, value }: TypedValue): string {
  const text = value instanceof ExactDecimal ? value.toPlainString() : typeof value === 'object' ? JSON.stringify(value) : String(value)
  switch (type) {
    case 'System.String':
      return `'${text}'`
    case 'System.Date':
    case 'System.DateTime':
      return `@${text}`
    case 'System.Time':
      return `@T${text}`
    case 'System.Long':
      return `${text}L`
    case 'System.Quantity':
      return String(value)
    default:
      return type.startsWith('System.') ? text : `${type} ${text}`
  }
}

function evaluate(expression: string, { on = 'patient', mode }: Section): string {
  const compiled = compile(expression, { type: String(subjects[on]!['resourceType']), mode: mode ?? 'standard' })
  const result = compiled.ok ? compiled.value.run(subjects[on], { clock }) : compiled
  return result.ok ? print(result.value) : `! ${result.fault.code} ${result.fault.at}`
}

/** Expected faults may leave out where. */
function agrees(actual: string, expected: string): boolean {
  return actual === expected || (expected.startsWith('!') && actual.startsWith(`${expected} `))
}

const files = readdirSync(folder).filter(name => name.endsWith('.yaml') && name !== 'subjects.yaml')
const machineZone = process.env['TZ']

for (const zone of ['UTC', 'Asia/Shanghai', 'America/New_York']) {
  describe(`FHIRPath on a machine in ${zone}`, () => {
    before(() => {
      process.env['TZ'] = zone
    })
    after(() => {
      if (machineZone === undefined) delete process.env['TZ']
      else process.env['TZ'] = machineZone
    })
    for (const file of files) {
      for (const [title, section] of Object.entries(read(file) as Record<string, Section>)) {
        it(`${file.replace('.yaml', '')}: ${title}`, () => expect(wrongCases(section).join('\n')).to.equal(''))
      }
    }
  })
}

function wrongCases(section: Section): string[] {
  return section.cases
    .map(([expression, expected]) => ({ expression, expected, actual: evaluate(expression, section) }))
    .filter(({ actual, expected }) => !agrees(actual, expected))
    .map(({ expression, expected, actual }) => `${expression} → ${actual}, not ${expected}`)
}
