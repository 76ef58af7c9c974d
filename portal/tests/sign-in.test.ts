// Signing in: wrong words, lockout, the way back to the page that was asked for, the language, signing out.
import { expect } from 'chai'
import { PortalUnderTest, password, type Window } from './browser.ts'

describe('the sign-in page', () => {
  let portal: PortalUnderTest
  let window: Window
  before(async function () {
    this.timeout(60_000)
    portal = await PortalUnderTest.start()
    await portal.user({ name: 'shen', displayName: '沈接口', roles: ['analyst'] })
    await portal.user({ name: 'locked', roles: ['analyst'] })
  })
  beforeEach(async () => {
    window = await portal.window()
  })
  after(() => portal.stop())
  afterEach(() => expect(portal.troubles()).to.deep.equal([]))

  const enter = async (name: string, secret: string) => {
    await window.page.getByLabel('用户名').fill(name)
    await window.page.getByLabel('密码', { exact: true }).fill(secret)
    await window.page.getByRole('button', { name: '登录' }).click()
  }

  it('leads to the page that was asked for, and out again', async () => {
    const { page } = window
    await page.goto('/messages?status=failed')
    await enter('shen', password)
    await page.waitForURL('**/messages?status=failed')
    await page.getByRole('heading', { name: '消息' }).waitFor()
    await page.getByRole('button', { name: '沈接口' }).click()
    await page.getByText('退出登录').click()
    await page.waitForURL('**/login*')
    await page.goto('/dashboard')
    await page.waitForURL('**/login?next=%2Fdashboard')
  })

  it('comes back when a session has ended, and leads on to where one was', async () => {
    const { page, context } = window
    await page.goto('/login')
    await enter('shen', password)
    await page.waitForURL('**/dashboard')
    await context.clearCookies()
    await page.getByRole('link', { name: '通道' }).click()
    await page.waitForURL('**/login?next=%2Fchannels')
    await enter('shen', password)
    await page.waitForURL('**/channels')
  })

  it('says that the words are wrong, and keeps the name', async () => {
    const { page } = window
    await page.goto('/login')
    await enter('shen', 'not the password')
    const alert = page.getByRole('alert')
    await alert.waitFor()
    expect(await alert.textContent()).to.match(/用户名或密码/)
    expect(await page.getByLabel('用户名').inputValue()).to.equal('shen')
  })

  it('does not lead out of the portal', async () => {
    const { page } = window
    await page.goto('/login?next=//example.org/')
    await enter('shen', password)
    await page.waitForURL('**/dashboard')
  })

  it('speaks English at a click, and remembers it', async () => {
    const { page } = window
    await page.goto('/login')
    await page.getByRole('button', { name: 'English' }).click()
    await page.getByRole('button', { name: 'Sign in' }).waitFor()
    await page.reload()
    await page.getByRole('button', { name: 'Sign in' }).waitFor()
    expect(await page.locator('html').getAttribute('lang')).to.equal('en')
  })

  it('locks after five failures, and says for how long', async () => {
    const { page } = window
    await page.goto('/login')
    for (let i = 0; i < 5; i++) {
      await enter('locked', `wrong ${i}`)
      await page.getByRole('alert').waitFor()
    }
    await enter('locked', password)
    await page.getByRole('alert').getByText(/分钟/).waitFor()
  })
})
