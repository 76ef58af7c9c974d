// Shared documents: a laboratory report of the samples prepared, written as CDA, and checked; JSON.stringify of its resources is the yardstick.
// CPU time of one core, interleaved, medians. Run: npm run bench -- documents
import { must } from '#kernel/result.ts'
import { reportResources } from '#mappings/cda/sample-report.ts'
import { prepareSample, reportSamples, sampleIdentity } from '#mappings/cda/samples.ts'
import { loadTerminology } from '#terminology/load.ts'
import { openHouseDocuments } from '../house-documents.ts'

const { writers, checker } = must(openHouseDocuments(must(loadTerminology())))
const writer = writers.find(({ code }) => code === 'C0007')!
const resources = reportResources(reportSamples[0]!.report)
const written = must(prepareSample(writer, resources).write(sampleIdentity)).xml
const bytes = Buffer.from(written)

const steps: Record<string, () => unknown> = {
  'JSON.stringify': () => JSON.stringify(resources),
  prepare: () => prepareSample(writer, resources),
  'prepare and write': () => must(prepareSample(writer, resources).write(sampleIdentity)).xml.length,
  check: () => checker.check(bytes).findings.length,
}

const rounds = 15
const turnMs = 150
const times = new Map<string, number[]>(Object.keys(steps).map(name => [name, []]))
for (let round = 0; round < rounds; round++) for (const [name, step] of Object.entries(steps)) times.get(name)!.push(microseconds(step))

process.stdout.write(`a report of ${resources.length} resources, a document of ${bytes.length} bytes\n`)
const base = median(times.get('JSON.stringify')!)
for (const [name, values] of times)
  process.stdout.write(
    `${name.padEnd(18)} ${median(values).toFixed(0).padStart(6)} µs  ${(median(values) / base).toFixed(1)}× JSON.stringify\n`,
  )

function microseconds(step: () => unknown): number {
  const before = process.cpuUsage()
  const until = performance.now() + turnMs
  let turns = 0
  for (; performance.now() < until; turns++) step()
  const spent = process.cpuUsage(before)
  return (spent.user + spent.system) / turns
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!
}
