// The embedded store: cost of a stored Observation by group size, reads, searches and bytes on disk, beside what the disk itself gives in the same run.
// Run: npm run bench -- storage [resources=100000] [patients=5000]; resources=1000000 for the figures at a million.
import { closeSync, fdatasyncSync, mkdtempSync, openSync, rmSync, statSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { systemClock } from '#kernel/clock.ts'
import type { Reader } from '#kernel/ports/storage.ts'
import { must } from '#kernel/result.ts'
import { systemPrincipal } from '#kernel/tenant.ts'
import { openStorage } from '../platform/storage/embedded/open-storage.ts'
import type { OwnedStorage } from '../platform/storage/embedded/owned-storage.ts'
import { loincOf, order, patientId, seeded, testsPerPatient } from './storage-sample.ts'

const settings = Object.fromEntries(
  process.argv.slice(2).flatMap(word => (word.includes('=') ? [word.split('=') as [string, string]] : [])),
)
const resources = Number(settings['resources'] ?? 100_000)
const patients = Number(settings['patients'] ?? Math.max(1_000, resources / 20))
const tenant = 'ZJJ'
const say = (...cells: (string | number)[]): void =>
  void process.stdout.write(`${cells.map((cell, i) => String(cell).padEnd(i === 0 ? 44 : 26)).join('')}\n`)

const directory = mkdtempSync(join(process.env['BENCH_DIR'] ?? tmpdir(), 'huilian-bench-'))
const random = seeded(1)
let written = 0
const observationIds: string[] = []

try {
  const storage = must(await openStorage({ directory, clock: systemClock }))
  must(await storage.openTenant(tenant))
  await preload(storage)
  await writes(storage)
  await reads(storage.reader({ principal: systemPrincipal('bench'), tenants: [tenant] }))
  await storage.close()
  say('bytes on disk per Observation', (statSync(join(directory, 'tenants', tenant, 'store.db')).size / written).toFixed(0))
} finally {
  rmSync(directory, { recursive: true, force: true })
}

async function preload(storage: OwnedStorage): Promise<void> {
  let cpu = 0
  let ms = 0
  while (written < resources) {
    const all = make(200, 5)
    const start = process.cpuUsage()
    const startMs = performance.now()
    await commitAll(storage, all)
    cpu += cpuSince(start)
    ms += performance.now() - startMs
  }
  say(`load of ${written}, 5 per commit`, `${(cpu / written).toFixed(1)} µs CPU each`, `${Math.round((written / ms) * 1000)}/s`)
}

/** Interleaved rounds of every group size; medians. */
async function writes(storage: OwnedStorage): Promise<void> {
  const syncs: number[] = []
  const rounds: Record<string, { cpu: number; rate: number }[]> = {}
  const shapes: [what: string, commits: number, each: number, times: number][] = [
    ['1,000 at once, 1 per commit', 1000, 1, 5],
    ['100 at once, 1 per commit', 100, 1, 20],
    ['1 at once, 1 per commit', 1, 1, 300],
    ['200 at once, 7 per commit', 200, 7, 5],
    ['20 at once, 7 per commit', 20, 7, 20],
    ['1 commit of 1,000', 1, 1000, 5],
  ]
  for (let round = 0; round < 5; round++) {
    syncs.push(rawSyncs())
    for (const [what, commits, each, times] of shapes) {
      const batches = Array.from({ length: times }, () => make(commits, each))
      const start = process.cpuUsage()
      const startMs = performance.now()
      for (const batch of batches) await commitAll(storage, batch)
      const count = times * commits * each
      ;(rounds[what] ??= []).push({ cpu: cpuSince(start) / count, rate: (count / each / (performance.now() - startMs)) * 1000 })
    }
  }
  const disk = median(syncs)
  say('disk: 4 KB append + fdatasync', `${Math.round(disk)}/s`)
  for (const [what] of shapes) {
    const cpu = median(rounds[what]!.map(one => one.cpu))
    const rate = median(rounds[what]!.map(one => one.rate))
    say(what, `${cpu.toFixed(1)} µs CPU/Observation`, `${Math.round(rate)} commits/s`, `${(rate / disk).toFixed(2)}x the disk's syncs`)
  }
}

async function reads(reader: Reader): Promise<void> {
  const pick = seeded(2)
  await measure('read by id', 5_000, async () => {
    const put = observationIds[pick(observationIds.length)]!
    return must(await reader.read([{ type: 'Observation', id: put }])).length
  })
  const newest = (count: number) => async () =>
    must(
      await reader.search({
        type: 'Observation',
        where: {
          op: 'and',
          of: [
            { op: 'patient', ids: [patientId(pick(patients))] },
            { op: 'token', param: 'code', system: 'http://loinc.org', code: loincOf(pick(testsPerPatient)) },
          ],
        },
        sort: [{ param: 'date', kind: 'when', descending: true }],
        count,
        total: 'none',
        at: {},
      }),
    ).entries.length
  await measure('patient + code, newest 50', 3_000, newest(50))
  await measure(
    'patient, newest 50',
    3_000,
    async () =>
      must(
        await reader.search({
          type: 'Observation',
          where: { op: 'patient', ids: [patientId(pick(patients))] },
          sort: [{ param: 'date', kind: 'when', descending: true }],
          count: 50,
          total: 'none',
          at: {},
        }),
      ).entries.length,
  )
  await measure(
    'identifier',
    3_000,
    async () =>
      must(
        await reader.search({
          type: 'Observation',
          where: { op: 'token', param: 'identifier', code: `LAB${20_260_000_000 + pick(written)}` },
          sort: [],
          count: 20,
          total: 'none',
          at: {},
        }),
      ).entries.length,
  )
  await measure(
    'chart of a patient, first 200',
    1_000,
    async () => must(await reader.compartment({ patients: [patientId(pick(patients))], count: 200, at: {} })).entries.length,
  )
}

type Puts = ReturnType<typeof order>

function make(commits: number, each: number): Puts[] {
  const all = Array.from({ length: commits }, () => order((written += each) - each, each, patients, random))
  for (const puts of all) if (observationIds.length < 200_000) observationIds.push(puts[0]!.id)
  return all
}

async function commitAll(storage: OwnedStorage, all: readonly Puts[]): Promise<void> {
  const cause = { by: 'system:bench', message: written }
  for (const one of await Promise.all(all.map(resources => storage.commit({ tenant, cause, resources })))) must(one)
}

async function measure(what: string, times: number, work: () => Promise<number>): Promise<void> {
  const micros: number[] = []
  let entries = 0
  for (let i = 0; i < times / 10; i++) await work()
  for (let i = 0; i < times; i++) {
    const start = performance.now()
    entries += await work()
    micros.push((performance.now() - start) * 1000)
  }
  micros.sort((a, b) => a - b)
  const mean = micros.reduce((sum, one) => sum + one, 0) / times
  say(
    what,
    `p50 ${micros[times >> 1]!.toFixed(0)} µs`,
    `p99 ${micros[Math.floor(times * 0.99)]!.toFixed(0)} µs`,
    `${Math.round(1e6 / mean)}/s, ${(entries / times).toFixed(1)} entries`,
  )
}

/** Appends of 4 KB, each synced. */
function rawSyncs(): number {
  const path = join(directory, 'raw')
  const file = openSync(path, 'w')
  const page = Buffer.alloc(4096, 1)
  const start = performance.now()
  const times = 300
  for (let i = 0; i < times; i++) {
    writeSync(file, page, 0, page.length, i * page.length)
    fdatasyncSync(file)
  }
  closeSync(file)
  rmSync(path)
  return (times / (performance.now() - start)) * 1000
}

/** Of the whole process, the writer's thread included. */
function cpuSince(start: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(start)
  return user + system
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1]!
}
