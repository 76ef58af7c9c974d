// Shared documents as their readers use them: the list, the page, the data elements, the XML as it was kept, the findings.
import { readFileSync } from 'node:fs'
import { expect } from 'chai'
import { systemClock } from '#kernel/clock.ts'
import { inFrames } from '../../server-under-test.ts'
import { PortalUnderTest, type Window } from './browser.ts'
import { ChartStory, person } from './chart-story.ts'

type Row = { readonly id: string; readonly status: string; readonly patient: string }

describe('shared documents', () => {
  let portal: PortalUnderTest
  let window: Window
  let rows: readonly Row[] = []
  before(async function () {
    this.timeout(120_000)
    portal = await PortalUnderTest.start()
    await portal.user({ name: 'lu', displayName: '陆医生', roles: ['clinician'], tenants: ['ZJJ'] })
    await portal.server.exchange([inFrames(new ChartStory(systemClock.now(), 0).messages)])
    await portal.server.settled()
    // Documents are written a moment after their reports.
    for (let left = 200; left > 0 && !rows.some(row => row.status === 'superseded'); left--) {
      rows = (await portal.server.get<{ documents: Row[] }>('/api/documents?limit=100')).documents
      await new Promise(resolve => setTimeout(resolve, 50))
    }
    window = await portal.signedIn('lu')
  })
  afterEach(() => expect(portal.troubles()).to.deep.equal([]))
  after(() => portal.stop())

  it('are listed with their check, narrowed by state, and opened from the row', async () => {
    const { page } = window
    await page.goto('/documents')
    const table = page.getByRole('table', { name: '共享文档' })
    await table.locator('tbody tr').first().waitFor()
    expect(await table.locator('tbody tr').first().textContent()).to.match(/检验报告.*C0007欧阳珅.*通过/)
    await page.goto('/documents?status=superseded')
    await page.getByText('已列出 1 份').waitFor()
    await table.getByText('已被替代').click()
    await page.waitForURL(/\/documents\/ZJJ\//)
    await page.getByText('这份文档已被新版本替代').waitFor()
  })

  it('are read as a page, as data elements and as XML, with personal numbers masked on the page', async () => {
    const { page } = window
    const superseded = rows.find(row => row.status === 'superseded')!
    await page.goto(`/documents/ZJJ/${superseded.id}`)
    const paper = page.getByRole('article', { name: '检验报告' })
    await paper.getByText('318 μmol/L').waitFor()
    expect(await paper.textContent()).to.match(/990118\*{8}0034/)
    await page.getByText('数据元', { exact: true }).click()
    await paper.getByText('DE04.30.015.00').first().waitFor()
    await page.getByText('XML 原文', { exact: true }).click()
    await page.locator('.cm-content', { hasText: '<ClinicalDocument' }).waitFor()
    await page.getByText('校验结果', { exact: true }).click()
    await page.getByRole('button', { name: '重新校验' }).click()
    await page.getByText('已重新校验').waitFor()
  })

  it('are downloaded byte for byte', async () => {
    const { page } = window
    const { id } = rows[0]!
    await page.goto(`/documents/ZJJ/${id}`)
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: '下载 XML' }).click()])
    expect(download.suggestedFilename()).to.match(/^C0007-.*\.xml$/)
    const kept = await portal.server.request(`/api/documents/ZJJ/${id}/xml`)
    expect(readFileSync(await download.path()).equals(Buffer.from(await kept.arrayBuffer()))).to.equal(true)
  })

  it('stand in the chart of their patient', async () => {
    const { page } = window
    await page.goto(`/patients/ZJJ/${rows[0]!.patient}?tab=documents`)
    await page.getByRole('heading', { name: person.name }).waitFor()
    const list = page.locator('.folder-list li')
    await list.first().waitFor()
    expect(await list.count()).to.equal(rows.length)
    await list.filter({ hasText: '已被替代' }).getByRole('button').click()
    await page.getByRole('article', { name: '检验报告' }).getByText('318 μmol/L').waitFor()
    await page.getByRole('link', { name: '单独打开' }).click()
    await page.getByRole('link', { name: '患者 360' }).click()
    await page.waitForURL(/tab=documents&document=/)
  })

  it('that do not exist say so', async () => {
    await window.page.goto('/documents/ZJJ/nothing')
    await window.page.getByRole('alert').waitFor()
  })
})
