// Finding patients as a clinician does: by name, sound, initials and numbers, with the keyboard alone; and who is here now.
import { expect } from 'chai'
import { stamp } from '#adapters/content/china-time.ts'
import { systemClock } from '#kernel/clock.ts'
import { hl7 } from '../../server-under-test.ts'
import { PortalUnderTest, type Window } from './browser.ts'

const people = [
  { number: '77100001', name: '王珅', birth: '19800506', sex: '2', card: '990118198005060024' },
  { number: '77100002', name: '王誠', birth: '20250101', sex: '1', card: '' },
  { number: '77100003', name: '欧阳𠮷', birth: '19580412', sex: '1', card: '' },
  { number: '77100004', name: '阿依努尔·买买提江·阿不都热合曼·托合提卡斯木·艾山江', birth: '19911130', sex: '2', card: '' },
]

describe('the search for patients', () => {
  let portal: PortalUnderTest
  let window: Window
  before(async function () {
    this.timeout(60_000)
    portal = await PortalUnderTest.start()
    await portal.user({ name: 'lu', displayName: '陆医生', roles: ['clinician'], tenants: ['ZJJ', 'EMS'] })
    await portal.user({ name: 'gu', displayName: '顾医生', roles: ['clinician'], tenants: ['QPJW'] })
    const atMs = systemClock.now() - 3_600_000
    for (const [i, { number, name, birth, sex, card }] of people.entries())
      await portal.server.send(
        hl7(
          'ADT^A01',
          { control: `P${i}`, time: stamp(atMs) },
          `EVN|A01|${stamp(atMs)}`,
          `PID|1||${number}^^^ZJJ^MR${card && `~${card}^^^PRC^NI`}||${name}^^^^^^L||${birth}|${sex}|||||12600001234^PRN^CP`,
          `PV1|1|I|ZW2^05^1${i}^ZJJ||||Z01D06^马欣雪|||Z01|||||||||ZY7710000${i}|||||||||||||||||||||||||${stamp(atMs)}`,
          `DG1|1||J18.900^肺炎^ICD-10-CN||${stamp(atMs)}|A|||||||||1`,
        ),
      )
    // Only the laboratory knows this one.
    await portal.server.send(
      hl7(
        'ORU^R01',
        { control: 'P9', time: stamp(atMs), application: 'ZJJ-LIS' },
        'PID|1||77100009^^^ZJJ^MR||赵䶮||19700101|1',
        'PV1|1|O||||||||Z01|||||||||M77100009',
        'ORC|RE|JY771|L771',
        `OBR|1|JY771|L771|RFT^肾功能^PANEL|R||${stamp(atMs)}|||||||||||||||${stamp(atMs)}||LAB|F`,
        `OBX|1|NM|CREA^肌酐^ITEM||88|μmol/L|57-97|N|||F|||${stamp(atMs)}`,
      ),
    )
  })
  beforeEach(async () => {
    window = await portal.signedIn('lu')
    await window.page.goto('/patients')
  })
  afterEach(async () => {
    await window.context.close()
    expect(portal.troubles()).to.deep.equal([])
  })
  after(() => portal.stop())

  const type = async (words: string) => {
    await window.page.getByPlaceholder(/姓名、拼音/).fill(words)
    await window.page.waitForURL(url => url.searchParams.get('q') === words)
  }
  const found = async () => {
    const rows = window.page.getByRole('table', { name: '检索结果' }).locator('tbody tr')
    await rows.first().waitFor()
    return rows.locator('td:first-child b').allTextContents()
  }

  for (const [words, names] of [
    ['王珅', ['王珅']],
    ['欧阳', ['欧阳𠮷']],
    ['wangshen', ['王珅']],
    ['ws', ['王珅']],
    ['77100002', ['王誠']],
    ['ZY77100002', ['欧阳𠮷']],
    ['990118198005060024', ['王珅']],
    ['126-0000-1234', ['王珅', '王誠', '欧阳𠮷', people[3]!.name]],
    ['990118198005060', []],
    ['阿依努尔', [people[3]!.name]],
  ] as const)
    it(`finds ${names.join('、') || 'nobody'} by ${words}`, async () => {
      await type(words)
      if (names.length === 0) await window.page.getByText(/没有找到/).waitFor()
      else expect((await found()).sort()).to.deep.equal([...names].sort())
    })

  it('shows who is here now before anything is typed', async () => {
    const rows = window.page.getByRole('table', { name: '在院与急诊在诊患者' }).locator('tbody tr')
    await rows.first().waitFor()
    expect(await rows.count()).to.equal(people.length)
    expect(await rows.filter({ hasText: '欧阳𠮷' }).textContent()).to.match(
      /男 \d+ 岁.*77100003.*住院.*ZW2 05 12.*马欣雪.*肺炎.*朱家角人民医院/,
    )
  })

  it('works by the keyboard alone: type, arrow down, Enter', async () => {
    const { page } = window
    await page.locator('[data-search] input:focus').waitFor()
    await page.keyboard.type('wang')
    expect((await found()).sort()).to.deep.equal(['王珅', '王誠'].sort())
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('ArrowDown')
    const second = (await found())[1]!
    await page.keyboard.press('Enter')
    await page.waitForURL(/\/patients\/ZJJ\//)
    await page.getByRole('heading', { name: second }).waitFor()
    await page.goBack()
    expect(await page.getByPlaceholder(/姓名、拼音/).inputValue()).to.equal('wang')
  })

  it('asks for one more character, and says that nobody was found and what may help', async () => {
    await type('w')
    await window.page.getByText('至少两个字符').waitFor()
    await type('不存在')
    await window.page.getByText('没有找到与“不存在”相符的患者').waitFor()
    await window.page.getByText(/拼音首字母/).waitFor()
  })

  it('masks cards and telephones, and marks whom only the laboratory knows', async () => {
    await type('赵䶮')
    await found()
    await window.page.getByText('待补全').waitFor()
    await type('王珅')
    await found()
    const row = await window.page.getByRole('table', { name: '检索结果' }).textContent()
    expect(row).to.match(/126\*{4}1234/)
    expect(row).not.to.contain('12600001234')
  })

  it('shows nobody of another hospital', async () => {
    const other = await portal.signedIn('gu')
    await other.page.goto('/patients?q=王珅')
    await other.page.getByText(/没有找到/).waitFor()
    const { patients } = await portal.server.get<{ patients: { id: string }[] }>('/api/patients?q=77100001')
    await other.page.goto(`/patients/ZJJ/${patients[0]!.id}`)
    await other.page.getByText('没有这份病历，或不在您的可见范围内').waitFor()
  })
})
