// Loads the public Synthea bundles whole, over the wire, and compares counts per resource type with a count of the raw files.
// Run: npm run conformance -- synthea [base URL of a FHIR endpoint, token]; without one it starts the platform itself on an empty directory.
import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { type Endpoint, startPlatform } from './platform.ts'

const archive = resolve(import.meta.dirname, '../../../shared/suites/synthea-r4/synthea-r4-sample.tar.xz')

export type SuiteResult = { readonly suite: string; readonly passed: number; readonly total: number; readonly notes: readonly string[] }

type Entry = { readonly resource: { readonly resourceType: string }; readonly request?: { readonly ifNoneExist?: string } }

/** One case per file (it loads whole) and one per resource type (the counts agree). Undefined where the suite is not there. */
export async function runSynthea(endpoint: Endpoint): Promise<SuiteResult | undefined> {
  if (!existsSync(archive)) return undefined
  const directory = mkdtempSync(join(tmpdir(), 'huilian-synthea-'))
  try {
    execFileSync('tar', ['-xJf', archive, '-C', directory])
    return await loadAll(directory, endpoint)
  } finally {
    rmSync(directory, { recursive: true })
  }
}

async function loadAll(directory: string, endpoint: Endpoint): Promise<SuiteResult> {
  const notes: string[] = []
  const expected = new Map<string, number>()
  const conditions = new Set<string>()
  const files = readdirSync(directory)
    .filter(name => name.endsWith('.json'))
    .sort()
  let passed = 0
  for (const file of files) {
    const text = readFileSync(join(directory, file), 'utf8')
    count(JSON.parse(text).entry as Entry[], expected, conditions)
    const problem = await load(text, endpoint)
    if (problem === undefined) passed++
    else notes.push(`${file}: ${problem}`)
  }
  for (const [type, wanted] of [...expected].sort()) {
    const found = await total(type, endpoint)
    if (found === wanted) passed++
    else notes.push(`${type}: ${found} stored, ${wanted} in the files`)
  }
  return { suite: 'synthea-r4', passed, total: files.length + expected.size, notes }
}

/** A conditional create that several files repeat makes one resource. */
function count(entries: readonly Entry[], expected: Map<string, number>, conditions: Set<string>): void {
  for (const { resource, request } of entries) {
    const condition = request?.ifNoneExist && `${resource.resourceType}?${request.ifNoneExist}`
    if (condition && conditions.has(condition)) continue
    if (condition) conditions.add(condition)
    expected.set(resource.resourceType, (expected.get(resource.resourceType) ?? 0) + 1)
  }
}

async function load(bundle: string, { base, token }: Endpoint): Promise<string | undefined> {
  const response = await fetch(base, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/fhir+json' },
    body: bundle,
  })
  const answer = (await response.json()) as { entry?: { response: { status: string } }[]; issue?: { diagnostics: string }[] }
  if (response.status !== 200) return `${response.status} ${answer.issue?.[0]?.diagnostics}`
  const refused = answer.entry?.find(entry => !/^20[01]/.test(entry.response.status))
  return refused && JSON.stringify(refused.response).slice(0, 300)
}

async function total(type: string, { base, token }: Endpoint): Promise<number> {
  const response = await fetch(`${base}/${type}?_summary=count`, { headers: { authorization: `Bearer ${token}` } })
  return ((await response.json()) as { total: number }).total
}

if (import.meta.main) {
  const [base, token] = process.argv.slice(2).filter(argument => argument !== 'synthea')
  const endpoint = base && token ? { base, token, stop: () => {} } : await startPlatform()
  const result = await runSynthea(endpoint)
  endpoint.stop()
  process.stdout.write(
    result ? `${result.suite} ${result.passed}/${result.total}\n${result.notes.join('\n')}\n` : 'synthea-r4: the suite is not there\n',
  )
  process.exitCode = result && result.passed < result.total ? 1 : 0
}
