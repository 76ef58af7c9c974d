// The message log: durable appends of 2 KB messages under 1, 8 and 64 senders beside what the disk itself gives in the same rounds, then recovery,
// search and memory with a large log. Run: npm run bench -- log [--seconds 1] [--rounds 5] [--megabytes 1024]
import { closeSync, constants, fdatasyncSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { MessageLog } from '#kernel/ports/log.ts'
import { must } from '#kernel/result.ts'
import { openMessageLog } from '../engine/log/message-log.ts'

const { values: flags } = parseArgs({
  options: { seconds: { type: 'string' }, rounds: { type: 'string' }, megabytes: { type: 'string' } },
})
const seconds = Number(flags.seconds ?? 1)
const rounds = Number(flags.rounds ?? 5)
const megabytes = Number(flags.megabytes ?? 1024)
const tenant = 'ZJJ'
const mebibyte = 1024 * 1024

type Rate = { readonly perSecond: number; readonly p50Ms: number; readonly p99Ms: number; readonly cpuMicros: number }

const message = Buffer.from(
  `MSH|^~\\&|HIS|ZJJ|HUILIAN|HL|20261123103000||ORU^R01|1|P|2.4\r${'OBX|1|NM|718-7^血红蛋白^LN||135|g/L|115-150|N|||F\r'.repeat(40)}`,
).subarray(0, 2048)
const header = JSON.stringify({ channel: 'zjj-lis', remote: '10.1.2.3', receivedAtMs: 1_795_000_000_000 })

const directory = mkdtempSync(join(process.env['BENCH_DIR'] ?? tmpdir(), 'huilian-bench-log-'))
try {
  await appends()
  await large()
} finally {
  rmSync(directory, { recursive: true, force: true })
}

/** Interleaved rounds; medians of them. */
async function appends(): Promise<void> {
  const cases: [what: string, run: () => Promise<Rate>][] = [
    ['disk: write, fdatasync', async () => rawWrites(false)],
    ['disk: write to O_DSYNC', async () => rawWrites(true)],
    ...[1, 8, 64, 512].map((senders): [string, () => Promise<Rate>] => [`log, ${senders} senders`, () => send(senders)]),
  ]
  const measured = new Map<string, Rate[]>()
  for (let round = 0; round < rounds; round++) {
    for (const [what, run] of cases) measured.set(what, [...(measured.get(what) ?? []), await run()])
  }
  say('', 'per second', 'p50 ms', 'p99 ms', 'CPU µs each', 'of fdatasync')
  const disk = median(measured.get(cases[0]![0])!.map(rate => rate.perSecond))
  for (const [what, rates] of measured) {
    const of = (name: keyof Rate) => median(rates.map(rate => rate[name]))
    const share = (of('perSecond') / disk).toFixed(2)
    say(what, of('perSecond').toFixed(0), of('p50Ms').toFixed(2), of('p99Ms').toFixed(2), of('cpuMicros').toFixed(0), `${share}×`)
  }
}

/** Every sender waits for its answer before it sends the next. */
async function send(senders: number): Promise<Rate> {
  const log = openMessageLog({ directory: join(directory, 'appends') })
  must(await log.append(tenant, header, message))
  const rate = await timed(async (until, latencies) => {
    const sender = async () => {
      while (performance.now() < until) {
        const sent = performance.now()
        must(await log.append(tenant, header, message))
        latencies.push(performance.now() - sent)
      }
    }
    await Promise.all(Array.from({ length: senders }, sender))
  })
  await log.close()
  return rate
}

async function rawWrites(syncsOnWrite: boolean): Promise<Rate> {
  const path = join(directory, 'raw')
  const file = openSync(path, constants.O_CREAT | constants.O_WRONLY | (syncsOnWrite ? constants.O_DSYNC : 0))
  const rate = await timed(async (until, latencies) => {
    while (performance.now() < until) {
      const before = performance.now()
      writeSync(file, message)
      if (!syncsOnWrite) fdatasyncSync(file)
      latencies.push(performance.now() - before)
    }
  })
  closeSync(file)
  rmSync(path)
  return rate
}

async function timed(work: (until: number, latencies: number[]) => Promise<void>): Promise<Rate> {
  const latencies: number[] = []
  const cpu = process.cpuUsage()
  const started = performance.now()
  await work(started + seconds * 1000, latencies)
  const elapsed = (performance.now() - started) / 1000
  const { user, system } = process.cpuUsage(cpu)
  latencies.sort((a, b) => a - b)
  const at = (share: number) => latencies[Math.floor((latencies.length - 1) * share)]!
  return { perSecond: latencies.length / elapsed, p50Ms: at(0.5), p99Ms: at(0.99), cpuMicros: (user + system) / latencies.length }
}

/** A log of a gigabyte: written by many senders, then opened as a start does. */
async function large(): Promise<void> {
  const count = Math.floor((megabytes * mebibyte) / (message.length + header.length + 36))
  const path = join(directory, 'large')
  const writing = openMessageLog({ directory: path })
  const started = performance.now()
  for (let sent = 0; sent < count; sent += 4096) {
    const batch = Array.from({ length: Math.min(4096, count - sent) }, () => writing.append(tenant, header, message))
    for (const appended of await Promise.all(batch)) must(appended)
  }
  await writing.close()
  const writtenMs = performance.now() - started
  say('')
  say(`log of ${megabytes} MB, ${count} messages`, 'ms', 'MB/s', 'resident MB')
  report('written, 4,096 at a time', writtenMs)
  await reopened(path, 'start: open, last 1,000 messages', log => scan(log, count - 1000))
  await reopened(path, 'start: open, every message', log => scan(log, 0))
  await reopened(
    path,
    'find a text in every message',
    async log => (await log.find(tenant, '没有的名字', { limit: 1, msMax: 600_000 })).seqs.length,
  )
}

async function reopened(path: string, what: string, work: (log: MessageLog) => Promise<number>): Promise<void> {
  const started = performance.now()
  const log = openMessageLog({ directory: path })
  await work(log)
  report(what, performance.now() - started)
  await log.close()
}

async function scan(log: MessageLog, afterSeq: number): Promise<number> {
  let bytes = 0
  for await (const record of log.scan(tenant, afterSeq)) bytes += record.bytes.length
  return bytes
}

function report(what: string, ms: number): void {
  say(what, ms.toFixed(0), ((megabytes / ms) * 1000).toFixed(0), (process.memoryUsage.rss() / mebibyte).toFixed(0))
}

function say(...cells: string[]): void {
  process.stdout.write(`${cells.map((cell, i) => (i === 0 ? cell.padEnd(36) : cell.padStart(14))).join('')}\n`)
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1]!
}
