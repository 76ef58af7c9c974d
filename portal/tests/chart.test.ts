// Patient 360 end to end: nine visits' worth of messages over a real socket, then what a clinician does with the chart.
import { expect } from 'chai'
import { systemClock } from '#kernel/clock.ts'
import { inFrames } from '../../server-under-test.ts'
import { PortalUnderTest, type Window } from './browser.ts'
import { ChartStory, person } from './chart-story.ts'

/** A read's entry is committed with the next group. */
type Trail = { readonly entries: readonly { subject: string; principal: string; detail?: string }[] }

describe('patient 360', () => {
  let portal: PortalUnderTest
  let window: Window
  let id = ''
  before(async function () {
    this.timeout(120_000)
    portal = await PortalUnderTest.start()
    await portal.user({ name: 'lu', displayName: '陆医生', roles: ['clinician'], tenants: ['ZJJ'] })
    await portal.user({ name: 'shen', displayName: '沈接口', roles: ['analyst', 'clinician'], tenants: ['ZJJ'] })
    const answers = await portal.server.exchange([inFrames(new ChartStory(systemClock.now(), 1).messages)])
    expect(new Set(answers.map(answer => answer.code))).to.deep.equal(new Set(['AA']))
    await portal.server.settled()
    const found = await portal.server.get<{ patients: { id: string; number: string }[] }>(`/api/patients?q=${person.number}`)
    id = found.patients[0]!.id
    window = await portal.signedIn('lu')
  })
  afterEach(() => expect(portal.troubles()).to.deep.equal([]))
  after(() => portal.stop())

  const open = async (query = '') => {
    await window.page.goto(`/patients/ZJJ/${id}${query}`)
    await window.page.getByRole('heading', { name: person.name }).waitFor()
  }
  const drawer = () => window.page.getByRole('dialog').last()

  it('says in its banner who this is and what must not be overlooked, also when scrolled', async () => {
    await open()
    const banner = window.page.getByRole('region', { name: '患者信息' })
    await banner.getByText(/危急值 钾 6.74 mmol\/L/).waitFor()
    const text = (await banner.textContent()) ?? ''
    expect(text).to.match(/欧阳珅男 \d+ 岁1958-04-12/)
    expect(text).to.match(/病案号 77001234身份证 990118\*{8}0034电话 126\*{4}1234/)
    expect(text).to.contain('过敏 青霉素').and.to.contain('过敏 碘造影剂')
    expect(text).to.contain('急诊在诊 急诊医学科 · 张军').and.to.contain(`含已合并病案号 ${person.temporary}`)
    await window.page.getByText('申请与医嘱').last().scrollIntoViewIfNeeded()
    expect((await banner.boundingBox())!.y).to.be.at.least(0)
  })

  it('gives the overview in one look: abnormal results first the critical one, reports, diagnoses, orders closed by their reports', async () => {
    await open()
    const abnormal = window.page.getByRole('region', { name: '近期异常结果' })
    expect(await abnormal.locator('li').first().textContent()).to.match(/钾6.74.*mmol\/L3.5-5.3← 5.10/)
    const diagnoses = await window.page.getByRole('region', { name: '诊断' }).locator('li').allTextContents()
    expect(diagnoses[0]).to.match(/高钾血症 ?E87.500急诊急诊医学科/)
    expect(diagnoses.some(row => /2型糖尿病 4 次/.test(row))).to.equal(true)
    const order = window.page.getByRole('region', { name: '申请与医嘱' }).locator('li').first()
    expect(await order.locator('.steps .done').allTextContents()).to.deep.equal(['开立', '接收', '报告'])
  })

  it('draws visits in lanes; one visit narrows every panel, and all come back', async () => {
    await open('?tab=laboratory')
    const bars = window.page.locator('.lane-bar')
    await bars.first().waitFor()
    expect(await bars.count()).to.equal(7)
    await window.page.locator('.lane-bar.inpatient').click()
    await window.page.getByText('10 个项目，4 次采样').waitFor()
    await window.page.getByText(/内科 · ZW2 05 15 · 马欣雪/).waitFor()
    await window.page.getByRole('button', { name: '查看全部就诊' }).click()
    await window.page.getByText(/^12 个项目/).waitFor()
    await window.page.getByText('近 1 月', { exact: true }).click()
    expect(await window.page.locator('.lane-bar.outpatient').count()).to.equal(0)
    await window.page.locator('.lane-bar.emergency').first().focus()
    await window.page.keyboard.press('-')
    await window.page.keyboard.press('-')
    await window.page.keyboard.press('ArrowLeft')
    await window.page.locator('.lane-bar.inpatient').waitFor()
  })

  it('shows results with time across: flags, the critical one, the correction, only what is abnormal', async () => {
    await open('?tab=laboratory')
    const grid = window.page.locator('table.grid')
    await grid.waitFor()
    const row = (name: string) => grid.locator('tr', { has: window.page.getByRole('rowheader', { name, exact: true }) })
    expect(await row('钾').locator('.flagged-critical-high').textContent()).to.match(/6.74/)
    const creatinine = row('肌酐').locator('.value').first()
    expect(await creatinine.textContent()).to.match(/281.*更/)
    expect(await creatinine.getAttribute('title')).to.match(/偏高\n该报告参考范围 57-97/)
    await window.page.getByText('只看异常项目').click()
    await window.page.getByText(/^9 个项目/).waitFor()
    expect(await row('白细胞计数').count()).to.equal(0)
    await window.page.getByPlaceholder('筛选项目').fill('电解质')
    await window.page.getByText(/^2 个项目/).waitFor()
  })

  it('opens a trend with its reference band, keeps it in the address, and Back closes it', async () => {
    await open('?tab=laboratory')
    await window.page.getByRole('rowheader', { name: '肌酐' }).getByRole('button').click()
    await drawer().locator('.trend-chart svg').waitFor()
    // The band is one: every report had the same range.
    expect(await drawer().locator('.trend-chart path[fill="rgb(31,122,77)"][fill-opacity="0.1"]').count()).to.equal(1)
    const first = drawer().getByRole('table').locator('tbody tr').first()
    expect(await first.textContent()).to.match(/281 μmol\/L.*偏高57-97更正更正前 318/)
    await window.page.reload()
    await drawer().getByRole('heading', { name: '肌酐' }).waitFor()
    await window.page.goBack()
    await window.page.getByRole('dialog').waitFor({ state: 'detached' })
  })

  it('reads an examination in words, with the way to its images', async () => {
    await open('?tab=examinations')
    const report = window.page.getByRole('article', { name: '头颅CT平扫' })
    await report.getByText('脑室系统未见扩大，中线结构居中。').waitFor()
    const link = report.getByRole('link', { name: /影像调阅/ })
    expect(await link.getAttribute('href')).to.match(/^https:\/\/pacs\.zjj\.example\/viewer\?accession=P/)
    expect(await link.getAttribute('rel')).to.contain('noreferrer')
    await window.page.getByRole('button', { name: /泌尿系超声/ }).click()
    await window.page
      .getByRole('article', { name: '泌尿系超声' })
      .getByText(/双肾弥漫性病变/)
      .waitFor()
  })

  it('shows what is behind a card: versions, their difference, the message; the analyst follows it to its biography', async () => {
    const analyst = await portal.signedIn('shen')
    const { page } = analyst
    await page.goto(`/patients/ZJJ/${id}?tab=laboratory`)
    await page.getByRole('rowheader', { name: '肌酐' }).getByRole('button').click()
    await page.getByRole('dialog').getByRole('button', { name: '原始数据' }).first().click()
    const raw = page.getByRole('dialog', { name: '原始数据' })
    await raw.getByText('与 v1 比较').click()
    await raw.locator('.cm-changedText', { hasText: '281' }).waitFor()
    expect(await raw.locator('.cm-changedText', { hasText: '318' }).count()).to.equal(1)
    await raw.getByText('来源消息原文').click()
    await raw.locator('.cm-content', { hasText: 'OBX|2|NM|CREA^肌酐^ITEM||281' }).waitFor()
    await raw.getByRole('link', { name: '查看映射轨迹' }).click()
    await page.waitForURL(/\/messages\/ZJJ-\d+/)
    await page.getByRole('heading', { name: /^ZJJ-\d+$/ }).waitFor()
  })

  it('shows full numbers only for a reason, which the audit trail keeps', async () => {
    await open()
    await window.page.getByRole('button', { name: '查看完整号码' }).click()
    const submit = drawer().getByRole('button', { name: '查看完整号码' })
    expect(await submit.isDisabled()).to.equal(true)
    await drawer().getByLabel(/原因/).fill('电话通知危急值')
    await submit.click()
    await drawer().getByText(person.idCard).waitFor()
    const looks = () => portal.server.get<Trail>(`/api/audit/ZJJ?patient=${id}&limit=100`)
    let kept: Trail['entries'][number] | undefined
    for (let left = 50; left > 0 && !kept; left--) {
      kept = (await looks()).entries.find(entry => entry.subject.endsWith('reveal'))
      if (!kept) await new Promise(resolve => setTimeout(resolve, 50))
    }
    expect(kept).to.include({ principal: 'user:lu', detail: '电话通知危急值' })
  })

  it('leads from a merged record to the one that goes on', async () => {
    const { patients } = await portal.server.get<{ patients: { id: string }[] }>(`/api/patients?q=${person.temporary}`)
    const retired = patients.find(each => each.id !== id) ?? patients[0]!
    await window.page.goto(`/patients/ZJJ/${retired.id}`)
    await window.page.getByRole('link', { name: `${person.name} ${person.number}` }).click()
    await window.page.waitForURL(`**/patients/ZJJ/${id}`)
  })

  it('draws a part that cannot be reached as such, while the others stand, and tries again', async () => {
    await window.page.route('**/visits', route => route.abort())
    await window.page.goto(`/patients/ZJJ/${id}`)
    const visits = window.page.getByRole('region', { name: '就诊' })
    await visits.getByText('无法连接平台，请检查网络').waitFor()
    await window.page.getByRole('region', { name: '近期异常结果' }).getByText('钾').waitFor()
    await window.page.unroute('**/visits')
    await visits.getByRole('button', { name: '重试' }).click()
    await window.page.locator('.lane-bar').first().waitFor()
  })

  it('speaks English', async () => {
    const english = await portal.signedIn('lu', 'en')
    await english.page.goto(`/patients/ZJJ/${id}`)
    await english.page.getByText('Recent abnormal results').waitFor()
    expect(await english.page.getByRole('region', { name: 'Patient', exact: true }).textContent()).to.match(
      /M \d+ y.*MRN 77001234.*Allergy 青霉素/,
    )
  })
})
