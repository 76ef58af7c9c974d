// Crashes and full disks: a process is killed while it commits, or may write no more; what it was told is durable is there, and nothing is there by half.
import { type ChildProcess, spawn } from 'node:child_process'
import { expect } from 'chai'
import { ManualClock } from '#kernel/clock.ts'
import type { Storage } from '#kernel/ports/storage.ts'
import { must } from '#kernel/result.ts'
import { systemPrincipal } from '#kernel/tenant.ts'
import { Bench, codeOf, type Engine } from './engine.ts'

const scope = { principal: systemPrincipal('test'), tenants: ['ZJJ'] }
/** Acknowledged commits after which the process is killed; what was sent meanwhile is at every stage. */
const killsAfter = [1, 40, 150, 400]
export const resourcesPerCommit = 5
/** Blocks of 512 or 1,024 bytes, as the shell counts: some hundred commits. */
const fileBlocksMax = 2_000

export function crashContract(engine: Engine): void {
  describe('after a crash', () => {
    const bench = new Bench(engine, new ManualClock(0))

    for (const acknowledgedMin of killsAfter) {
      it(`keeps every commit it acknowledged, and none by half (${acknowledgedMin})`, async () => {
        const child = start(engine, bench.directory)
        const { acknowledged } = await linesUntil(child, acknowledgedMin)
        await expectKept(await bench.open([]), acknowledged)
      }).timeout(30_000)
    }

    it('lets go of the directory, which nobody else could open meanwhile', async () => {
      const child = start(engine, bench.directory)
      let others: string | undefined
      await linesUntil(child, 1, async () => {
        others = codeOf(await engine.open({ directory: bench.directory, clock: new ManualClock(0) }))
      })
      expect(others).to.equal('store.locked')
      expect((await bench.open([])).tenants()).to.deep.equal(['ZJJ'])
    }).timeout(30_000)
  })

  if (process.platform !== 'win32') fullDiskContract(engine)
}

function fullDiskContract(engine: Engine): void {
  describe('on a disk that takes no more', () => {
    const bench = new Bench(engine, new ManualClock(0))

    it('refuses what it cannot keep, and keeps what it acknowledged', async () => {
      const { acknowledged, refusal } = await linesUntil(start(engine, bench.directory, fileBlocksMax), Number.POSITIVE_INFINITY)
      expect(refusal).to.be.oneOf(['store.full', 'store.sync-failed'])
      expect(acknowledged.length).to.be.greaterThan(0)
      const storage = await bench.open([])
      await expectKept(storage, acknowledged)
      must(await storage.commit({ tenant: 'ZJJ', cause: { by: 'test' }, claims: [{ key: 'again', holder: 'x' }] }))
    }).timeout(30_000)
  })
}

/** Every acknowledged commit whole, every other whole or not at all. */
async function expectKept(storage: Storage, acknowledged: readonly number[]): Promise<void> {
  const reader = storage.reader(scope)
  const { ZJJ: t } = must(await reader.now())
  expect(t).to.be.at.least(acknowledged.length)
  for (let number = 0; number <= acknowledged.length + 1000; number++) {
    const wanted = Array.from({ length: resourcesPerCommit }, (_, i) => ({ type: 'Observation', id: `c${number}-${i}` }))
    const there = must(await reader.read(wanted)).filter(stored => stored !== undefined).length
    const known = must(await reader.message('ZJJ', number + 1))
    const delivery = must(await reader.deliveries({ message: number + 1, limit: 9 }))
    const claim = must(await reader.claims('ZJJ', [`k${number}`]))[0]
    const parts = [there === resourcesPerCommit, known?.status === 'processed', delivery.length === 1, claim !== undefined]
    expect(there === 0 || there === resourcesPerCommit, `commit ${number} by half`).to.equal(true)
    expect(new Set(parts).size, `commit ${number}: ${parts}`).to.equal(1)
    if (acknowledged.includes(number)) expect(parts[0], `commit ${number} lost`).to.equal(true)
    else if (!parts[0]) break
  }
  expect(must(await storage.checkIntegrity('ZJJ'))).to.deep.equal([])
}

/** A process that commits without end, with a limit to the size of its files when one is given. */
function start(engine: Engine, directory: string, blocksMax?: number): ChildProcess {
  const args = [new URL('./crash-child.ts', import.meta.url).pathname, engine.module.href, directory]
  const stdio = ['ignore', 'pipe', 'inherit'] as const
  if (blocksMax === undefined) return spawn(process.execPath, args, { stdio: [...stdio] })
  return spawn('sh', ['-c', `ulimit -f ${blocksMax}; exec "$0" "$@"`, process.execPath, ...args], { stdio: [...stdio] })
}

/** What it said until it ended, or was killed after so many acknowledgements: numbers of commits, and why one was refused. */
function linesUntil(
  child: ChildProcess,
  acknowledgedMin: number,
  meanwhile: () => Promise<void> = async () => undefined,
): Promise<{ acknowledged: number[]; refusal: string | undefined }> {
  let text = ''
  let killed = false
  child.stdout!.on('data', (bytes: Buffer) => {
    text += bytes
    if (killed || text.split('\n').length <= acknowledgedMin) return
    killed = true
    void meanwhile().then(() => child.kill('SIGKILL'))
  })
  return new Promise(resolve => {
    child.on('close', () => {
      const lines = text.split('\n').slice(0, -1)
      resolve({ acknowledged: lines.filter(line => /^\d+$/.test(line)).map(Number), refusal: lines.find(line => !/^\d+$/.test(line)) })
    })
  })
}
