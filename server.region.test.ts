// Regional Persons: one person in several hospitals, seen only as far as the token reaches; a hospital that does not share stays out (architecture section 3).
import { expect } from 'chai'
import { checkCharacter } from '#kernel/id-card.ts'
import { type Found, hl7, ServerUnderTest } from './server-under-test.ts'

const card = (seventeen: string) => seventeen + checkCharacter(seventeen)
const chen = card('99011819800506002')
const li = card('99011819700102011')

const admit = (facility: string, number: string, idCard: string, name: string, more: string) => {
  const cards =
    facility === 'ZJJ'
      ? `${number}^^^ZJJ^MR~${idCard}^^^PRC^NI||${name}^^^^^^L||${more}`
      : `${number}^^^QPJW^MR||${name}||${more}|||||||||||${idCard}`
  return hl7(
    'ADT^A04',
    { control: `${facility}${number}`, facility, application: `${facility}-HIS` },
    'EVN|A04|20261101080000',
    `PID|1||${cards}`,
    `PV1|1|O|Z01|||||||||||||||M${number}`,
  )
}

describe('regional Persons', () => {
  let under: ServerUnderTest
  const ids: Record<string, string> = {}
  before(async () => {
    under = await ServerUnderTest.start()
    await under.put('/api/tenants/ZJJ', { name: '朱家角人民医院', sharesPersons: true })
    await under.put('/api/tenants/QPJW', { name: '青浦区精神卫生中心' })
    await under.send(admit('ZJJ', '970001', chen, '陈珅', '19800506|2'))
    await under.send(admit('QPJW', '970001', chen, '陈 珅', '19800506|F'))
    await under.send(admit('ZJJ', '970002', li, '李誠', '19700102|1'))
    for (const tenant of ['ZJJ', 'QPJW']) ids[tenant] = (await under.find('Patient?identifier=970001', tenant))[0]!.id
  })
  after(() => under.stop())

  const persons = async (query = '') => (await under.find(`Person?_count=50${query}`, 'REGION')) as Found[]
  const linksOf = (person: Found | undefined) =>
    ((person?.['link'] ?? []) as { target: { reference: string } }[]).map(({ target }) => target.reference).sort()
  const until = async (done: () => Promise<boolean>) => {
    while (!(await done())) await new Promise(resolve => setTimeout(resolve, 20))
  }
  const chenOf = async () => (await persons()).find(person => person['birthDate'] === '1980-05-06')

  it('are made for who carries a card that fits, in a tenant that shares', async () => {
    await until(async () => (await persons()).length === 2)
    expect(linksOf(await chenOf())).to.deep.equal([`Patient/${ids['ZJJ']}`])
  })

  it('join the patients of hospitals when both share, and part again when one does no more', async () => {
    await under.put('/api/tenants/QPJW', { sharesPersons: true })
    await until(async () => linksOf(await chenOf()).length === 2)
    expect(linksOf(await chenOf())).to.deep.equal([`Patient/${ids['ZJJ']}`, `Patient/${ids['QPJW']}`].sort())
    await under.put('/api/tenants/QPJW', { sharesPersons: false })
    await until(async () => linksOf(await chenOf()).length === 1)
    await under.put('/api/tenants/QPJW', { sharesPersons: true })
    await until(async () => linksOf(await chenOf()).length === 2)
  })

  it('show a reader only the links, tags and Persons of his own tenants, in reads, history, searches and counts', async () => {
    const person = (await chenOf())!
    const reader = await under.as({ tenants: ['QPJW', 'REGION'], scopes: ['system/*.read'] })
    const ask = async (path: string) =>
      (await (await reader(`/fhir/${path}`)).json()) as { total: number; entry?: { resource: Found }[] } & Found
    const seen = await ask(`Person/${person.id}`)
    expect(linksOf(seen)).to.deep.equal([`Patient/${ids['QPJW']}`])
    expect(JSON.stringify(seen)).not.to.include('ZJJ')
    const all = await ask('Person?_total=accurate')
    expect([all.total, all.entry!.length]).to.deep.equal([1, 1])
    expect(JSON.stringify(await ask(`Person/${person.id}/_history`))).not.to.include(ids['ZJJ'])
    expect((await ask(`Person?link=Patient/${ids['ZJJ']}&_total=accurate`)).total).to.equal(0)
    expect((await ask(`Person?link=Patient/${ids['QPJW']}&_total=accurate`)).total).to.equal(1)
    expect((await ask('Person?_tag=ZJJ&_total=accurate')).total).to.equal(0)
    const other = (await persons()).find(each => each['birthDate'] === '1970-01-02')!
    expect((await reader(`/fhir/Person/${other.id}`)).status).to.equal(404)
  })

  it('follow a patient whose card turns out to be another’s, and go when nobody is left', async () => {
    await under.send(
      hl7(
        'ADT^A08',
        { control: 'Z9', time: '20261101120000' },
        'EVN|A08|20261101120000',
        'PID|1||970002^^^ZJJ^MR||李誠^^^^^^L||19700103|1',
        'PV1|1|O|Z01|||||||||||||||M970002',
      ),
    )
    await until(async () => (await persons()).every(person => person['birthDate'] !== '1970-01-02'))
  })
})
