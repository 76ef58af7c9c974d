// The API behind the chart, over HTTP alone: who may see what, what is audited, pages that cannot be forged, and what clinicians must be able to trust.
import { expect } from 'chai'
import { systemClock } from '#kernel/clock.ts'
import { inFrames, ServerUnderTest } from '../../server-under-test.ts'
import { ChartStory, person } from './chart-story.ts'

type Entry = { readonly action: string; readonly subject: string; readonly patient?: string }
const item = 'https://huilian.example/fhir/CodeSystem/zjj-lis-item|CREA'

describe('the API of the chart', () => {
  let under: ServerUnderTest
  let id = ''
  const secrets = new Map<string, string>()
  before(async function () {
    this.timeout(120_000)
    under = await ServerUnderTest.start()
    const put = (code: string, kind: string) =>
      under.request(`/api/tenants/${code}`, {
        method: 'PUT',
        body: JSON.stringify({ name: code, kind }),
        headers: { 'content-type': 'application/json' },
      })
    await put('ZJJ', 'hospital')
    await put('QPJW', 'hospital')
    await under.exchange([inFrames(new ChartStory(systemClock.now(), 1).messages)])
    await under.settled()
    id = (await under.get<{ patients: { id: string }[] }>(`/api/patients?q=${person.number}`)).patients[0]!.id
    for (const [name, tenants, scopes] of [
      ['clinician', ['ZJJ'], ['patients.read', 'user/*.read']],
      ['stranger', ['QPJW'], ['patients.read', 'user/*.read']],
      ['technician', ['ZJJ'], ['messages.read']],
    ] as const) {
      const client = await under.post<{ id: string; secret: string }>('/api/clients', { name, tenants, scopes })
      const form = new URLSearchParams({ grant_type: 'client_credentials', client_id: client.id, client_secret: client.secret })
      const token = (await (await fetch(`${under.origin}/oauth2/token`, { method: 'POST', body: form })).json()) as { access_token: string }
      secrets.set(name, token.access_token)
    }
  })
  after(() => under.stop())

  const as = (name: string, path: string, init: RequestInit = {}) =>
    fetch(`${under.origin}${path}`, { ...init, headers: { authorization: `Bearer ${secrets.get(name)}`, ...init.headers } })
  const chart = (part = '') => `/api/patients/ZJJ/${id}${part}`
  const parts = ['', '/visits', '/results', `/trend?item=${encodeURIComponent(item)}`, '/reports', '/diagnoses', '/orders', '/procedures']

  for (const part of parts) {
    it(`gives ${part || 'the banner'} to a clinician of the hospital, to nobody else`, async () => {
      expect((await as('clinician', chart(part))).status).to.equal(200)
      expect((await as('technician', chart(part))).status).to.equal(403)
      expect((await as('stranger', chart(part))).status).to.equal(404)
      expect((await fetch(`${under.origin}${chart(part)}`)).status).to.equal(401)
    })
  }

  it('looks the same for a patient of another hospital and for none at all', async () => {
    const [foreign, none] = await Promise.all([as('stranger', chart()), as('stranger', '/api/patients/ZJJ/nobody')])
    const words = async (response: Response) => ((await response.json()) as { title: string }).title.replace(/Patient\/\S+/, 'Patient/…')
    expect(await words(foreign)).to.equal(await words(none))
    const found = (await (await as('stranger', `/api/patients?q=${person.number}`)).json()) as { patients: unknown[] }
    expect(found.patients).to.deep.equal([])
    const present = (await (await as('stranger', '/api/present')).json()) as { present: unknown[] }
    expect(present.present).to.deep.equal([])
  })

  it('audits every look with the patient, and a search without its words', async () => {
    await as('clinician', chart('/visits'))
    await as('clinician', `/api/patients?q=${encodeURIComponent(person.name)}`)
    // A read's entry is committed with the next group.
    let entries: Entry[] = []
    for (let left = 50; left > 0 && !entries.some(entry => entry.subject === 'Patient by name'); left--) {
      entries = (await under.get<{ entries: Entry[] }>('/api/audit/ZJJ?limit=200')).entries
      await new Promise(resolve => setTimeout(resolve, 50))
    }
    expect(entries.some(entry => entry.action === 'chart' && entry.patient === id && entry.subject.endsWith('visits'))).to.equal(true)
    expect(entries.some(entry => entry.action === 'search-patient' && entry.subject === 'Patient by name')).to.equal(true)
    expect(JSON.stringify(entries)).not.to.contain(person.name).and.not.to.contain(person.idCard)
  })

  it('shows numbers masked, whole only for a reason', async () => {
    expect(await (await as('clinician', chart())).text()).not.to.contain(person.idCard)
    const reveal = (body: object) =>
      as('clinician', chart('/reveal'), { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json' } })
    expect((await reveal({})).status).to.equal(400)
    expect((await reveal({ reason: '' })).status).to.equal(400)
    expect(await (await reveal({ reason: '电话通知危急值' })).text()).to.contain(person.idCard)
  })

  it('covers the merged record, and says so', async () => {
    const banner = (await (await as('clinician', chart())).json()) as { merged: { number: string }[] }
    expect(banner.merged.map(other => other.number)).to.deep.equal([person.temporary])
    const { visits } = (await (await as('clinician', chart('/visits'))).json()) as { visits: { number: string }[] }
    expect(visits.map(visit => visit.number)).to.include('E77010000')
  })

  it('tells what a corrected result said before', async () => {
    const { points } = (await (await as('clinician', chart(`/trend?item=${encodeURIComponent(item)}`))).json()) as {
      points: { text: string; status: string; was?: string; low: number }[]
    }
    expect(points.at(-1)).to.deep.include({ text: '281', status: 'corrected', was: '318', low: 57 })
    expect(points.slice(0, -1).every(point => point.was === undefined)).to.equal(true)
  })

  it('answers an order with its report', async () => {
    const { orders } = (await (await as('clinician', chart('/orders'))).json()) as {
      orders: { name: string; report?: string }[]
    }
    expect(orders[0]!.name).to.equal('肾功能')
    const report = (await (await as('clinician', chart(`/reports/${orders[0]!.report}`))).json()) as { items: { name: string }[] }
    expect(report.items.map(each => each.name)).to.deep.equal(['尿素', '肌酐', '尿酸', '估算肾小球滤过率'])
  })

  it('refuses what cannot be asked: pages of another question, items without a code, visits that are no id', async () => {
    for (const wrong of [
      '/results?page=forged',
      '/orders?page=e30.e30',
      '/trend',
      '/trend?item=CREA',
      '/results?visit=../x',
      '/results?category=x',
    ])
      expect((await as('clinician', chart(wrong))).status, wrong).to.equal(400)
    expect((await as('clinician', chart('/reports/nothing'))).status).to.equal(404)
    expect((await as('clinician', `/api/patients?q=${'x'.repeat(65)}`)).status).to.equal(400)
  })

  it('gives versions of a resource to those who may read its type', async () => {
    const path = `/api/resources/ZJJ/Patient/${id}`
    const { versions } = (await (await as('clinician', path)).json()) as { versions: { version: number; message: string }[] }
    expect(versions[0]!.message).to.match(/^ZJJ-\d+$/)
    expect((await as('technician', path)).status).to.equal(403)
    expect((await as('stranger', path)).status).to.equal(404)
  })
})
