// Crashes: a process is killed while it commits; what it was told is durable is there, and nothing is there by half.
import { spawn } from 'node:child_process'
import { expect } from 'chai'
import { ManualClock } from '#kernel/clock.ts'
import { must } from '#kernel/result.ts'
import { systemPrincipal } from '#kernel/tenant.ts'
import { Bench, type Engine } from './engine.ts'

const scope = { principal: systemPrincipal('test'), tenants: ['ZJJ'] }
/** Acknowledged commits after which the process is killed; what was sent meanwhile is at every stage. */
const killsAfter = [1, 40, 150, 400]
export const resourcesPerCommit = 5

export function crashContract(engine: Engine): void {
  describe('after a crash', () => {
    const bench = new Bench(engine, new ManualClock(0))

    for (const acknowledgedMin of killsAfter) {
      it(`keeps every commit it acknowledged, and none by half (${acknowledgedMin})`, async () => {
        const acknowledged = await commitUntilKilled(engine, bench.directory, acknowledgedMin)
        const storage = await bench.open([])
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
      }).timeout(30_000)
    }
  })
}

/** Numbers of the commits that the process said were durable before it was killed. */
function commitUntilKilled(engine: Engine, directory: string, acknowledgedMin: number): Promise<number[]> {
  const child = spawn(process.execPath, [new URL('./crash-child.ts', import.meta.url).pathname, engine.module.href, directory], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let text = ''
  let killed = false
  child.stdout.on('data', (bytes: Buffer) => {
    text += bytes
    if (killed || text.split('\n').length <= acknowledgedMin) return
    killed = true
    child.kill('SIGKILL')
  })
  return new Promise(resolve => {
    child.on('close', () => resolve(text.split('\n').slice(0, -1).map(Number)))
  })
}
