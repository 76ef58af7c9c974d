// `npm run check`: types, lint and format, house rules; every part runs, then the exit code says whether all were clean.
import { spawnSync } from 'node:child_process'

const parts: [string, string[]][] = [
  ['types', ['node_modules/typescript/bin/tsc', '-p', '.']],
  ['types of the portal', ['node_modules/typescript/bin/tsc', '-p', 'portal']],
  ['house', ['node_modules/mocha/bin/mocha.js', '--no-config', '--timeout', '20000', 'conformance/house.test.ts']],
]

/** Biome comes as the binary of its platform package: the lock file then needs no package that a mirror may lack. */
const biome = `node_modules/@biomejs/cli-${process.platform}-${process.arch}/biome`

let failed = 0
for (const [name, args] of parts) run(name, process.execPath, args)
run('lint and format', biome, ['check', '--error-on-warnings', '.'])
process.exit(failed === 0 ? 0 : 1)

function run(name: string, command: string, args: string[]): void {
  const done = spawnSync(command, args, { stdio: 'inherit' })
  process.stdout.write(`${done.status === 0 ? '✓' : '✗'} ${name}${done.error ? ` (${done.error.message})` : ''}\n`)
  if (done.status !== 0) failed++
}
