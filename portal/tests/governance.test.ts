// What people decide and answer for: identities, codes, the rating, accounts, the audit trail.
import { expect } from 'chai'
import type { Page } from 'playwright-core'
import { PortalUnderTest, password, visit } from './browser.ts'
import { tell } from './story.ts'

describe('the pages of governance', () => {
  let portal: PortalUnderTest
  let page: Page
  before(async function () {
    this.timeout(60_000)
    portal = await PortalUnderTest.start()
    await portal.user({ name: 'shen', displayName: '沈接口', roles: ['analyst', 'quality'] })
    await portal.user({ name: 'operator', displayName: '管理员', roles: ['admin'], tenants: 'all' })
    await tell(portal.server)
    page = (await portal.signedIn('shen')).page
  })
  after(() => portal.stop())
  afterEach(() => expect(portal.troubles()).to.deep.equal([]))

  const row = (text: string | RegExp) => page.getByRole('row').filter({ hasText: text })
  const patient = async (number: string) => (await portal.server.find(`Patient?identifier=${number}`, 'ZJJ'))[0]!

  describe('identity', () => {
    it('compares a newborn on the mother’s card with the mother', async () => {
      await visit(page, '/identity')
      await row('新生儿用母亲证件').click()
      const table = page.getByRole('table', { name: '候选患者对比' })
      await table.getByText('陈珅', { exact: true }).first().waitFor()
      const birth = table.getByRole('row').filter({ hasText: '出生日期' })
      expect(await birth.getByLabel('不一致').count()).to.equal(1)
      expect(await birth.getByRole('cell').allTextContents()).to.include.members(['2026-10-30', '1980-05-06'])
      expect(await table.textContent()).to.include('990118********0024')
    })

    it('links two who are one, and takes it back', async () => {
      await visit(page, '/identity')
      await row('同证件不同姓名').click()
      await page.getByRole('button', { name: '是同一人，建立关联' }).click()
      await page.getByRole('dialog').getByRole('button', { name: '是同一人，建立关联' }).click()
      await page.getByText('结论：是同一人，建立关联').first().waitFor()
      expect((await patient('660003'))['link']).to.have.length(1)
      await visit(page, '/identity?tab=decided')
      await page.getByRole('button', { name: '解除关联，改为不是同一人' }).click()
      await page.getByText('结论：不是同一人').first().waitFor()
      expect((await patient('660003'))['link']).to.equal(undefined)
    })

    it('undoes a merge', async () => {
      await visit(page, '/identity?tab=merges')
      await row('无名氏0001').getByRole('button', { name: '撤销合并' }).click()
      await page.getByRole('dialog').getByRole('button', { name: '撤销合并' }).click()
      await page.getByText('没有患者合并记录').waitFor()
      expect((await patient('550002'))['active']).to.equal(true)
    })
  })

  describe('codes', () => {
    it('are mapped as suggested, and are then off the list', async () => {
      await visit(page, '/terminology?q=MPV')
      await row('平均血小板体积').getByRole('button', { name: '采纳 MPV' }).click()
      await page.getByText('没有符合条件的代码').waitFor()
      const { gaps } = await portal.server.get<{ gaps: { code: string }[] }>('/api/terminology/gaps')
      expect(gaps.map(gap => gap.code))
        .to.include('XYZ9')
        .and.not.include('MPV')
    })

    it('reach what is stored already', async () => {
      await page.getByText('MPV 补码完成').waitFor()
      const [observation] = await portal.server.find('Observation?code=http://loinc.org|32623-1', 'ZJJ')
      expect(observation?.meta.versionId).to.equal('2')
    })

    it('say what the server refuses', async () => {
      await visit(page, '/terminology?q=XYZ9')
      await page.getByLabel('检索全部编码体系').check()
      await page.getByLabel('按名称、代码或拼音首字母检索').fill('血清学试验')
      await page
        .getByRole('list', { name: '标准代码' })
        .getByRole('button', { name: /血清学试验/ })
        .first()
        .click()
      await page.getByRole('button', { name: '保存对照' }).click()
      await page.locator('.ant-message-error').waitFor()
      await row('自拟项目').waitFor()
    })

    it('are decided by the code that is typed', async () => {
      await visit(page, '/terminology?q=XYZ9')
      await page.getByLabel('按名称、代码或拼音首字母检索').fill('99999-1')
      await page.getByRole('button', { name: /99999-1/ }).click()
      await page.getByText('近似').click()
      await page.getByRole('button', { name: '保存对照' }).click()
      await page.getByText('没有符合条件的代码').waitFor()
    })
  })

  describe('the rating', () => {
    it('leads from a figure to the messages behind it', async () => {
      await visit(page, '/rating?tenant=ZJJ')
      await page.getByRole('button', { name: /平台联通的院内业务系统/ }).click()
      const evidence = page.getByRole('region', { name: '证据：平台联通的院内业务系统' })
      await evidence.getByRole('link', { name: '临床检验 LIS（含微生物）' }).click()
      await page.waitForURL(/\/messages\?channel=zjj-lis/)
      await row('S-LAB').waitFor()
    })

    it('leads from code coverage to the gaps', async () => {
      await visit(page, '/rating?tenant=ZJJ&item=code-mapping')
      await page.getByRole('link', { name: '代码缺口' }).click()
      await page.waitForURL(/\/terminology\?tenant=ZJJ/)
    })

    it('does not call met what nobody saw', async () => {
      await visit(page, '/rating?tenant=QPJW&item=freshness')
      await page
        .getByRole('button', { name: /数据更新延迟/ })
        .getByText('尚无数据')
        .waitFor()
    })
  })

  describe('accounts', () => {
    let admin: Page
    before(async () => {
      admin = (await portal.signedIn('operator')).page
    })

    it('make a user who can then sign in', async () => {
      await visit(admin, '/accounts')
      await admin.getByRole('button', { name: '新建用户' }).click()
      const form = admin.getByRole('dialog')
      await form.getByLabel('用户名').fill('gu')
      await form.getByLabel('姓名', { exact: true }).fill('顾医生')
      await form.getByLabel('临床医生').check()
      await form.getByLabel('可见租户').click()
      await admin.getByTitle('QPJW 青浦区精神卫生中心').click()
      await admin.keyboard.press('Escape')
      await form.getByLabel('密码', { exact: true }).fill(password)
      await form.getByRole('button', { name: '保存' }).click()
      await admin.getByRole('row').filter({ hasText: '顾医生' }).waitFor()
      await portal.signedIn('gu')
    })

    it('show the secret of a new client once', async () => {
      await visit(admin, '/accounts?tab=clients')
      await admin.getByRole('button', { name: '新建客户端' }).click()
      const form = admin.getByRole('dialog')
      await form.getByLabel('客户端名称').fill('LIS 厂商')
      await form.getByLabel('可见租户').click()
      await admin.getByTitle('ZJJ 朱家角人民医院').click()
      await form.getByLabel('授权范围').fill('messages.send')
      await admin.keyboard.press('Enter')
      await admin.keyboard.press('Escape')
      await form.getByRole('button', { name: '保存' }).click()
      const made = admin.getByRole('dialog').filter({ hasText: '客户端密钥只显示这一次' })
      const secret = await made.locator('code').last().textContent()
      expect(secret?.trim().length).to.be.greaterThan(20)
      await made.getByRole('button', { name: '关闭' }).last().click()
      await made.waitFor({ state: 'hidden' })
      await admin.getByRole('row').filter({ hasText: 'LIS 厂商' }).getByRole('button', { name: '删除 LIS 厂商' }).click()
      await admin.getByRole('dialog').getByRole('button', { name: '删除' }).click()
      await admin.getByText('已删除').waitFor()
    })

    it('leave a trail', async () => {
      await visit(admin, '/audit?tenant=SYSTEM&action=login')
      await admin.getByRole('row').filter({ hasText: 'user:gu' }).first().waitFor()
    })

    it('are for administrators', async () => {
      await visit(page, '/accounts')
      await page.getByText('没有查看权限').waitFor()
    })
  })
})
