// Retakes docs/screenshots from a demo of its own: `node bin/launch.mjs run bin/screenshots.ts [folder] [1440x900] [name …]`.
import { mkdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { openLogger } from '#platform/observe/logger.ts'
import { demoPassword } from '#platform/security/session-routes.ts'
import { startDemo } from '../demo.ts'
import { openChromium } from '../portal/tests/chromium.ts'
import { story } from '../portal/tests/story.ts'
import { ServerUnderTest } from '../server-under-test.ts'

type Shot = {
  readonly name: string
  /** Demo user; nobody for the page before sign-in. */
  readonly user?: 'analyst' | 'doctor' | 'quality' | 'operator'
  readonly path: string | ((under: ServerUnderTest) => Promise<string>)
  /** Taken when this is seen. */
  readonly ready: string
  readonly act?: (page: Page) => Promise<void>
}

const shots: readonly Shot[] = [
  { name: 'login', path: '/login', ready: '.login-card' },
  { name: 'dashboard', user: 'analyst', path: '/dashboard', ready: '[aria-label="出错消息按原因归类"] tbody tr' },
  { name: 'messages', user: 'analyst', path: '/messages', ready: 'tbody tr' },
  { name: 'message-biography', user: 'analyst', path: newestResult, ready: '.resource-list button', act: traceValue },
  { name: 'channels', user: 'analyst', path: '/channels?channel=zjj-his', ready: '.channel-text .cm-line' },
  {
    name: 'mapping',
    user: 'analyst',
    path: '/mapping?tab=trace',
    ready: '.edit-view',
    act: page => page.getByRole('button', { name: '示例' }).click(),
  },
  { name: 'validate', user: 'analyst', path: '/validate', ready: '.edit-view', act: validateSample },
  { name: 'identity-review', user: 'analyst', path: '/identity', ready: '.comparison', act: openNewborn },
  { name: 'terminology', user: 'analyst', path: '/terminology?map=zjj-lis-item-to-loinc', ready: '.hits' },
  { name: 'rating', user: 'quality', path: '/rating?tenant=ZJJ', ready: '.systems' },
  { name: 'accounts', user: 'operator', path: '/accounts', ready: 'tbody tr' },
  { name: 'audit', user: 'operator', path: '/audit?tenant=ZJJ&principal=user:analyst', ready: 'tbody tr' },
]

const bytesMax = 300_000
const quietMs = 3_000
const pauseMs = 1_200

const [folder = 'docs/screenshots', size = '1440x900', ...wanted] = process.argv.slice(2)
const [width = 1440, height = 900] = size.split('x').map(Number)
mkdirSync(folder, { recursive: true })
const under = await ServerUnderTest.start({ demo: true, channelsDir: undefined })
const demo = await startDemo(under.server, openLogger('fatal'))
const browser = await openChromium()
try {
  await filled()
  for (const message of story) await under.send(message)
  for (const shot of shots) if (wanted.length === 0 || wanted.includes(shot.name)) await take(shot, browser)
} finally {
  await browser.close()
  await demo.stop()
  await under.stop()
}
process.exit(0)

async function take({ name, user, path, ready, act }: Shot, chromium: Browser): Promise<void> {
  const context = await chromium.newContext({ baseURL: under.origin, viewport: { width, height }, reducedMotion: 'reduce' })
  const data = { name: user, password: demoPassword }
  if (user) await context.request.post('/api/session', { data, headers: { 'x-requested-with': 'portal' } })
  const page = await context.newPage()
  await page.goto(typeof path === 'string' ? path : await path(under))
  await page.locator(ready).first().waitFor()
  await act?.(page)
  await page.waitForTimeout(pauseMs)
  const file = join(folder, `${name}.png`)
  await page.screenshot({ path: file })
  await context.close()
  const { size: bytes } = statSync(file)
  process.stdout.write(`${file} ${Math.round(bytes / 1000)} kB${bytes > bytesMax ? ' · too large' : ''}\n`)
}

/** The demo's history has arrived and is worked on. */
async function filled(): Promise<void> {
  for (let before = -1, sinceMs = performance.now(); performance.now() - sinceMs < quietMs; ) {
    await new Promise(resolve => setTimeout(resolve, 500))
    const { backlog, channels } = await under.get<{ backlog: number; channels: { figures: { received: number } }[] }>('/api/dashboard')
    const received = channels.reduce((sum, channel) => sum + channel.figures.received, 0)
    if (backlog > 0 || received - before > 5) sinceMs = performance.now()
    before = received
  }
}

async function newestResult(of: ServerUnderTest): Promise<string> {
  const { messages } = await of.get<{ messages: { id: string }[] }>('/api/messages?channel=zjj-lis&type=ORU%5ER01&status=processed&limit=1')
  return `/messages/${messages[0]!.id}?stage=stored`
}

async function traceValue(page: Page): Promise<void> {
  await page
    .getByRole('button', { name: /^Observation/ })
    .first()
    .click()
  await page.getByText('"value":').first().click()
}

async function validateSample(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'CDA 检验报告' }).click()
  await page.locator('.findings-list button').nth(6).click()
}

async function openNewborn(page: Page): Promise<void> {
  await page.getByRole('row').filter({ hasText: '新生儿用母亲证件' }).click()
}
