// Identity of Patients that come over the FHIR API: numbers are claimed where free, shared ones and doubtful cards are asked about, sure ones link.
import { expect } from 'chai'
import { checkCharacter } from '#kernel/id-card.ts'
import { must } from '#kernel/result.ts'
import { systemPrincipal } from '#kernel/tenant.ts'
import { type Ask, ask, type Loose, listOf } from '../rest/test-client.ts'
import { openTestServer, type TestServer } from '../rest/test-server.ts'
import { patientClaim } from './redirect.ts'
import { reviewKind } from './review.ts'

const card = (digits: string) => digits + checkCharacter(digits)
const cardOf = (value: string) => ({ system: 'urn:oid:2.16.156.10011.1.3', value })
const record = (value: string) => ({ type: { coding: [{ code: 'MR' }] }, system: 'urn:mrn', value })
const woman = card('11010519800101002')

describe('identity of written Patients', () => {
  let server: TestServer
  let token: string
  const call = (method: string, path: string, options: Ask = {}) => ask(server.origin, method, `/fhir${path}`, { token, ...options })
  const put = (id: string, identifier: object[], more: object = {}) =>
    call('PUT', `/Patient/${id}`, {
      body: { resourceType: 'Patient', id, identifier, name: [{ text: '欧阳珅' }], gender: 'female', birthDate: '1980-01-01', ...more },
    })
  const store = () => server.storage.reader({ principal: systemPrincipal('test'), tenants: ['DEFAULT'] })
  const holder = async (number: string) => must(await store().claims('DEFAULT', [patientClaim(`urn:mrn|${number}`)]))[0]
  const reviews = async () =>
    must(await store().records('DEFAULT', reviewKind, { limit: 100 })).map(
      ({ value }) => JSON.parse(value) as { reason: string; patients: string[] },
    )
  const links = async (id: string) =>
    listOf((await call('GET', `/Patient/${id}`)).body['link']).map((link: Loose) => String(link['other']!['reference']))

  before(async () => {
    server = await openTestServer()
    token = await server.token('all')
  })
  after(() => server.close())

  it('claims a record number that is free, and gives it back when the Patient is deleted', async () => {
    expect((await put('a', [record('1')])).status).to.equal(201)
    expect(await holder('1')).to.equal('Patient/a')
    await put('a', [record('1'), record('2')])
    expect(await holder('2')).to.equal('Patient/a')
    await call('DELETE', '/Patient/a')
    expect([await holder('1'), await holder('2')]).to.deep.equal([undefined, undefined])
  })

  it('asks a person about two Patients of one record number', async () => {
    await put('b1', [record('7')])
    expect((await put('b2', [record('7')])).status).to.equal(201)
    expect(await holder('7')).to.equal('Patient/b1')
    expect(await reviews()).to.deep.include({
      reason: 'same-record-number',
      patients: ['Patient/b1', 'Patient/b2'],
      message: 0,
      atMs: (await reviews())[0]!['atMs' as never],
    })
  })

  it('does so inside one transaction too', async () => {
    const entry = ['t1', 't2'].map(id => ({
      resource: { resourceType: 'Patient', id, identifier: [record('8')] },
      request: { method: 'PUT', url: `Patient/${id}` },
    }))
    expect((await call('POST', '', { body: { resourceType: 'Bundle', type: 'transaction', entry } })).status).to.equal(200)
    expect((await reviews()).map(({ patients }) => patients)).to.deep.include(['Patient/t1', 'Patient/t2'])
  })

  it('links two Patients whose card, name, birth date and sex agree', async () => {
    await put('c1', [cardOf(woman)])
    await put('c2', [cardOf(` ${woman.toLowerCase()}`)])
    expect(await links('c2')).to.deep.equal(['Patient/c1'])
    expect(await links('c1')).to.deep.equal(['Patient/c2'])
  })

  it('asks about a card under another name, and about one that is not of its carrier', async () => {
    await put('d1', [cardOf(woman)], { name: [{ text: '李雷' }] })
    expect(await links('d1')).to.deep.equal([])
    await put('d2', [cardOf(woman)], { birthDate: '2005-05-05' })
    const asked = (await reviews()).map(({ reason, patients }) => [reason, ...patients])
    expect(asked).to.deep.include(['same-card-other-name', 'Patient/c1', 'Patient/d1'])
    expect(asked).to.deep.include(['newborn-on-mothers-card', 'Patient/d2'])
  })

  it('keeps the number of a card out of the store and the answers about it', async () => {
    const found = await call('GET', `/Patient?identifier=${woman}`)
    expect(Number(found.body['total'])).to.be.greaterThan(1)
    const trail = must(await store().auditTrail({ limit: 500 }))
    expect(JSON.stringify(trail)).to.not.include(woman)
  })
})
