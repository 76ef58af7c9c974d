// `npm run chaos [messages=10000] [kills=20] [seed=storm] [lossy]`: see bench/chaos/storm.ts. With `lossy` (needs a C compiler) unsynced writes are forgotten too.
import { spawnSync } from 'node:child_process'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { runStorm } from './chaos/storm.ts'

const words = process.argv.slice(2)
const withLossy = words.includes('lossy')
const [messages = '10000', kills = '20', seed = 'storm'] = words.filter(word => word !== 'lossy')
const print = (line: string) => process.stdout.write(`${line}\n`)

const lossy = withLossy ? compileLossy() : undefined
const started = performance.now()
const verdict = await runStorm({ messages: Number(messages), kills: Number(kills), seed, lossy, onLine: print })
print(
  `checked ${Object.entries(verdict.checked)
    .map(([what, count]) => `${count} ${what}`)
    .join(', ')} in ${((performance.now() - started) / 1000).toFixed(0)} s`,
)
for (const difference of verdict.differences.slice(0, 60)) print(`  ✗ ${difference}`)
print(verdict.differences.length === 0 ? 'nothing lost, nothing twice, order kept' : `${verdict.differences.length} differences`)
process.exit(verdict.differences.length === 0 ? 0 : 1)

function compileLossy(): string {
  const target = join(mkdtempSync(join(tmpdir(), 'huilian-lossy-')), 'lossy.so')
  const source = fileURLToPath(new URL('./lossy/lossy.c', import.meta.url))
  const done = spawnSync('cc', ['-shared', '-fPIC', '-O2', '-o', target, source, '-ldl', '-lpthread'], { stdio: 'inherit' })
  if (done.status === 0) return target
  print('the lossy run needs a C compiler (`cc`), which this machine lacks')
  process.exit(2)
}
