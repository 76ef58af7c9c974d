// What the terminology room costs: load, memory, lookups, the coding pass per message. Medians of interleaved rounds; ratios to a plain Map and to JSON.
// Run: node bench/terminology.ts
import { spawnSync } from 'node:child_process'
import { r4 } from '../formats/fhir/model/r4.ts'
import { localSystem } from '../kernel/canonical.ts'
import type { ResourceIntent } from '../kernel/intent.ts'
import { must } from '../kernel/result.ts'
import { CodedMembers } from '../terminology/coded-members.ts'
import { StandardCodingPass } from '../terminology/coding-pass.ts'
import { loadTerminology, readSeeds } from '../terminology/load.ts'

const rounds = 9
if (process.argv[2] === 'load') loadOnce()
else run()

/** In a process of its own: load time and heap are those of a fresh thread. */
function loadOnce(): void {
  globalThis.gc?.()
  const heap = process.memoryUsage().heapUsed
  const start = performance.now()
  const read = readSeeds()
  const parsed = performance.now()
  const loaded = loadTerminology()
  const end = performance.now()
  globalThis.gc?.()
  const megabytes = (process.memoryUsage().heapUsed - heap) / 1e6
  process.stdout.write(JSON.stringify({ parse: parsed - start, load: end - parsed, megabytes, kept: loaded.ok && read.length > 0 }))
}

function run(): void {
  const loads = Array.from({ length: 5 }, () => {
    const child = spawnSync(process.execPath, ['--expose-gc', import.meta.filename, 'load'], { encoding: 'utf8' })
    return JSON.parse(child.stdout) as { parse: number; load: number; megabytes: number }
  })
  line(
    'load, checked',
    `${median(loads.map(l => l.load)).toFixed(1)} ms`,
    `${(median(loads.map(l => l.load)) / median(loads.map(l => l.parse))).toFixed(1)}x parsing the seeds`,
  )
  line('memory', `${median(loads.map(l => l.megabytes)).toFixed(1)} MB`, 'seeds kept twice in this measurement')

  const { dictionary, maps } = must(loadTerminology())
  const pass = new StandardCodingPass(maps, new CodedMembers(r4))
  const plain = new Map([['F', 1]])
  const oru = message(8)
  const measured = interleaved({
    plainMap: () => repeat(200_000, () => plain.get('F')),
    translate: () => repeat(200_000, () => maps.translate('v2-0001-to-administrative-gender', 'F')),
    validate: () => repeat(200_000, () => dictionary.validateCode('urn:oid:2.16.156.10011.2.3.1.1', '01')),
    search: () => repeat(100, () => dictionary.search({ text: '肺炎', limit: 20 })),
    initials: () => repeat(100, () => dictionary.search({ text: 'gxy', limit: 20 })),
    stringify: () => repeat(2_000, () => JSON.stringify(oru)),
    pass: () => repeat(2_000, () => pass.code(oru, 'bench')),
  })
  line('translate', `${(1e3 / measured.translate).toFixed(1)} M/s`, `${(measured.translate / measured.plainMap).toFixed(1)}x a Map lookup`)
  line('validateCode', `${(1e3 / measured.validate).toFixed(1)} M/s`, `${(measured.validate / measured.plainMap).toFixed(1)}x a Map lookup`)
  line(
    'search by text',
    `${Math.round(1e9 / measured.search)}/s`,
    `${(measured.search / 1e6).toFixed(2)} ms over ${codes(dictionary)} codes`,
  )
  line('search by initials', `${Math.round(1e9 / measured.initials)}/s`, '')
  line(
    'coding pass',
    `${(measured.pass / 1e3).toFixed(1)} µs per ORU of 8 Observations`,
    `${(measured.pass / measured.stringify).toFixed(2)}x JSON.stringify of the same`,
  )
}

function message(observations: number): ResourceIntent[] {
  const local = (code: string, display: string) => ({ coding: [{ system: localSystem('zjj-lis-item'), code, display }], text: display })
  const patient = {
    resourceType: 'Patient',
    name: [{ text: '王䶮' }],
    maritalStatus: { coding: [{ system: localSystem('zjj-his-marital'), code: '2' }] },
  }
  const observation = (code: string) => ({
    resourceType: 'Observation',
    status: 'final',
    category: [{ coding: [{ system: 'http://terminology.hl7.org/CodeSystem/observation-category', code: 'laboratory' }] }],
    code: local(code, '血红蛋白'),
    subject: { reference: 'Patient/1' },
    effectiveDateTime: '2026-01-02T08:00:00+08:00',
    valueQuantity: { value: 132, unit: 'g/L' },
    interpretation: [{ coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation', code: 'N' }] }],
    referenceRange: [{ low: { value: 115, unit: 'g/L' }, high: { value: 150, unit: 'g/L' }, text: '115-150' }],
  })
  const report = { resourceType: 'DiagnosticReport', status: 'final', code: local('CBC', '血常规'), subject: { reference: 'Patient/1' } }
  const contents = [patient, report, ...Array.from({ length: observations }, () => observation('HGB'))]
  return contents.map((content, i) => ({ type: content.resourceType, key: `${i}`, id: `${i}`, clears: [], standing: 'speak', content }))
}

/** Nanoseconds per call of each, median over rounds that take turns. */
function interleaved<Name extends string>(work: Record<Name, () => number>): Record<Name, number> {
  const names = Object.keys(work) as Name[]
  const samples = new Map(names.map(name => [name, [] as number[]]))
  for (let round = 0; round < rounds; round++) for (const name of names) samples.get(name)!.push(work[name]())
  return Object.fromEntries(names.map(name => [name, median(samples.get(name)!)])) as Record<Name, number>
}

function repeat(times: number, call: () => unknown): number {
  const start = process.hrtime.bigint()
  for (let i = 0; i < times; i++) call()
  return Number(process.hrtime.bigint() - start) / times
}

function codes(dictionary: { systems(): readonly { rows: readonly unknown[] }[] }): number {
  return dictionary.systems().reduce((sum, system) => sum + system.rows.length, 0)
}

function median(values: number[]): number {
  return values.sort((a, b) => a - b)[values.length >> 1]!
}

function line(what: string, figure: string, ratio: string): void {
  process.stdout.write(`${what.padEnd(20)} ${figure.padEnd(42)} ${ratio}\n`)
}
