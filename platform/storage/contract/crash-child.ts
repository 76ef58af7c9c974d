// The process that is killed: commits without end, fifty at a time, and says which ones it was told are durable. It ends when one is refused, saying why.
import { writeSync } from 'node:fs'
import { ManualClock } from '#kernel/clock.ts'
import { must } from '#kernel/result.ts'
import { resourcesPerCommit } from './crash.ts'
import type { Engine } from './engine.ts'
import { commitOf, Ledger } from './ledger.ts'

const [module, directory] = process.argv.slice(2)
const commitsAtOnce = 50
const { engine } = (await import(module!)) as { engine: Engine }
const storage = must(await engine.open({ directory: directory!, clock: new ManualClock(0) }))
must(await storage.openTenant('ZJJ'))

const envelope = {
  tenant: 'ZJJ',
  channel: 'c',
  source: 'ZJJ-HIS',
  facility: 'ZJJ',
  format: 'hl7v2',
  type: 'ADT^A01',
  controlId: '',
  receivedAtMs: 0,
  remote: '',
  charset: 'utf-8',
  position: { segment: 1, offset: 0, length: 1 },
  orderKeys: [],
  tags: [],
  ack: 'AA',
  duplicateKey: '',
  faults: [],
} as const

async function commitOne(number: number): Promise<void> {
  const seq = number + 1
  const changes = Array.from({ length: resourcesPerCommit }, (_, i) => ({
    type: 'Observation',
    id: `c${number}-${i}`,
    rows: {
      entries: [{ kind: 'token' as const, param: 'status', system: '', code: 'final' }],
      patients: [`p${number % 7}`],
      codes: [],
      whenMs: i,
    },
  }))
  const commit = commitOf('ZJJ', new Ledger().puts(changes), {
    cause: { by: 'system:test', message: seq },
    receives: [{ ...envelope, seq, status: 'received' }],
    advances: [{ seq, attempt: 0, status: 'processed', faults: [] }],
    claims: [{ key: `k${number}`, holder: 'x' }],
    deliveries: [{ id: `d${number}`, destination: 'out', key: 'k', message: seq, controlId: '', dueAtMs: 0 }],
  })
  const done = await storage.commit(commit)
  writeSync(1, `${done.ok ? number : done.fault.code}\n`)
  if (!done.ok) process.exit(3)
}

for (let number = 0; ; number += commitsAtOnce) await Promise.all(Array.from({ length: commitsAtOnce }, (_, i) => commitOne(number + i)))
