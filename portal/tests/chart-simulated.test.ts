// What the simulated hospital meant is what the page shows: HIS, LIS and PACS speak over real sockets, the chart is read in the browser and compared with their intent.
import { expect } from 'chai'
import type { Statement } from '#adapters/content/statement.ts'
import { simulator as his } from '#adapters/zjj-his/simulator.ts'
import { simulator as lis } from '#adapters/zjj-lis/simulator.ts'
import { simulator as pacs } from '#adapters/zjj-pacs/simulator.ts'
import { frame } from '#formats/hl7v2/mllp.ts'
import { ManualClock } from '#kernel/clock.ts'
import { PortalUnderTest, type Window } from './browser.ts'

type Of<A> = Extract<Statement, { about: A }>
/** The same story every time. */
const clock = new ManualClock(Date.parse('2026-03-04T10:00:00+08:00'))
const pace = { historyDays: 2, historyPerDay: 8, livePerDay: 1 }

describe('the chart of a simulated hospital', () => {
  let portal: PortalUnderTest
  let window: Window
  const said: Statement[] = []
  before(async function () {
    this.timeout(120_000)
    portal = await PortalUnderTest.start()
    await portal.user({ name: 'lu', displayName: '陆医生', roles: ['clinician'], tenants: ['ZJJ'] })
    for (const simulator of [his, lis, pacs]) {
      const writes: Buffer[] = []
      for (const message of simulator('portal', clock, pace)) {
        if (message.delayMs > 0) break
        writes.push(frame(message.bytes))
        said.push(...message.intent.statements)
      }
      const answers = await portal.server.exchange(writes)
      expect(answers.length).to.equal(writes.length)
    }
    await portal.server.settled()
    window = await portal.signedIn('lu')
  })
  afterEach(() => expect(portal.troubles()).to.deep.equal([]))
  after(() => portal.stop())

  /** The last statement of every subject: what the repository should show. */
  const last = <A extends Statement['about']>(about: A, key: (statement: Of<A>) => string): Of<A>[] => {
    const own = said.filter((statement): statement is Of<A> => statement.about === about)
    return [...new Map(own.map(statement => [key(statement), statement])).values()]
  }
  const survivorOf = (number: string) =>
    said.filter(each => each.about === 'merge').find(each => each.retired === number)?.survivor ?? number
  const chartOf = async (number: string) => {
    const { patients } = await portal.server.get<{ patients: { id: string; number: string }[] }>(`/api/patients?q=${survivorOf(number)}`)
    return `/patients/ZJJ/${patients.find(patient => patient.number === survivorOf(number))!.id}`
  }

  it('has every result of the fullest laboratory report with its value and flag', async () => {
    const reports = last('lab-report', ({ report }) => report)
    const fullest = reports.reduce((a, b) => (b.results.length > a.results.length ? b : a))
    const { page } = window
    await page.goto(`${await chartOf(fullest.patient)}?tab=laboratory`)
    const grid = page.locator('table.grid')
    await grid.waitFor()
    for (const { code, value, flag } of fullest.results) {
      const values = grid.locator('tr', { has: page.locator(`button[title$="(${code})"]`) }).locator('.value')
      const texts = (await values.allTextContents()).map(text => text.replace(/[更初废]$/, '').trim())
      const sign = { H: '↑', L: '↓', HH: '⇈', LL: '⇊' }[flag as 'H'] ?? ''
      expect(texts, code).to.satisfy((shown: string[]) => shown.some(text => text.startsWith(value) && text.endsWith(sign)))
    }
  })

  it('has the words of an examination as they were dictated', async () => {
    const exam = last('imaging-report', ({ accession }) => accession)[0]!
    const { page } = window
    await page.goto(`${await chartOf(exam.patient)}?tab=examinations`)
    await page
      .getByRole('button')
      .filter({ hasText: exam.impression.slice(0, 12) })
      .first()
      .click()
    const shown = (await page.locator('article.report').textContent()) ?? ''
    const plain = (text: string) => text.replace(/\s/g, '')
    expect(plain(shown)).to.contain(plain(exam.findings)).and.to.contain(plain(exam.impression))
  })

  it('draws as many visits as the hospital told of', async () => {
    const visits = last('visit', ({ number }) => number).filter(visit => visit.status !== 'cancelled' && visit.status !== 'planned')
    const patient = survivorOf(visits[0]!.patient)
    const own = visits.filter(visit => survivorOf(visit.patient) === patient)
    const { page } = window
    await page.goto(await chartOf(patient))
    await page.locator('.lane-bar').first().waitFor()
    expect(await page.locator('.lane-bar').count()).to.equal(own.length)
  })
})
