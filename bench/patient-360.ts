// Patient 360 in a real browser: first useful paint of a chart of ten years and about 10,000 resources, beside one of a year and beside an empty page.
import { systemClock } from '#kernel/clock.ts'
import { ChartStory, person } from '../portal/tests/chart-story.ts'
import { openChromium } from '../portal/tests/chromium.ts'
import { inFrames, ServerUnderTest } from '../server-under-test.ts'

const rounds = 7
const sizes = [
  { name: 'one year, 4 visits', years: 1, perYear: 4 },
  { name: 'ten years, 760 visits', years: 10, perYear: 76 },
]
const types = ['Encounter', 'Condition', 'Observation', 'DiagnosticReport', 'ServiceRequest', 'DocumentReference']
const password = 'Huilian-2026'

const browser = await openChromium()
const lines: Record<string, unknown>[] = []
for (const { name, years, perYear } of sizes) {
  const under = await ServerUnderTest.start()
  await under.request('/api/tenants/ZJJ', {
    method: 'PUT',
    body: JSON.stringify({ name: '朱家角人民医院', kind: 'hospital' }),
    headers: { 'content-type': 'application/json' },
  })
  await under.post('/api/users', { name: 'lu', displayName: 'lu', roles: ['clinician'], tenants: ['ZJJ'], password })
  await under.exchange([inFrames(new ChartStory(systemClock.now(), years, perYear).messages)])
  await under.settled()
  const { patients } = await under.get<{ patients: { id: string }[] }>(`/api/patients?q=${person.number}`)
  let resources = 1
  for (const type of types)
    resources += (
      await under.get<{ total: number }>(`/tenants/ZJJ/fhir/${type}?subject=Patient/${patients[0]!.id}&_count=1&_total=accurate`)
    ).total
  const context = await browser.newContext({ baseURL: under.origin, viewport: { width: 1440, height: 900 } })
  await context.request.post('/api/session', { data: { name: 'lu', password }, headers: { 'x-requested-with': 'portal' } })
  const page = await context.newPage()
  const paints: number[] = []
  const blanks: number[] = []
  for (let round = 0; round <= rounds; round++) {
    const blank = performance.now()
    await page.goto('/icon.svg')
    const started = performance.now()
    await page.goto(`/patients/ZJJ/${patients[0]!.id}`)
    await page.locator('.banner .tag-critical').first().waitFor()
    await page.locator('.card-row.abnormal').first().waitFor()
    await page.locator('.lane-bar').first().waitFor()
    // The first round warms server and browser cache: a clinician's browser has loaded the portal before.
    if (round > 0) {
      blanks.push(started - blank)
      paints.push(performance.now() - started)
    }
  }
  const [paint, empty] = [median(paints), median(blanks)]
  lines.push({ chart: name, resources, paintMs: Math.round(paint), emptyPageMs: Math.round(empty), ratio: Math.round(paint / empty) })
  await context.close()
  await under.stop()
}
await browser.close()
for (const line of lines) process.stdout.write(`${JSON.stringify(line)}\n`)
process.exit(0)

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!
}
