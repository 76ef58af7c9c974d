// The house rules are a test: who may import whom, how large a file may grow, which calls are banned. Each message names the remedy.
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect } from 'chai'

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..')

/** Which rooms a room may import (ARCHITECTURE.md, section 2). A room may always import itself. */
const mayImport: Record<string, readonly string[]> = {
  kernel: [],
  formats: ['kernel', 'generated'],
  platform: ['kernel'],
  mappings: ['kernel', 'formats', 'generated'],
  terminology: ['kernel', 'formats', 'platform', 'generated'],
  cdr: ['kernel', 'formats', 'platform', 'generated'],
  engine: ['kernel', 'formats', 'platform'],
  adapters: ['kernel', 'formats'],
  conformance: ['kernel', 'formats', 'platform', 'generated'],
  generated: ['kernel'],
}
/** Rows of their own: composition roots, tools and benchmarks know every room. */
const everything = new Set(['bin', 'bench', 'main'])

const linesMax = 400
const lineLengthMax = 180
const functionLinesMax = 70

type Source = { path: string; room: string; text: string; lines: string[]; test: boolean }

const sources = list(root)
  .filter(path => /\.(ts|tsx)$/.test(path) && !path.endsWith('.d.ts'))
  .map(path => read(path))
const server = sources.filter(source => source.room !== 'portal')

describe('the house', () => {
  it('lets each room import only the rooms below it', () => {
    const wrong = server.filter(s => !everything.has(s.room) && !s.test).flatMap(source => badImports(source))
    expect(wrong, 'move the code to the room that may know both, or hand it in as a port').to.deep.equal([])
  })

  it('lets tests reach further only for composition', () => {
    const wrong = server
      .filter(s => s.test)
      .flatMap(s =>
        imports(s)
          .filter(i => i.room === 'portal')
          .map(i => `${s.path} → ${i.to}`),
      )
    expect(wrong, 'server tests talk to the portal over HTTP').to.deep.equal([])
  })

  it('keeps the portal to itself', () => {
    const wrong = sources
      .filter(s => s.room === 'portal' && !s.path.startsWith('portal/tests/'))
      .flatMap(s =>
        s.lines
          .filter(l => /from '(#|(\.\.\/)+(kernel|formats|cdr|engine|platform|mappings|terminology)\/)/.test(l))
          .map(l => `${s.path}: ${l.trim()}`),
      )
    expect(wrong, 'the portal knows the server only over HTTP').to.deep.equal([])
  })

  it('keeps a file one idea', () => {
    const wrong = sources.filter(s => !s.test && s.lines.length > linesMax).map(s => `${s.path}: ${s.lines.length} lines`)
    expect(wrong, `split it: stop at ${linesMax} lines`).to.deep.equal([])
  })

  it('keeps a function on one screen', () => {
    const wrong = sources.filter(s => !s.test && s.path.endsWith('.ts')).flatMap(s => longFunctions(s))
    expect(wrong, `give its parts names: stop at ${functionLinesMax} lines`).to.deep.equal([])
  })

  it('starts every file by saying what it is', () => {
    const wrong = sources.filter(s => !/^(#!.*\n)?(\/\/|\/\*\*?) ?\S/.test(s.text)).map(s => s.path)
    expect(wrong, 'first line: what this file is and where the standard says it').to.deep.equal([])
  })

  for (const [what, pattern, remedy, except] of banned()) {
    it(`does without ${what}`, () => {
      const wrong = sources
        .filter(s => !except.test(s.path))
        .flatMap(s => s.lines.flatMap((line, i) => (pattern.test(codeOf(line)) ? [`${s.path}:${i + 1}`] : [])))
      expect(wrong, remedy).to.deep.equal([])
    })
  }

  it('documents every environment variable', () => {
    const documented = new Set(readFileSync(join(root, 'docs/configuration.md'), 'utf8').match(/HUILIAN_[A-Z_]+/g) ?? [])
    const used = new Set(sources.filter(s => !s.test).flatMap(s => s.text.match(/HUILIAN_[A-Z_]+/g) ?? []))
    expect(
      [...used].filter(name => !documented.has(name)),
      'describe it in docs/configuration.md',
    ).to.deep.equal([])
  })

  it('has no file that nobody uses', () => {
    const used = new Set(sources.flatMap(s => imports(s).map(i => i.to)))
    const entries =
      /(^|\/)(main|[\w-]+\.worker|index)\.tsx?$|^(bin|bench|portal|conformance\/suites)\/|\.test\.ts$|^adapters\/[\w-]+\/(simulator|adapter)\.ts$/
    const dead = server.filter(s => !s.test && !entries.test(s.path) && !used.has(s.path)).map(s => s.path)
    expect(dead, 'remove it, or import it where it is needed').to.deep.equal([])
  })
})

/** The line without what it says to its reader. */
function codeOf(line: string): string {
  return /^\s*(\/\/|\/\*\*|\* )/.test(line) ? '' : line
}

function banned(): [string, RegExp, string, RegExp][] {
  return [
    [
      'console.log',
      /\bconsole\.\w+\(/,
      'use the logger of platform/observe, or process.stdout in a command',
      /^conformance\/house\.test\.ts$/,
    ],
    [
      'reading the clock',
      /\bDate\.now\(\)|new Date\(\)/,
      'take a Clock as an argument',
      /^kernel\/clock\.ts$|^conformance\/house\.test\.ts$|^(bench|bin|portal)\//,
    ],
    [
      'any',
      /: any(\[\])*\s*([,);={|&]|$)|\bas any\b|<any[>,[]|@ts-ignore|@ts-nocheck/,
      'name the type, or use unknown and narrow it',
      /^conformance\/house\.test\.ts$/,
    ],
    [
      'tests that are skipped or singled out',
      /\b(it|describe)\.(skip|only)\(|this\.skip\(/,
      'mend the test or remove it',
      /^conformance\/house\.test\.ts$/,
    ],
    [
      'random numbers outside ids and simulators',
      /Math\.random\(/,
      'take a seeded generator as an argument',
      /^conformance\/house\.test\.ts$|^(bench|portal)\//,
    ],
    [
      'over-long lines',
      new RegExp(`^.{${lineLengthMax + 1},}$`),
      'break the line',
      /^conformance\/house\.test\.ts$|\.test\.ts$|^portal\/tests\//,
    ],
    ['drawers', /from '[^']*\/(utils|helpers|common|misc)\.tsx?'/, 'a helper lives with its noun', /^$/],
  ]
}

function badImports(source: Source): string[] {
  const allowed = new Set([source.room, ...(mayImport[source.room] ?? [])])
  return imports(source)
    .filter(i => i.room !== '' && !allowed.has(i.room))
    .map(i => `${source.path} → ${i.to}`)
}

function imports(source: Source): { to: string; room: string }[] {
  const found = [...source.text.matchAll(/(?:from|import\(|import|new URL\()\s*'((?:#|\.\.?\/)[^']+)'/g)].map(m => m[1]!)
  return found.map(spec => {
    const to = spec.startsWith('#') ? spec.slice(1) : relative(root, resolve(root, dirname(source.path), spec))
    return { to, room: roomOf(to) }
  })
}

/** Top-level functions and methods by their closing brace at the same indent: formatting makes this exact enough. */
function longFunctions(source: Source): string[] {
  const found: string[] = []
  source.lines.forEach((line, start) => {
    const head = /^(\s*)(?:export )?(?:async )?(?:function\*? (\w+)|(?:static |async |private |#)*(\w+)\([^)]*\)[^;=]*\{$)/.exec(line)
    if (!head || /^\s*(if|for|while|switch|catch|return)\b/.test(line)) return
    const indent = head[1]!
    const end = source.lines.findIndex((l, i) => i > start && l.startsWith(`${indent}}`))
    if (end - start + 1 > functionLinesMax) found.push(`${source.path}:${start + 1} ${head[2] ?? head[3]} (${end - start + 1} lines)`)
  })
  return found
}

function read(path: string): Source {
  const text = readFileSync(join(root, path), 'utf8')
  return { path, room: roomOf(path), text, lines: text.replace(/\n$/, '').split('\n'), test: /\.test\.tsx?$/.test(path) }
}

function roomOf(path: string): string {
  const first = path.split('/')[0]!
  return path.includes('/') ? first : 'main'
}

function list(dir: string): string[] {
  return readdirSync(dir).flatMap(name => {
    if (/^(node_modules|\.git|\.cache|data|dist|coverage|generated)$/.test(name)) return []
    const path = join(dir, name)
    return statSync(path).isDirectory() ? list(path) : [relative(root, path)]
  })
}
