// The validator page: findings of every kind of text, each leading to its place; files by their own bytes.
import { expect } from 'chai'
import iconv from 'iconv-lite'
import type { Page } from 'playwright-core'
import { PortalUnderTest } from './browser.ts'

describe('the validator page', () => {
  let portal: PortalUnderTest
  let page: Page
  before(async function () {
    this.timeout(60_000)
    portal = await PortalUnderTest.start()
    await portal.user({ name: 'shen', roles: ['analyst'] })
    page = (await portal.signedIn('shen')).page
  })
  beforeEach(async () => {
    await page.goto('/validate')
    await page.getByText('结果将显示在这里').waitFor()
  })
  after(() => portal.stop())
  afterEach(() => expect(portal.troubles()).to.deep.equal([]))

  const findings = () => page.getByRole('list', { name: '校验结果' }).getByRole('button')
  const editor = () => page.getByLabel('待校验文本').getByRole('textbox')

  for (const [sample, kind] of [
    ['HL7 v2 检验结果', 'HL7 v2 ORU^R01'],
    ['FHIR 患者', 'FHIR JSON Patient'],
    ['CDA 检验报告', 'CDA C0007'],
  ] as const)
    it(`knows ${kind} when it sees it`, async () => {
      await page.getByRole('button', { name: sample }).click()
      await page.getByText(kind).waitFor()
      await page.getByText('未通过').waitFor()
      expect(await findings().count()).to.be.greaterThan(0)
    })

  it('leads from a finding to its place', async () => {
    await page.getByRole('button', { name: 'HL7 v2 检验结果' }).click()
    await findings().filter({ hasText: 'OBX[1]-5' }).click()
    expect(await editor().locator('.mark-picked').textContent()).to.equal('六十六')
  })

  it('judges again what is mended', async () => {
    await editor().click()
    await page.keyboard.insertText('{"resourceType":"Patient","birthDate":"1980-5-6"}')
    await findings().filter({ hasText: 'birthDate' }).waitFor()
    await page.keyboard.press('Control+a')
    await page.keyboard.insertText('{"resourceType":"Patient","birthDate":"1980-05-06"}')
    await page.locator('.tag-good').getByText('通过').waitFor()
    await page.keyboard.press('Control+z')
    await findings().filter({ hasText: 'birthDate' }).waitFor()
  })

  it('reads a file in the charset it has', async () => {
    const text = 'MSH|^~\\&|ZJJ-HIS|ZJJ|HUILIAN|REGION|20261101080000||ADT^A04|F1|P|2.4||||||GB 18030-2000\rPID|1||1^^^ZJJ^MR||陈珅\r'
    const file = { name: 'adt.hl7', mimeType: 'application/octet-stream', buffer: iconv.encode(text, 'gb18030') }
    await page.locator('input[type=file]').setInputFiles(file)
    await page.getByText('adt.hl7 · gb18030').waitFor()
    await editor().getByText('陈珅').waitFor()
  })
})
