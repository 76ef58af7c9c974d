// The built portal in a real browser on a server of its own: one Chromium for the whole run, a fresh window per user, every trouble noted.
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { ServerUnderTest } from '../../server-under-test.ts'
import { openChromium } from './chromium.ts'

export const password = 'Huilian-2026'
const waitMsMax = 8_000

const tenants = [
  { code: 'ZJJ', name: '朱家角人民医院', nameEn: 'Zhujiajiao People’s Hospital', kind: 'hospital' },
  { code: 'QPJW', name: '青浦区精神卫生中心', nameEn: 'Qingpu Mental Health Centre', kind: 'hospital' },
  { code: 'EMS', name: '上海市医疗急救中心', nameEn: 'Shanghai 120 centre', kind: 'centre' },
]

let shared: Promise<Browser> | undefined

after(async () => {
  await (await shared)?.close()
  shared = undefined
})

export type Person = {
  readonly name: string
  readonly displayName?: string
  readonly roles: readonly string[]
  readonly tenants?: readonly string[] | 'all'
}

/** A user's window. `troubles` holds what no page may do: errors on the console, uncaught ones, answers of 500 and above. */
export type Window = { readonly page: Page; readonly context: BrowserContext; readonly troubles: string[] }

export class PortalUnderTest {
  readonly server: ServerUnderTest
  readonly #browser: Browser
  readonly #windows: Window[] = []

  private constructor(server: ServerUnderTest, browser: Browser) {
    this.server = server
    this.#browser = browser
  }

  static async start(change: Parameters<typeof ServerUnderTest.start>[0] = {}): Promise<PortalUnderTest> {
    buildPortal()
    shared ??= openChromium()
    const browser = await shared
    const server = await ServerUnderTest.start(change)
    for (const { code, ...tenant } of tenants)
      await server.request(`/api/tenants/${code}`, {
        method: 'PUT',
        body: JSON.stringify(tenant),
        headers: { 'content-type': 'application/json' },
      })
    return new PortalUnderTest(server, browser)
  }

  async stop(): Promise<void> {
    await Promise.all(this.#windows.map(({ context }) => context.close()))
    await this.server.stop()
  }

  /** Makes the user; all have the same password. */
  async user({ name, displayName = name, roles, tenants: seen = ['ZJJ', 'QPJW', 'EMS', 'DEFAULT'] }: Person): Promise<void> {
    await this.server.post('/api/users', { name, displayName, roles, tenants: seen, password })
  }

  /** A window nobody has signed in to. */
  async window(language: 'zh-CN' | 'en' = 'zh-CN'): Promise<Window> {
    const context = await this.#browser.newContext({
      baseURL: this.server.origin,
      viewport: { width: 1440, height: 900 },
      reducedMotion: 'reduce',
    })
    await context.addInitScript(wanted => {
      if (localStorage.getItem('huilian.language') === null) localStorage.setItem('huilian.language', wanted)
    }, language)
    const page = await context.newPage()
    page.setDefaultTimeout(waitMsMax)
    const opened: Window = { page, context, troubles: watch(page) }
    this.#windows.push(opened)
    return opened
  }

  /** A window of the user, signed in without the form. */
  async signedIn(name: string, language: 'zh-CN' | 'en' = 'zh-CN'): Promise<Window> {
    const opened = await this.window(language)
    const answer = await opened.context.request.post('/api/session', {
      data: { name, password },
      headers: { 'x-requested-with': 'portal' },
    })
    if (!answer.ok()) throw new Error(`sign-in of ${name}: ${answer.status()} ${await answer.text()}`)
    return opened
  }

  /** What went wrong in any window since the last time. */
  troubles(): string[] {
    return this.#windows.flatMap(({ troubles }) => troubles.splice(0))
  }
}

/** Refusals (4xx) are part of the product; the browser's own line about them is not counted. */
function watch(page: Page): string[] {
  const troubles: string[] = []
  page.on('console', message => {
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource')) troubles.push(`console: ${message.text()}`)
  })
  page.on('pageerror', error => troubles.push(`uncaught: ${error.message}`))
  page.on('response', response => {
    if (response.status() >= 500) troubles.push(`${response.status()} ${response.url()}`)
  })
  return troubles
}

/** Tests look at the sources as they are now; a build that is fresh costs nothing. */
function buildPortal(): void {
  const script = fileURLToPath(new URL('../build.mjs', import.meta.url))
  const done = spawnSync(process.execPath, [script], { stdio: ['ignore', 'ignore', 'pipe'], encoding: 'utf8' })
  if (done.status !== 0) throw new Error(`the portal could not be built:\n${done.stderr}`)
}

/** Another address of the portal without loading the page anew where it is open already: what a click on a link does. */
export async function visit(page: Page, path: string): Promise<void> {
  if (!page.url().startsWith('http')) return void (await page.goto(path))
  await page.evaluate(to => {
    history.pushState(null, '', to)
    dispatchEvent(new PopStateEvent('popstate', { state: null }))
  }, path)
}

/** For a click into a text that may still be finding its place: done again while what should follow does not. */
export async function retried(act: (waitMs: number) => Promise<unknown>, times = 4): Promise<void> {
  for (let left = times; ; left--) {
    try {
      return void (await act(left === 1 ? waitMsMax : 1_500))
    } catch (trouble) {
      if (left === 1) throw trouble
    }
  }
}
