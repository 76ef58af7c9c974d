// `npm run bench -- <topic> [flags]`: runs one benchmark in a process of its own; without a topic it lists them.
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'

const [topic = '', ...flags] = process.argv.slice(2)
const file = join(import.meta.dirname, `${topic}.ts`)

if (/^[\w-]+$/.test(topic) && existsSync(file)) {
  process.exitCode = spawnSync(process.execPath, [file, ...flags], { stdio: 'inherit' }).status ?? 1
} else {
  const topics = readdirSync(import.meta.dirname).flatMap(name => (/^(?!run\b)[\w-]+\.ts$/.test(name) ? [name.slice(0, -3)] : []))
  process.stderr.write(`usage: npm run bench -- <topic> [flags]\ntopics: ${topics.join(' ')}\n`)
  process.exitCode = 2
}
