// Searches against the naive truth: for many queries, what comes back is exactly what a plain filter over the bodies picks; pages hold while others write.
import { expect } from 'chai'
import { type Ask, ask, faultsOf, type Loose, linkOf, listOf, namesOf } from './test-client.ts'
import { openTestServer, type TestServer } from './test-server.ts'

type Resource = { readonly [member: string]: unknown; readonly resourceType: string; readonly id: string }

const names = ['欧阳珅', '李雷', '李梅', '阿依古丽·买买提', 'José Müller', '䶮𠮷', '诸葛亮', 'zhang San']
const codes = ['718-7', '6690-2', '8480-6']

const patients: Resource[] = names.map((text, n) => ({
  resourceType: 'Patient',
  id: `p${n}`,
  identifier: [
    { system: 'urn:mrn', value: `88${n}` },
    { system: 'urn:oid:2.16.156.10011.1.3', value: `11010519491231${String(n).padStart(3, '0')}X` },
  ],
  name: [{ text, family: text[0], given: [text.slice(1)] }],
  gender: ['male', 'female', 'unknown'][n % 3],
  ...(n % 4 === 3 ? {} : { birthDate: `19${50 + n * 5}-0${1 + (n % 9)}-1${n}` }),
  telecom: [{ system: 'phone', value: `138 0000 000${n}` }],
  active: n % 2 === 0,
}))

const observations: Resource[] = Array.from({ length: 60 }, (_, n) => ({
  resourceType: 'Observation',
  id: `o${n}`,
  status: n % 7 === 0 ? 'preliminary' : 'final',
  category: [{ coding: [{ system: 'urn:cat', code: n % 2 === 0 ? 'laboratory' : 'vital-signs' }] }],
  code: { coding: [{ system: n % 5 === 0 ? 'urn:local' : 'http://loinc.org', code: codes[n % 3] }] },
  subject: { reference: `Patient/p${n % names.length}` },
  ...(n % 9 === 0 ? {} : { encounter: { reference: `Encounter/e${n % 4}` } }),
  effectiveDateTime: `2026-0${1 + (n % 3)}-${String(1 + (n % 28)).padStart(2, '0')}T0${n % 10}:30:00+08:00`,
  valueQuantity: { value: 3 + n / 10, unit: 'g/L', system: 'http://unitsofmeasure.org', code: 'g/L' },
}))

const all = [...patients, ...observations]
const of = (resource: Resource, member: string) => resource[member] as Loose & string
const ms = (text: unknown) => Date.parse(/T/.test(String(text)) ? String(text) : `${text}T00:00:00+08:00`)
const number = (o: Resource) => Number((o['valueQuantity'] as { value: number }).value)
const code = (o: Resource) => String(listOf(of(o, 'code')['coding'])[0]!['code'])
const system = (o: Resource) => String(listOf(of(o, 'code')['coding'])[0]!['system'])
const day = 86_400_000

/** Query → what a person reading it would pick. */
const truths: [string, (resource: Resource) => boolean][] = [
  ['Patient', () => true],
  ['Patient?identifier=urn:mrn|883', p => p.id === 'p3'],
  ['Patient?identifier=883', p => p.id === 'p3'],
  ['Patient?identifier=urn:oid:2.16.156.10011.1.3|11010519491231005x', p => p.id === 'p5'],
  ['Patient?identifier=11010519491231005X', p => p.id === 'p5'],
  ['Patient?identifier=urn:other|883', () => false],
  ['Patient?identifier=urn:mrn|883,urn:mrn|884', p => ['p3', 'p4'].includes(p.id)],
  ['Patient?phone=13800000002', p => p.id === 'p2'],
  ['Patient?phone=%2B86 138-0000-0002', p => p.id === 'p2'],
  ['Patient?name=李', p => names[Number(p.id[1])]!.startsWith('李')],
  ['Patient?name=梅', p => p.id === 'p2'],
  ['Patient?name=阿依古丽买买提', p => p.id === 'p3'],
  ['Patient?name=阿依古丽•买买提', p => p.id === 'p3'],
  ['Patient?name=jose', p => p.id === 'p4'],
  ['Patient?name=muller', () => false],
  ['Patient?name:contains=muller', p => p.id === 'p4'],
  ['Patient?name:contains=珅', p => p.id === 'p0'],
  ['Patient?name:exact=zhang San', p => p.id === 'p7'],
  ['Patient?name:exact=Zhang san', () => false],
  ['Patient?name=𠮷', p => p.id === 'p5'],
  ['Patient?name-initials=zgl', p => p.id === 'p6'],
  ['Patient?name-pinyin=ouyang', p => p.id === 'p0'],
  ['Patient?phonetic=lilei', p => p.id === 'p1'],
  ['Patient?gender=female', p => p['gender'] === 'female'],
  ['Patient?gender=http://hl7.org/fhir/administrative-gender|female', p => p['gender'] === 'female'],
  ['Patient?gender:not=female', p => p['gender'] !== 'female'],
  ['Patient?active=true', p => p['active'] === true],
  ['Patient?birthdate=1960', p => String(p['birthDate']).startsWith('1960')],
  ['Patient?birthdate=ge1960-03-12', p => ms(p['birthDate']) >= ms('1960-03-12')],
  ['Patient?birthdate=lt1960-03-12', p => ms(p['birthDate']) < ms('1960-03-12')],
  ['Patient?birthdate=ne1960-03-12', p => p['birthDate'] !== undefined && p['birthDate'] !== '1960-03-12'],
  ['Patient?birthdate:missing=true', p => p['birthDate'] === undefined],
  ['Patient?birthdate:missing=false', p => p['birthDate'] !== undefined],
  ['Patient?gender=female&active=true', p => p['gender'] === 'female' && p['active'] === true],
  ['Patient?_lastUpdated=gt2020-01-01', () => true],
  ['Patient?_lastUpdated=lt2020', () => false],
  ['Patient?_id=p1,p2,nobody', p => ['p1', 'p2'].includes(p.id)],
  ['Observation?code=718-7', o => code(o) === '718-7'],
  ['Observation?code=http://loinc.org|718-7', o => code(o) === '718-7' && system(o) === 'http://loinc.org'],
  ['Observation?code=urn:local|', o => system(o) === 'urn:local'],
  ['Observation?code=|718-7', () => false],
  ['Observation?combo-code=718-7,6690-2', o => ['718-7', '6690-2'].includes(code(o))],
  ['Observation?code:not=718-7', o => code(o) !== '718-7'],
  ['Observation?status=preliminary', o => o['status'] === 'preliminary'],
  ['Observation?subject=Patient/p1', o => of(o, 'subject')['reference'] === ('Patient/p1' as unknown as Loose)],
  ['Observation?patient=p1', o => of(o, 'subject')['reference'] === ('Patient/p1' as unknown as Loose)],
  ['Observation?patient=p1,p2&code=718-7', o => /p[12]$/.test(String(of(o, 'subject')['reference'])) && code(o) === '718-7'],
  ['Observation?subject:Group=p1', () => false],
  ['Observation?encounter=Encounter/e1', o => String((o['encounter'] as Loose | undefined)?.['reference']) === 'Encounter/e1'],
  ['Observation?encounter:missing=true', o => o['encounter'] === undefined],
  ['Observation?date=2026-02', o => String(o['effectiveDateTime']).startsWith('2026-02')],
  [
    'Observation?date=ge2026-02-10&date=lt2026-03-01',
    o => ms(o['effectiveDateTime']) >= ms('2026-02-10') && ms(o['effectiveDateTime']) < ms('2026-03-01'),
  ],
  ['Observation?date=gt2026-02-10', o => ms(o['effectiveDateTime']) >= ms('2026-02-10') + day],
  ['Observation?date=sa2026-02-10', o => ms(o['effectiveDateTime']) >= ms('2026-02-10') + day],
  ['Observation?date=eb2026-02-10', o => ms(o['effectiveDateTime']) < ms('2026-02-10')],
  ['Observation?date=le2026-02-10', o => ms(o['effectiveDateTime']) < ms('2026-02-10') + day],
  ['Observation?value-quantity=4.5', o => number(o) >= 4.45 && number(o) < 4.55],
  ['Observation?value-quantity=gt4.5', o => number(o) > 4.5],
  ['Observation?value-quantity=ge4.5', o => number(o) >= 4.5],
  ['Observation?value-quantity=lt4500|http://unitsofmeasure.org|mg/L', o => number(o) < 4.5],
  ['Observation?value-quantity=le4.5||g/L', o => number(o) <= 4.5],
  ['Observation?value-quantity=5||mg', () => false],
  [
    'Observation?category=urn:cat|laboratory&code=718-7&status=final',
    o => /^o\d*[02468]$/.test(o.id) && code(o) === '718-7' && o['status'] === 'final',
  ],
]

describe('FHIR search', () => {
  let server: TestServer
  let token: string
  const call = (method: string, path: string, options: Ask = {}) =>
    ask(server.origin, method, path.startsWith('http') ? path : `/fhir/${path}`, { token, ...options })

  before(async () => {
    server = await openTestServer()
    token = await server.token('all')
    const entry = all.map(resource => ({ resource, request: { method: 'PUT', url: `${resource.resourceType}/${resource.id}` } }))
    const stored = await call('POST', '', { body: { resourceType: 'Bundle', type: 'transaction', entry } })
    expect(stored.status, stored.text.slice(0, 500)).to.equal(200)
  })
  after(() => server.close())

  for (const [query, truth] of truths) {
    it(`finds ${query}`, async () => {
      const type = query.split('?')[0]!
      const expected = all.filter(resource => resource.resourceType === type && truth(resource)).map(resource => `${type}/${resource.id}`)
      const reply = await call('GET', `${query}${query.includes('?') ? '&' : '?'}_count=1000&_total=accurate`, {
        headers: { prefer: 'handling=strict' },
      })
      expect(reply.status, reply.text.slice(0, 500)).to.equal(200)
      expect(namesOf(reply).sort()).to.deep.equal(expected.sort())
      expect(reply.body['total']).to.equal(expected.length)
    })
  }

  it('sorts by several keys', async () => {
    const byDate = await call('GET', 'Observation?_sort=-date,_id&_count=100')
    const dates = listOf(byDate.body['entry']).map(entry => ms(entry['resource']!['effectiveDateTime']))
    expect(dates).to.deep.equal([...dates].sort((a, b) => b - a))
    const byCode = await call('GET', 'Observation?_sort=code,-value-quantity&_count=100')
    const keys = listOf(byCode.body['entry']).map(entry => entry['resource'] as unknown as Resource)
    const ordered = [...keys].sort((a, b) => (code(a) < code(b) ? -1 : code(a) > code(b) ? 1 : number(b) - number(a)))
    expect(keys.map(o => o.id)).to.deep.equal(ordered.map(o => o.id))
    const chart = await call('GET', 'Observation?patient=p1&code=6690-2&_sort=-date&_count=5')
    const newest = observations
      .filter(o => code(o) === '6690-2' && String(of(o, 'subject')['reference']) === 'Patient/p1')
      .sort((a, b) => ms(b['effectiveDateTime']) - ms(a['effectiveDateTime']))
    expect(namesOf(chart)).to.deep.equal(newest.slice(0, 5).map(o => `Observation/${o.id}`))
  })

  it('searches by POST, in form and URL together', async () => {
    const headers = { 'content-type': 'application/x-www-form-urlencoded' }
    const reply = await call('POST', 'Observation/_search?status=final', { headers, body: 'patient=p1&code=718-7' })
    const same = await call('GET', 'Observation?status=final&patient=p1&code=718-7')
    expect(namesOf(reply).sort()).to.deep.equal(namesOf(same).sort())
    expect(namesOf(reply)).to.not.deep.equal([])
  })

  it('searches inside the compartment of a patient', async () => {
    const inside = await call('GET', 'Patient/p1/Observation?code=718-7&_count=100')
    expect(namesOf(inside).sort()).to.deep.equal(namesOf(await call('GET', 'Observation?patient=p1&code=718-7&_count=100')).sort())
  })

  it('says what it left out', async () => {
    const reply = await call('GET', 'Observation?code=718-7&shoe-size=42&subject.name=x&_sort=colour&_count=2')
    expect(reply.status).to.equal(200)
    expect(linkOf(reply, 'self')).to.equal(`${server.origin}/fhir/Observation?code=718-7&_count=2`)
    const outcome = listOf(reply.body['entry']).find(entry => String(entry['search']!['mode']) === 'outcome')!['resource']!
    expect(faultsOf(outcome)).to.deep.equal(Array(3).fill('fhir.parameter-unknown'))
    expect(listOf(outcome['issue']).map(issue => String(issue['severity']))).to.deep.equal(Array(3).fill('warning'))
  })

  it('counts when asked, and when one page is all', async () => {
    expect((await call('GET', 'Observation?_count=5')).body['total']).to.equal(undefined)
    expect((await call('GET', 'Observation?_count=5&_total=accurate')).body['total']).to.equal(60)
    expect((await call('GET', 'Observation?_count=60')).body['total']).to.equal(60)
    for (const query of ['_summary=count', '_count=0']) {
      const reply = await call('GET', `Observation?status=final&${query}`)
      expect([reply.body['total'], reply.body['entry']]).to.deep.equal([
        observations.filter(o => o['status'] === 'final').length,
        undefined,
      ])
    }
  })

  it('shows parts of what it finds', async () => {
    const reply = await call('GET', 'Patient?_elements=gender&_count=1')
    expect(Object.keys(listOf(reply.body['entry'])[0]!['resource']!)).to.deep.equal(['resourceType', 'id', 'meta', 'gender'])
  })

  it('keeps its pages still while others write', async () => {
    const seen: string[] = []
    let url: string | undefined = 'Observation?status=final&_sort=-date&_count=7'
    for (let page = 0; url !== undefined && page < 20; page++) {
      const reply = await call('GET', url)
      seen.push(...namesOf(reply))
      const [moved, gone] = [observations[page]!, observations[59 - page]!]
      await call('PUT', `Observation/${moved.id}`, { body: { ...moved, status: 'amended', effectiveDateTime: '2030-01-01T00:00:00Z' } })
      await call('DELETE', `Observation/${gone.id}`)
      await call('PUT', `Observation/new${page}`, { body: { ...moved, id: `new${page}`, status: 'final' } })
      url = linkOf(reply, 'next')
    }
    const expected = observations
      .filter(o => o['status'] === 'final')
      .sort((a, b) => ms(b['effectiveDateTime']) - ms(a['effectiveDateTime']))
    expect(seen.length).to.equal(expected.length)
    expect([...seen].sort()).to.deep.equal(expected.map(o => `Observation/${o.id}`).sort())
    const now = await call('GET', 'Observation?status=amended&_count=100')
    expect(namesOf(now).length).to.be.greaterThan(0)
  })
})
