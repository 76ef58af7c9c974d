// The interface analyst's way: from the red number on the dashboard to the message, its every stage, and the replay.
import { expect } from 'chai'
import type { Page } from 'playwright-core'
import { PortalUnderTest, retried, visit } from './browser.ts'
import { story, tell } from './story.ts'

describe('the analyst’s pages', () => {
  let portal: PortalUnderTest
  let page: Page
  let names: string[]
  const nameOf = (control: string) => names[story.findIndex(message => message.includes(`|${control}|`))]!

  before(async function () {
    this.timeout(60_000)
    portal = await PortalUnderTest.start()
    await portal.user({ name: 'shen', displayName: '沈接口', roles: ['analyst', 'quality'] })
    names = await tell(portal.server)
    page = (await portal.signedIn('shen')).page
  })
  after(() => portal.stop())
  afterEach(() => expect(portal.troubles()).to.deep.equal([]))

  const open = async (path: string, heading: string) => {
    await visit(page, path)
    await page.getByRole('heading', { level: 1, name: heading }).waitFor()
  }
  /** The row of a table that holds the text. */
  const row = (text: string) => page.getByRole('row').filter({ hasText: text })

  it('show what each channel does, and go on showing it', async () => {
    await open('/dashboard', '运行总览')
    const his = row('朱家角人民医院 HIS')
    await his.waitFor()
    const received = await his.getByRole('cell').nth(3).textContent()
    await portal.server.send(story[0]!.replace('|S-1|', '|S-LIVE|'))
    await page.waitForFunction(
      before => document.querySelector('tr[aria-rowindex] a[href*="zjj-his"]')?.closest('tr')?.children[3]?.textContent !== before,
      received,
    )
    await page.getByRole('region', { name: '出错消息按原因归类' }).getByText('hl7.segment-missing').waitFor()
  })

  it('lead from the red number to the messages it counts', async () => {
    await open('/dashboard', '运行总览')
    await page.getByRole('link', { name: '通道 zjj-his 有 2 条出错消息' }).click()
    await page.waitForURL(/\/messages\?channel=zjj-his&status=failed/)
    await row('S-BAD-1').waitFor()
    expect(await row('S-').count()).to.equal(2)
  })

  for (const [what, words] of [
    ['a control id', 'S-LAB'],
    ['a patient', '660001'],
    ['a visit', 'M660001'],
    ['text', '肌酐'],
  ] as const)
    it(`find a message by ${what}`, async () => {
      await open('/messages', '消息')
      await page.getByRole('heading', { name: '消息' }).click()
      await page.keyboard.press('/')
      await page.keyboard.type(words)
      await page.keyboard.press('Enter')
      await page.waitForURL(/[?&]q=/)
      await page.getByRole('cell', { name: 'S-1', exact: true }).waitFor({ state: 'detached' })
      await row('S-LAB').waitFor()
    })

  it('say that nothing fits, and how to get out of it', async () => {
    await open('/messages?q=nothing-like-this', '消息')
    await page.getByText('没有符合条件的消息').waitFor()
    await page.getByRole('button', { name: '清除条件' }).click()
    await row('S-LAB').waitFor()
  })

  it('trace an element of a resource to its source', async () => {
    await open(`/messages/${nameOf('S-LAB')}?stage=stored`, nameOf('S-LAB'))
    await page.getByRole('button', { name: /^Observation.*CREA/ }).click()
    const source = page.locator('.trace-line').getByText(/OBX\[1\]-5/)
    await retried(async timeout => {
      await page.getByLabel('Observation').getByText('5.10', { exact: true }).click()
      await source.first().waitFor({ timeout })
    })
    expect(await page.getByLabel('原文', { exact: true }).locator('.mark-picked').allTextContents()).to.include('5.10')
  })

  it('trace a place of the source to what became of it', async () => {
    await open(`/messages/${nameOf('S-LAB')}?stage=mapped`, nameOf('S-LAB'))
    const element = page.locator('.trace-line').getByText(/Observation.*valueQuantity\.unit/)
    await retried(async timeout => {
      await clickText(page, '原文', 'umol/L')
      await element.first().waitFor({ timeout })
    })
  })

  it('show what the stages changed', async () => {
    await open(`/messages/${nameOf('S-LAB')}?stage=stored`, nameOf('S-LAB'))
    await page.locator('.resource-list button:has(.differs)').first().click()
    await page.getByText('与编码比较').click()
    await page.locator('.diff-view').waitFor()
  })

  it('take a message apart with the names of its fields', async () => {
    await open(`/messages/${nameOf('S-LAB')}?stage=parsed`, nameOf('S-LAB'))
    await page.getByRole('button', { name: /PID-5.*患者姓名/ }).waitFor()
  })

  it('replay one message, which then has no second effect', async () => {
    await open(`/messages/${nameOf('S-LAB')}`, nameOf('S-LAB'))
    await page.getByRole('button', { name: '重放' }).click()
    await page.getByText('已重放。').waitFor()
    const { effects } = await portal.server.get<{ effects: unknown[] }>(`/api/messages/${nameOf('S-LAB')}`)
    const versions = await portal.server.find('Observation?code=CREA', 'ZJJ')
    expect(effects.length).to.be.greaterThan(0)
    expect(versions.map(({ meta }) => meta.versionId)).to.deep.equal(['1'])
  })

  it('replay a group of the same fault as one task', async () => {
    await open('/messages?fault=hl7.segment-missing', '消息')
    await row('S-BAD-2').waitFor()
    await page.getByRole('button', { name: '重放此类故障的全部消息' }).click()
    await page.getByRole('dialog').getByRole('button', { name: '重放' }).click()
    await page.getByText(/重放结束：共 2 条/).waitFor()
  })

  it('replay a group from the dashboard', async () => {
    await open('/dashboard', '运行总览')
    await page.getByRole('button', { name: '重放 hl7.segment-missing' }).click()
    await page.getByRole('dialog').getByRole('button', { name: '重放' }).click()
    await page.getByText('已开始重放 2 条').waitFor()
  })

  it('keep bodies from those who may not see them', async () => {
    await portal.user({ name: 'jin', roles: ['admin'] })
    const { page: other } = await portal.signedIn('jin')
    await other.goto(`/messages/${nameOf('S-LAB')}?stage=mapped`)
    await other
      .getByText(/查看消息正文需要单独授权/)
      .first()
      .waitFor()
  })

  it('define each channel', async () => {
    await open('/channels', '通道')
    await row('zjj-his').click()
    await page.getByText('ZJJ-HIS@ZJJ').waitFor()
  })

  it('try a mapping without storing anything', async () => {
    await open('/mapping', '映射试运行')
    await page.getByRole('button', { name: '示例' }).click()
    await page.getByRole('button', { name: 'Patient' }).click()
    await page.getByLabel('Patient').getByText('阿依古丽·买买提').first().waitFor()
    await page.getByText(/^追溯/).click()
    await row('Patient.birthDate')
      .getByText(/PID\[1\]-7/)
      .waitFor()
    expect(await portal.server.find('Patient?identifier=880001', 'ZJJ')).to.deep.equal([])
  })
})

/** Clicks in the middle of words that share their line with others. */
async function clickText(page: Page, label: string, words: string): Promise<void> {
  const editor = page.getByRole('textbox', { name: label, exact: true })
  await editor.getByText(words).first().waitFor()
  const { x, y } = await editor.evaluate((element, wanted) => {
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT)
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const at = node.textContent?.indexOf(wanted) ?? -1
      if (at < 0) continue
      const range = document.createRange()
      range.setStart(node, at)
      range.setEnd(node, at + wanted.length)
      const box = range.getBoundingClientRect()
      return { x: box.x + box.width / 2, y: box.y + box.height / 2 }
    }
    return { x: 0, y: 0 }
  }, words)
  await page.mouse.click(x, y)
}
