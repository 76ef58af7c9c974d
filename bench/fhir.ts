// The FHIR surface over HTTP with keep-alive, against durable writes and an echo server of the same minutes (architecture, section 8).
// Beside rates it prints the CPU time a request takes of the server's process, all threads: neighbours on the machine change that least.
// Run: npm run bench -- fhir [--resources 20000] [--seconds 2] [--rounds 3] [--directory path of a loaded store]
import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { parseArgs } from 'node:util'
import { load, type Measured, open, type Request, type Target } from './fhir/load.ts'
import { durableWrites } from './fhir/machine.ts'
import { type Data, dataOf, loadBundles, type Measure, measuresOf } from './fhir/measures.ts'

const { values: flags } = parseArgs({
  args: process.argv.slice(2).filter(argument => argument !== 'fhir'),
  options: {
    resources: { type: 'string' },
    seconds: { type: 'string' },
    rounds: { type: 'string' },
    directory: { type: 'string' },
    only: { type: 'string' },
  },
})
const resources = Number(flags.resources ?? 20_000)
const seconds = Number(flags.seconds ?? 2)
const rounds = Number(flags.rounds ?? 3)
const say = (line: string): void => void process.stdout.write(`${line}\n`)

type Running = Target & { readonly child: ChildProcess }
/** `cpuMicros`: of the server, per request. */
type Run = Measured & { readonly cpuMicros: number }

/** User and system time of a process so far, microseconds; only where /proc says it, in steps of 10 ms (proc_pid_stat(5), fields 14 and 15). */
function cpuMicrosOf({ pid }: ChildProcess): number {
  const path = `/proc/${pid}/stat`
  if (!existsSync(path)) return Number.NaN
  const stat = readFileSync(path, 'utf8')
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return (Number(fields[11]) + Number(fields[12])) * 10_000
}

async function measured(target: Running, connections: number, duration: number, next: (n: number) => Request): Promise<Run> {
  const before = cpuMicrosOf(target.child)
  const run = await load(target, connections, duration, next)
  return { ...run, cpuMicros: (cpuMicrosOf(target.child) - before) / run.count }
}

async function start(file: string, ...args: string[]): Promise<Running> {
  const child = spawn(process.execPath, [resolve(import.meta.dirname, file), ...args], { stdio: ['pipe', 'pipe', 'inherit'] })
  for await (const line of createInterface({ input: child.stdout })) return { ...(JSON.parse(line) as Target), child }
  throw new Error(`${file} did not start`)
}

async function fill(target: Target, data: Data): Promise<void> {
  const line = await open(target)
  const started = performance.now()
  let sent = 0
  for (const body of loadBundles(data)) {
    const reply = await line.ask({ method: 'POST', path: '/fhir', body })
    if (reply.status !== 200) throw new Error(reply.text().slice(0, 500))
    sent += body.split('"request":').length - 1
  }
  line.close()
  const elapsed = (performance.now() - started) / 1000
  say(`loaded ${sent} resources in ${elapsed.toFixed(1)} s: ${Math.round(sent / elapsed)}/s`)
}

const median = (numbers: readonly number[]): number => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)]!

function row(name: string, connections: string, runs: readonly Run[], ratio: string, perRequest = 1): string {
  const cells = [
    name.padEnd(34),
    connections.padStart(5),
    Math.round(median(runs.map(run => run.perSecond)) * perRequest)
      .toString()
      .padStart(8),
    median(runs.map(run => run.p50Ms))
      .toFixed(2)
      .padStart(8),
    median(runs.map(run => run.p99Ms))
      .toFixed(2)
      .padStart(8),
    (median(runs.map(run => run.bytes / run.count)) / 1024).toFixed(1).padStart(8),
    median(runs.map(run => run.cpuMicros))
      .toFixed(0)
      .padStart(8),
    ratio.padStart(22),
  ]
  const failures = runs.reduce((sum, run) => sum + run.failures, 0)
  return cells.join(' ') + (failures > 0 ? `  ${failures} FAILED` : '')
}

/** Writes are compared by what they take beyond one durable write, the rest by the rate of an echo. */
function ratioOf({ against }: Measure, runs: readonly Measured[], durable: readonly Measured[], echo: readonly Measured[]): string {
  if (against === 'durable write') {
    const extra = median(runs.map(run => run.p50Ms)) - median(durable.map(run => run.p50Ms))
    return `durable + ${extra.toFixed(2)} ms`
  }
  return `${(median(runs.map(run => run.perSecond)) / median(echo.map(run => run.perSecond))).toFixed(2)} of echo`
}

const directory = flags.directory ?? mkdtempSync(join(tmpdir(), 'huilian-bench-fhir-'))
mkdirSync(directory, { recursive: true })
const data = dataOf(resources)
const file = join(directory, 'tenants/DEFAULT/store.db')
const loaded = existsSync(file) && statSync(file).size > 1024 * 1024
const fhir = await start('fhir/server.ts', directory)
const echo = await start('fhir/machine.ts')
if (!loaded) await fill(fhir, data)

const durable: Run[] = []
const echoes = new Map<number, Run[]>()
const results = new Map<string, { measure: Measure; runs: Run[] }>()
for (let round = 0; round < rounds; round++) {
  durable.push({ ...durableWrites(directory, Math.min(1, seconds)), cpuMicros: Number.NaN })
  for (const connections of [1, 4, 8, 32]) {
    const run = await measured(echo, connections, Math.min(1, seconds), () => ({ method: 'GET', path: '/' }))
    echoes.set(connections, [...(echoes.get(connections) ?? []), run])
  }
  for (const measure of measuresOf(data, 10_000_000 + round * 1000)) {
    if (flags.only && !measure.name.includes(flags.only)) continue
    const key = `${measure.name} ${measure.connections}`
    const entry = results.get(key) ?? { measure, runs: [] }
    results.set(key, entry)
    entry.runs.push(await measured(fhir, measure.connections, seconds, measure.next))
  }
}

say(`${'measure'.padEnd(34)} conns   per s    p50 ms   p99 ms       KB   CPU µs                  ratio`)
say(row('durable write of 4 KB', '', durable, ''))
for (const [connections, runs] of echoes) say(row('echo of 1.7 KB', String(connections), runs, ''))
for (const { measure, runs } of results.values()) {
  const ratio = ratioOf(measure, runs, durable, echoes.get(measure.connections) ?? [])
  say(row(measure.name, String(measure.connections), runs, ratio, measure.resources))
}
say(`store: ${(statSync(file).size / 1024 / 1024).toFixed(0)} MB`)
for (const { child } of [fhir, echo]) {
  child.stdin!.end()
  await new Promise(done => child.once('exit', done))
}
if (!flags.directory) rmSync(directory, { recursive: true })
