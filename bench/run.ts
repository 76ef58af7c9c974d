// `npm run bench` measures everything in its short form; `npm run bench -- <topic> [flags]` one topic in full. Each runs in a process of its own.
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'

/** Topic and flags, from bytes to the browser. The long forms that docs/performance.md quotes stand there. */
const shortForms: readonly (readonly [topic: string, ...flags: string[]])[] = [
  ['charset'],
  ['hl7v2'],
  ['xml'],
  ['mapping'],
  ['documents'],
  ['fhirpath'],
  ['validator'],
  ['terminology'],
  ['log', '--rounds', '3'],
  ['storage', 'resources=50000'],
  ['fhir', '--resources', '20000'],
  ['pipeline', '15'],
]

const [topic, ...flags] = process.argv.slice(2)
if (topic === undefined) {
  const failed = shortForms.filter(([name, ...own]) => measure(name, own) !== 0)
  process.exitCode = failed.length > 0 ? 1 : 0
} else if (/^[\w-]+$/.test(topic) && existsSync(fileOf(topic))) {
  process.exitCode = measure(topic, flags)
} else {
  const topics = readdirSync(import.meta.dirname).flatMap(name => (/^(?!run\b)[\w-]+\.ts$/.test(name) ? [name.slice(0, -3)] : []))
  process.stderr.write(`usage: npm run bench [-- <topic> [flags]]\ntopics: ${topics.join(' ')}\n`)
  process.exitCode = 2
}

function measure(name: string, own: readonly string[]): number {
  process.stdout.write(`\n── ${[name, ...own].join(' ')}\n`)
  return spawnSync(process.execPath, [fileOf(name), ...own], { stdio: 'inherit' }).status ?? 1
}

function fileOf(name: string): string {
  return join(import.meta.dirname, `${name}.ts`)
}
