// MLLP → durable FHIR in the repository, everything on: sustained rate with a bounded backlog, then acknowledgement latency at 70 % of that rate.
// Usage: node bench/pipeline.ts [seconds=30] [connections=32] [patients=5000]. The load generator runs on the same cores.
import { closeSync, fdatasyncSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { metric, startChild } from './child-server.ts'
import { message } from './hospital-mix.ts'
import { load, percentile } from './mllp-load.ts'

const [seconds = 30, connections = 32, patients = 5_000] = process.argv.slice(2).map(Number)
const directory = mkdtempSync(join(tmpdir(), 'huilian-bench-'))
const print = (text: string) => process.stdout.write(`${text}\n`)

const fsyncs = fsyncRate(directory)
const server = await startChild(join(directory, 'data'))
const made = new Map<string, number>()
const make = (n: number) => {
  const { kind, bytes } = message(n, patients, 'BENCH')
  made.set(kind, (made.get(kind) ?? 0) + 1)
  return bytes
}

await load({ port: server.mllpPort, connections, make, count: patients })
await drained()
const before = await settled()
const started = performance.now()
const run = await load({ port: server.mllpPort, connections, make, seconds, from: patients })
const backlogAtEnd = await metric(server, 'huilian_backlog_messages')
const during = (await settled()) - before
const loadSeconds = (performance.now() - started) / 1000
await drained()
const all = (await settled()) - before
const drainedSeconds = (performance.now() - started) / 1000
const rate = all / drainedSeconds
print(
  `mix ${[...made].map(([kind, count]) => `${kind} ${count}`).join(', ')}; ${connections} connections; fdatasync ${fsyncs.toFixed(0)}/s`,
)
print(`acknowledged ${(run.sent / run.seconds).toFixed(0)} msg/s (refused ${run.refused})`)
print(`stored ${(during / loadSeconds).toFixed(0)} msg/s while loading, backlog at end ${backlogAtEnd}`)
print(`sustained ${rate.toFixed(0)} msg/s from first to last stored = ${(rate / fsyncs).toFixed(2)} of the fdatasync rate`)
print(`ack under full load: p50 ${percentile(run.latenciesMs, 0.5).toFixed(1)} ms, p99 ${percentile(run.latenciesMs, 0.99).toFixed(1)} ms`)

const calmSeconds = Math.min(seconds, 60)
const calm = await load({
  port: server.mllpPort,
  connections,
  make,
  seconds: calmSeconds,
  rate: rate * 0.7,
  from: patients + run.sent + 1_000_000,
})
const calmAt = (share: number) => percentile(calm.latenciesMs, share).toFixed(1)
print(`ack at 70 % (${(rate * 0.7).toFixed(0)} msg/s): p50 ${calmAt(0.5)} ms, p99 ${calmAt(0.99)} ms, refused ${calm.refused}`)
await drained()
print(`resident ${((await metric(server, 'huilian_process_resident_memory_bytes')) / 1e6).toFixed(0)} MB, failed ${await failures()}`)
await server.stop()
rmSync(directory, { recursive: true, force: true })

async function settled(): Promise<number> {
  return metric(server, 'huilian_messages_settled_total')
}

async function drained(): Promise<void> {
  for (let still = 0; still < 3; ) {
    still = (await metric(server, 'huilian_backlog_messages')) === 0 ? still + 1 : 0
    await new Promise(resolve => setTimeout(resolve, 100))
  }
}

async function failures(): Promise<number> {
  const { messages } = await server.get<{ messages: unknown[] }>('/api/messages?status=failed&limit=200')
  return messages.length
}

/** The machine's own limit: 4 KB appends, each made durable. */
function fsyncRate(where: string): number {
  const file = openSync(join(where, 'fsync'), 'w')
  const block = Buffer.alloc(4096)
  const begun = performance.now()
  let count = 0
  for (; performance.now() - begun < 1_000; count++) {
    writeSync(file, block)
    fdatasyncSync(file)
  }
  closeSync(file)
  return (count * 1000) / (performance.now() - begun)
}
