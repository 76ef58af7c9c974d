// A chaos run: mixed messages of four hospital systems over real sockets, the process killed at random moments, then everything compared.
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Random } from '#adapters/content/random.ts'
import type { Simulator } from '#adapters/content/simulator.ts'
import type { Intent } from '#adapters/content/statement.ts'
import { simulator as qpjwHis } from '#adapters/qpjw-his/simulator.ts'
import { simulator as zjjHis } from '#adapters/zjj-his/simulator.ts'
import { simulator as zjjLis } from '#adapters/zjj-lis/simulator.ts'
import { simulator as zjjPacs } from '#adapters/zjj-pacs/simulator.ts'
import { ManualClock } from '#kernel/clock.ts'
import { type ChildServer, metric, startChild } from '../child-server.ts'
import { forgetUnsynced } from '../lossy/undo.ts'
import { type Senders, type Story, startSenders } from './senders.ts'
import { type Verdict, verifyLedger, verifyWorld } from './verify.ts'

export type Storm = {
  readonly messages: number
  readonly kills: number
  readonly seed: string
  /** Path of the compiled bench/lossy/lossy.c: unsynced writes are forgotten at every kill. */
  readonly lossy?: string
  readonly onLine: (line: string) => void
}

const systems: { tenant: string; system: string; simulator: Simulator }[] = [
  { tenant: 'ZJJ', system: 'zjj-his', simulator: zjjHis },
  { tenant: 'ZJJ', system: 'zjj-lis', simulator: zjjLis },
  { tenant: 'ZJJ', system: 'zjj-pacs', simulator: zjjPacs },
  { tenant: 'QPJW', system: 'qpjw-his', simulator: qpjwHis },
]
const adapters = fileURLToPath(new URL('../../adapters/', import.meta.url))
/** A fixed past moment, so that a seed names the same storm for ever. */
const storyNowMs = Date.UTC(2026, 10, 20, 4)

export async function runStorm(storm: Storm): Promise<Verdict> {
  const directory = mkdtempSync(join(tmpdir(), 'huilian-chaos-'))
  const ports = { http: await freePort(), mllp: await freePort() }
  const journal = join(directory, 'unsynced')
  const data = join(directory, 'data')
  const start = () =>
    startChild(data, {
      HUILIAN_CHANNELS_DIR: adapters,
      HUILIAN_HTTP_PORT: String(ports.http),
      HUILIAN_MLLP_PORT: String(ports.mllp),
      ...(storm.lossy ? { LD_PRELOAD: storm.lossy, LOSSY_DIR: data, LOSSY_JOURNAL: journal } : {}),
    })
  const stories = tell(storm)
  let server = await start()
  const random = new Random(`${storm.seed}/kills`)
  const total = stories.reduce((sum, story) => sum + story.messages.length, 0)
  const senders = startSenders(stories, () => ports.mllp)
  for (const at of moments(random, storm.kills, total)) {
    await until(() => senders.acknowledged() >= at)
    await new Promise(resolve => setTimeout(resolve, random.integer(0, 200)))
    await server.stop('SIGKILL')
    const lost = storm.lossy ? forgetUnsynced(journal, random.chance(0.5) ? 0 : random.integer(0, 100) / 100) : 0
    storm.onLine(`killed after ${senders.acknowledged()} acknowledgements${storm.lossy ? `, ${lost} unsynced writes forgotten` : ''}`)
    server = await start()
  }
  await senders.done
  await drained(server)
  const verdict = await verify(server, senders, stories, storm)
  await server.stop()
  rmSync(directory, { recursive: true, force: true })
  return verdict
}

/** The first messages of every system's story, in shares as the story has them. */
function tell({ messages, seed }: Storm): Story<Intent>[] {
  const clock = new ManualClock(storyNowMs)
  const days = Math.max(2, Math.ceil(messages / 500))
  const told = systems.map(({ system, simulator }) => {
    const all: Story<Intent>['messages'][number][] = []
    for (const message of simulator(seed, clock, { historyDays: days, historyPerDay: 40, livePerDay: 1 })) {
      if (message.delayMs > 0) break
      all.push(message)
    }
    return { system, messages: all }
  })
  const total = told.reduce((sum, story) => sum + story.messages.length, 0)
  return told.map(story => ({
    ...story,
    messages: story.messages.slice(0, Math.ceil((story.messages.length * messages) / Math.max(total, messages))),
  }))
}

function moments(random: Random, kills: number, total: number): number[] {
  return Array.from({ length: kills }, () => random.integer(1, Math.max(1, total - 1))).sort((a, b) => a - b)
}

async function verify(server: ChildServer, senders: Senders, stories: readonly Story<Intent>[], storm: Storm): Promise<Verdict> {
  storm.onLine(`${senders.acknowledged()} acknowledged, ${senders.unanswered()} sent again after no answer`)
  const verdicts = [await verifyLedger(server, senders.ledger)]
  for (const tenant of new Set(systems.map(each => each.tenant))) {
    const intents = stories
      .filter(story => systems.find(each => each.system === story.system)!.tenant === tenant)
      .flatMap(story => story.messages.map(message => message.intent))
    verdicts.push(await verifyWorld(server, tenant, intents))
  }
  const checked: Record<string, number> = {}
  for (const verdict of verdicts) for (const [what, count] of Object.entries(verdict.checked)) checked[what] = (checked[what] ?? 0) + count
  return { checked, differences: verdicts.flatMap(verdict => verdict.differences) }
}

async function drained(server: ChildServer): Promise<void> {
  for (let still = 0; still < 3; ) {
    still = (await metric(server, 'huilian_backlog_messages')) === 0 ? still + 1 : 0
    await new Promise(resolve => setTimeout(resolve, 200))
  }
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise(resolve => setTimeout(resolve, 5))
}

function freePort(): Promise<number> {
  return new Promise(resolve => {
    const server = createServer()
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number }
      server.close(() => resolve(port))
    })
  })
}
