// No page without its states: waiting, empty, out of reach, refused; and every page in English too.
import { expect } from 'chai'
import type { Page } from 'playwright-core'
import { PortalUnderTest, type Window } from './browser.ts'

const pages = [
  { path: '/dashboard', api: '**/api/dashboard', heading: 'Dashboard' },
  { path: '/messages', api: '**/api/messages?*', heading: 'Messages' },
  { path: '/channels', api: '**/api/channels', heading: 'Channels' },
  { path: '/mapping', api: undefined, heading: 'Mapping preview' },
  { path: '/validate', api: undefined, heading: 'Validator' },
  { path: '/identity', api: '**/api/identity/reviews*', heading: 'Identity review' },
  { path: '/terminology', api: '**/api/terminology/gaps', heading: 'Code mapping' },
  { path: '/rating?tenant=QPJW&item=code-mapping', api: '**/api/rating', heading: 'Interop rating' },
  { path: '/accounts', api: '**/api/users', heading: 'Accounts' },
  { path: '/audit', api: '**/api/audit/*', heading: 'Audit trail' },
] as const

describe('the states of every page', () => {
  let portal: PortalUnderTest
  let window: Window
  before(async function () {
    this.timeout(60_000)
    portal = await PortalUnderTest.start()
    await portal.user({ name: 'all', roles: ['analyst', 'quality', 'admin'] })
    window = await portal.signedIn('all', 'en')
  })
  after(() => portal.stop())

  for (const { path, api, heading } of pages)
    it(`${path} ${api ? 'waits, says what is wrong, tries again, and ' : ''}has something to say when there is nothing, in English`, async () => {
      const { page } = window
      if (api) await breakOnce(page, api, path)
      else await page.goto(path)
      await page.getByRole('heading', { level: 1, name: heading }).waitFor()
      await page.locator('main').locator('.state, table tbody tr').first().waitFor()
      const words = ((await page.locator('main').textContent()) ?? '') + ((await page.locator('nav').textContent()) ?? '')
      expect(words.replace(/朱家角人民医院|青浦区精神卫生中心|上海市医疗急救中心|汇联/g, '')).not.to.match(/[一-鿿]/)
      expect(portal.troubles()).to.deep.equal([])
    })

  /** The first answers are late and a refusal; then the user asks again. */
  async function breakOnce(page: Page, api: string, path: string): Promise<void> {
    await page.route(api, async route => {
      await new Promise(resolve => setTimeout(resolve, 100))
      await route.fulfill({ status: 409, contentType: 'application/problem+json', body: '{"title":"the writer is gone","hint":"restart"}' })
    })
    await page.goto(path)
    await page.locator('.waiting').first().waitFor()
    const alert = page.getByRole('alert').filter({ hasText: 'the writer is gone' }).first()
    await alert.waitFor()
    expect(await alert.textContent()).to.include('restart')
    await page.unroute(api)
    await alert.getByRole('button', { name: 'Try again' }).click()
    await alert.waitFor({ state: 'detached' })
  }

  it('a page without its right says which one is missing', async () => {
    await portal.user({ name: 'nobody', roles: ['clinician'] })
    const { page } = await portal.signedIn('nobody', 'en')
    await page.goto('/audit')
    await page.getByText('You may not see this').waitFor()
    await page.getByText('audit.read').waitFor()
  })

  it('an address that leads nowhere says so', async () => {
    await window.page.goto('/no-such-page')
    await window.page.getByText('There is no such page').waitFor()
  })

  it('the language changes at a click, with the server’s own words', async () => {
    const { page } = window
    await page.goto('/messages')
    await page.getByRole('button', { name: '中文' }).click()
    await page.getByRole('heading', { name: '消息' }).waitFor()
    await page.getByRole('button', { name: 'English' }).click()
    await page.getByRole('heading', { name: 'Messages' }).waitFor()
    expect(portal.troubles()).to.deep.equal([])
  })
})
