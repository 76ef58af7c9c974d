// Tenants over the FHIR surface: what a token may see, where writes go, and that what is not visible does not exist: not by id, not in counts, not in pages.
import { expect } from 'chai'
import { type Ask, ask, faultsOf, linkOf, listOf, namesOf } from './test-client.ts'
import { openTestServer, type TestServer } from './test-server.ts'

const patient = (id: string, more: object = {}) => ({ resourceType: 'Patient', id, name: [{ text: '珅' }], ...more })

describe('FHIR tenancy', () => {
  let server: TestServer
  const tokens = new Map<string, string>()
  const call = (who: string, method: string, path: string, options: Ask = {}) =>
    ask(server.origin, method, path, { token: tokens.get(who)!, ...options })

  before(async () => {
    server = await openTestServer({ tenants: ['ZJJ', 'QPJW', 'EMS', 'DEFAULT', 'SYSTEM'] })
    for (const [who, tenants] of [
      ['zjj', ['ZJJ']],
      ['qpjw', ['QPJW']],
      ['both', ['ZJJ', 'QPJW']],
      ['admin', 'all'],
    ] as const)
      tokens.set(who, await server.token(tenants))
    for (const [who, id] of [
      ['zjj', 'same'],
      ['zjj', 'z'],
      ['qpjw', 'same'],
      ['qpjw', 'q'],
    ] as const)
      expect((await call(who, 'PUT', `/fhir/Patient/${id}`, { body: patient(id) })).status).to.equal(201)
  })
  after(() => server.close())

  it('shows a token its own tenant', async () => {
    expect(namesOf(await call('zjj', 'GET', '/fhir/Patient?_sort=_id'))).to.deep.equal(['Patient/same', 'Patient/z'])
    expect((await call('zjj', 'GET', '/fhir/Patient?_summary=count')).body['total']).to.equal(2)
    for (const path of ['/fhir/Patient/q', '/fhir/Patient/q/_history', '/fhir/Patient/q/_history/1', '/fhir/Patient/q/$everything'])
      expect((await call('zjj', 'GET', path)).status, path).to.equal(404)
    expect(namesOf(await call('zjj', 'GET', '/fhir/Patient?_id=q'))).to.deep.equal([])
  })

  it('merges the tenants of a token and says where each resource is', async () => {
    const reply = await call('both', 'GET', '/fhir/Patient?_sort=_id&_total=accurate')
    expect(reply.body['total']).to.equal(4)
    const urls = listOf(reply.body['entry']).map(entry => String(entry['fullUrl']))
    expect(urls.map(url => url.replace(server.origin, '')).sort()).to.deep.equal([
      '/tenants/QPJW/fhir/Patient/q',
      '/tenants/QPJW/fhir/Patient/same',
      '/tenants/ZJJ/fhir/Patient/same',
      '/tenants/ZJJ/fhir/Patient/z',
    ])
    for (const url of urls) expect((await call('both', 'GET', url)).status, url).to.equal(200)
    expect((await call('both', 'GET', '/fhir/Patient/z')).status).to.equal(200)
  })

  it('does not choose between two resources of one id', async () => {
    const reply = await call('both', 'GET', '/fhir/Patient/same')
    expect([reply.status, ...faultsOf(reply.body)]).to.deep.equal([409, 'fhir.ambiguous-tenant'])
    expect(String(listOf(reply.body['issue'])[0]!['diagnostics']))
      .to.include('QPJW')
      .and.include('ZJJ')
    expect((await call('both', 'GET', '/tenants/ZJJ/fhir/Patient/same')).status).to.equal(200)
    expect((await call('both', 'GET', '/fhir/Patient/same', { headers: { 'x-tenant': 'QPJW' } })).status).to.equal(200)
  })

  it('pages through several tenants at one time', async () => {
    const seen: string[] = []
    let url: string | undefined = '/fhir/Patient?_count=1'
    for (let page = 0; url && page < 9; page++) {
      const reply = await call('both', 'GET', url)
      seen.push(...listOf(reply.body['entry']).map(entry => String(entry['fullUrl'])))
      if (page === 0) await call('zjj', 'PUT', '/fhir/Patient/later', { body: patient('later') })
      url = linkOf(reply, 'next')
    }
    expect(new Set(seen).size).to.equal(4)
    expect(seen.filter(one => one.endsWith('later'))).to.deep.equal([])
    await call('zjj', 'DELETE', '/fhir/Patient/later')
  })

  it('does not let a page be turned by who may not see all of it', async () => {
    const first = await call('both', 'GET', '/fhir/Patient?_count=1')
    const stolen = await call('zjj', 'GET', linkOf(first, 'next')!)
    expect([stolen.status, ...faultsOf(stolen.body)]).to.deep.equal([403, 'auth.tenant'])
  })

  it('answers for one tenant under its own path', async () => {
    const reply = await call('admin', 'GET', '/tenants/QPJW/fhir/Patient?_sort=_id')
    expect(namesOf(reply)).to.deep.equal(['Patient/q', 'Patient/same'])
    expect(linkOf(reply, 'self')).to.equal(`${server.origin}/tenants/QPJW/fhir/Patient?_sort=_id`)
    expect(String(listOf(reply.body['entry'])[0]!['fullUrl'])).to.equal(`${server.origin}/tenants/QPJW/fhir/Patient/q`)
  })

  it('makes a tenant that is not mine look like none', async () => {
    const mine = await call('zjj', 'GET', '/tenants/QPJW/fhir/Patient')
    const none = await call('zjj', 'GET', '/tenants/NOWHERE/fhir/Patient')
    expect([mine.status, none.status]).to.deep.equal([403, 403])
    expect(mine.text.replaceAll('QPJW', '')).to.equal(none.text.replaceAll('NOWHERE', ''))
    expect((await call('admin', 'GET', '/tenants/SYSTEM/fhir/Patient')).status).to.equal(403)
  })

  it('writes to the tenant of the token, the header or the path', async () => {
    const where = async (id: string) =>
      listOf((await call('admin', 'GET', `/fhir/Patient?_id=${id}`)).body['entry']).map(entry => String(entry['fullUrl']).split('/')[4])
    await call('zjj', 'PUT', '/fhir/Patient/w1', { body: patient('w1') })
    await call('both', 'PUT', '/fhir/Patient/w2', { body: patient('w2'), headers: { 'x-tenant': 'QPJW' } })
    await call('both', 'PUT', '/tenants/ZJJ/fhir/Patient/w3', { body: patient('w3') })
    await call('admin', 'PUT', '/fhir/Patient/w4', { body: patient('w4') })
    await call('admin', 'PUT', '/fhir/Patient/w5', { body: patient('w5'), headers: { 'x-tenant': 'EMS' } })
    expect(await Promise.all(['w1', 'w2', 'w3', 'w4', 'w5'].map(where))).to.deep.equal([['ZJJ'], ['QPJW'], ['ZJJ'], ['DEFAULT'], ['EMS']])
    const unsaid = await call('both', 'PUT', '/fhir/Patient/w6', { body: patient('w6') })
    expect([unsaid.status, ...faultsOf(unsaid.body)]).to.deep.equal([400, 'fhir.tenant-unsaid'])
  })

  it('looks for conditions in the tenant that is written to', async () => {
    const body = { ...patient('c'), identifier: [{ system: 'urn:c', value: '1' }] }
    const headers = { 'if-none-exist': 'identifier=urn:c|1' }
    expect((await call('zjj', 'POST', '/fhir/Patient', { body, headers })).status).to.equal(201)
    expect((await call('qpjw', 'POST', '/fhir/Patient', { body, headers })).status).to.equal(201)
    expect((await call('zjj', 'POST', '/fhir/Patient', { body, headers })).status).to.equal(200)
  })
})
