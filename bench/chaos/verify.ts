// After the storm: what was promised is compared with what is kept, and the repository with the generator's intent, never with the mapper.
import {
  expectedWorld,
  type Intent,
  type LabStatement,
  type PatientStatement,
  type Statement,
  survivingNumber,
  type VisitStatement,
} from '#adapters/content/statement.ts'
import type { ChildServer } from '../child-server.ts'
import type { Promised } from './senders.ts'

type Resource = { resourceType: string; id: string; meta: { versionId: string }; [element: string]: unknown }
type Bundle = { entry?: { resource: Resource }[]; total?: number }

export type Verdict = { readonly checked: Record<string, number>; readonly differences: readonly string[] }

const differencesMax = 200

/** Every acknowledged message is kept with its exact bytes, is settled, and was worked on to the end. */
export async function verifyLedger(server: ChildServer, ledger: readonly Promised[]): Promise<Verdict> {
  const differences: string[] = []
  let compared = 0
  for (const { system, index, kind, bytes, code, name } of ledger) {
    const response = await fetch(`http://127.0.0.1:${server.httpPort}/api/messages/${name}/raw`, {
      headers: { authorization: `Bearer ${await server.token()}` },
    })
    const kept = Buffer.from(await response.arrayBuffer())
    if (!response.ok || !kept.equals(bytes))
      differences.push(
        `${system}[${index}] ${kind} ${name}: acknowledged ${code}, kept ${response.status} ${kept.length} of ${bytes.length} bytes`,
      )
    compared++
    if (differences.length > differencesMax) break
  }
  for (const status of ['received', 'retrying', 'failed']) {
    const { messages } = await server.get<{ messages: { id: string; type: string; faults: { text: string }[] }[] }>(
      `/api/messages?status=${status}&limit=50`,
    )
    for (const { id, type, faults } of messages) differences.push(`${id} ${type} is ${status}: ${faults[0]?.text ?? ''}`)
  }
  return { checked: { 'acknowledged messages': compared }, differences }
}

/** The repository shows, for every subject, the newest thing said about it, once. */
export async function verifyWorld(server: ChildServer, tenant: string, intents: readonly Intent[]): Promise<Verdict> {
  const world = expectedWorld(intents)
  const checked: Record<string, number> = {}
  const differences: string[] = []
  const find = (query: string) =>
    server.get<Bundle>(`/tenants/${tenant}/fhir/${query}`).then(bundle => (bundle.entry ?? []).map(entry => entry.resource))
  const said = new Map<string, number>()
  for (const { statements } of intents)
    for (const statement of statements) said.set(keyOf(statement), (said.get(keyOf(statement)) ?? 0) + 1)
  for (const [subject, statement] of world) {
    const check = checks[statement.about]
    if (!check) continue
    checked[statement.about] = (checked[statement.about] ?? 0) + 1
    const found = await check({ statement, world, find, said: said.get(keyOf(statement)) ?? 0 } as Check)
    differences.push(...found.map(difference => `${tenant} ${subject}: ${difference}`))
    if (differences.length > differencesMax) break
  }
  return { checked, differences }
}

type Check = {
  readonly statement: never
  readonly world: ReadonlyMap<string, Statement>
  readonly find: (query: string) => Promise<Resource[]>
  readonly said: number
}
type CheckOf<S> = (check: Omit<Check, 'statement'> & { statement: S }) => Promise<string[]>

const checks: Partial<Record<Statement['about'], CheckOf<never>>> = {
  patient: checkPatient as CheckOf<never>,
  visit: checkVisit as CheckOf<never>,
  'lab-report': checkLab as CheckOf<never>,
}

async function checkPatient({ statement, world, find }: Parameters<CheckOf<PatientStatement>>[0]): Promise<string[]> {
  const found = await find(`Patient?identifier=${encodeURIComponent(statement.number)}&_count=5`)
  const exact = found.filter(patient => identifiers(patient).includes(statement.number))
  if (exact.length !== 1) return [`${exact.length} Patients carry the number`]
  const [patient] = exact
  const retired = survivingNumber(world, statement.number) !== statement.number
  return compare({
    name: [(patient!['name'] as { text?: string }[])?.[0]?.text, statement.name],
    sex: [patient!['gender'], statement.sex],
    birthDate: [patient!['birthDate'] ?? undefined, statement.birthDate],
    active: [patient!['active'] === false, retired],
  })
}

async function checkVisit({ statement, find }: Parameters<CheckOf<VisitStatement>>[0]): Promise<string[]> {
  const found = await find(`Encounter?identifier=${encodeURIComponent(statement.number)}&_count=5`)
  if (found.length !== 1) return [`${found.length} Encounters carry the number`]
  const period = found[0]!['period'] as { start?: string; end?: string } | undefined
  return compare({
    status: [found[0]!['status'], statement.status],
    start: [startShown(period?.start, statement), startOf(statement)],
    end: [
      period?.end === undefined ? undefined : Date.parse(period.end),
      statement.endMs === undefined ? undefined : wholeSecond(statement.endMs),
    ],
  })
}

async function checkLab({ statement, find, said }: Parameters<CheckOf<LabStatement>>[0]): Promise<string[]> {
  const reports = await find(`DiagnosticReport?identifier=${encodeURIComponent(statement.report)}&_count=5`)
  if (reports.length !== 1) return [`${reports.length} reports carry the number`]
  const [report] = reports
  const results = ((report!['result'] as { reference: string }[]) ?? []).map(({ reference }) => reference.slice('Observation/'.length))
  const observations = results.length === 0 ? [] : await find(`Observation?_id=${results.join(',')}&_count=100`)
  const byCode = new Map(observations.map(observation => [codeOf(observation), observation]))
  const differences = compare({
    status: [report!['status'], { preliminary: 'preliminary', final: 'final', corrected: 'corrected' }[statement.state]],
    results: [observations.length, statement.results.length],
  })
  if (Number(report!.meta.versionId) > said) differences.push(`${report!.meta.versionId} versions for ${said} statements`)
  for (const { code, value } of statement.results) {
    const observation = byCode.get(code)
    const shown = observation && shownValue(observation)
    if (!observation) differences.push(`no result ${code}`)
    else if (shown !== undefined && shown !== value && Number(shown) !== Number(value))
      differences.push(`${code} shows ${shown}, not ${value}`)
    if (observation && Number(observation.meta.versionId) > said)
      differences.push(`${code} has ${observation.meta.versionId} versions for ${said} statements`)
  }
  return differences
}

function keyOf(statement: Statement): string {
  return statement.about === 'lab-report' ? `lab ${statement.report}` : statement.about
}

function compare(pairs: Record<string, [unknown, unknown]>): string[] {
  return Object.entries(pairs).flatMap(([what, [shown, expected]]) =>
    shown === expected ? [] : [`${what} is ${String(shown)}, not ${String(expected)}`],
  )
}

function identifiers(resource: Resource): string[] {
  return ((resource['identifier'] as { value?: string }[]) ?? []).map(({ value }) => value ?? '')
}

function codeOf(observation: Resource): string | undefined {
  return (observation['code'] as { coding?: { code?: string }[] })?.coding?.[0]?.code
}

/** The value as text; undefined for kinds whose print is the mapping's own business (ranges, ratios). */
function shownValue(observation: Resource): string | undefined {
  const quantity = observation['valueQuantity'] as { value?: number } | undefined
  if (quantity) return String(quantity.value)
  return observation['valueString'] as string | undefined
}

/** A cancelled visit may have begun or not: both are right. */
function startShown(start: string | undefined, { status }: VisitStatement): number | undefined {
  return start === undefined || status === 'cancelled' ? undefined : Date.parse(start)
}

/** Messages carry whole seconds. A planned visit has not begun. */
function startOf(statement: VisitStatement): number | undefined {
  return statement.status === 'planned' || statement.status === 'cancelled' ? undefined : wholeSecond(statement.startMs)
}

function wholeSecond(ms: number): number {
  return Math.floor(ms / 1000) * 1000
}
