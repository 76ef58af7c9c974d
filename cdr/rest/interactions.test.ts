// Interactions on one resource, over a real socket and the real store: versions, conditions, preferences, history, deletes, audit.
import { expect } from 'chai'
import { must } from '#kernel/result.ts'
import { systemPrincipal } from '#kernel/tenant.ts'
import { type Ask, ask, faultsOf, linkOf, listOf, type Reply } from './test-client.ts'
import { openTestServer, type TestServer } from './test-server.ts'

const patient = { resourceType: 'Patient', active: true, name: [{ text: '阿依古丽·买买提' }], birthDate: '1980-01-01' }

describe('FHIR interactions', () => {
  let server: TestServer
  let token: string
  const call = (method: string, path: string, options: Ask = {}): Promise<Reply> =>
    ask(server.origin, method, path.startsWith('http') ? path : `/fhir${path}`, { token, ...options })
  const put = (id: string, more: object = {}, headers = {}) => call('PUT', `/Patient/${id}`, { body: { ...patient, id, ...more }, headers })

  before(async () => {
    server = await openTestServer()
    token = await server.token('all')
  })
  after(() => server.close())

  it('creates, and says where', async () => {
    const created = await call('POST', '/Patient', {
      body: { ...patient, id: 'mine', meta: { versionId: '7', lastUpdated: '2001-01-01T00:00:00Z' } },
    })
    expect(created.status).to.equal(201)
    const id = String(created.body['id'])
    expect(id).to.match(/^[0-9a-z]{26}$/)
    expect(created.headers.get('etag')).to.equal('W/"1"')
    expect(created.headers.get('location')).to.equal(`${server.origin}/fhir/Patient/${id}/_history/1`)
    expect(created.body['meta']).to.deep.include({ versionId: '1' })
    expect(String(created.body['meta']!['lastUpdated'])).to.match(/^20(?!01).*\+08:00$/)
    expect(created.headers.get('content-type')).to.equal('application/fhir+json; charset=utf-8')
    const read = await call('GET', `/Patient/${id}`)
    expect(read.text).to.equal(created.text)
    expect(read.headers.get('etag')).to.equal('W/"1"')
    expect(Date.parse(read.headers.get('last-modified')!)).to.equal(
      Math.floor(Date.parse(String(read.body['meta']!['lastUpdated'])) / 1000) * 1000,
    )
  })

  it('keeps decimals and Chinese as they came', async () => {
    const body =
      '{"resourceType":"Observation","status":"final","code":{"text":"血红蛋白 𠮷䶮"},"valueQuantity":{"value":5.10,"unit":"g/L"},"referenceRange":[{"low":{"value":1e-3}}]}'
    const created = await call('POST', '/Observation', { body })
    const read = await call('GET', `/Observation/${created.body['id']}`)
    expect(read.text).to.include('"value":5.10,').and.include('"value":1e-3').and.include('血红蛋白 𠮷䶮')
  })

  it('updates, and leaves what does not differ alone', async () => {
    expect((await put('u')).status).to.equal(201)
    const changed = await put('u', { active: false })
    expect([changed.status, changed.headers.get('etag')]).to.deep.equal([200, 'W/"2"'])
    const same = await put('u', { active: false })
    expect([same.status, same.headers.get('etag'), same.text]).to.deep.equal([200, 'W/"2"', changed.text])
    expect((await call('GET', '/Patient/u/_history')).body['total']).to.equal(2)
  })

  it('checks If-Match and If-None-Match of writes', async () => {
    await put('c')
    const late = await put('c', { active: false }, { 'if-match': 'W/"2"' })
    expect([late.status, ...faultsOf(late.body)]).to.deep.equal([412, 'fhir.version-conflict'])
    expect((await put('c', { active: false }, { 'if-match': 'W/"1"' })).status).to.equal(200)
    expect((await put('c', {}, { 'if-none-match': '*' })).status).to.equal(412)
    expect((await put('c2', {}, { 'if-none-match': '*' })).status).to.equal(201)
    expect((await put('c3', {}, { 'if-match': 'W/"1"' })).status).to.equal(412)
  })

  it('lets one of many racing updates with If-Match win', async () => {
    await put('race')
    const answers = await Promise.all(
      Array.from({ length: 12 }, (_, n) =>
        put('race', { birthDate: `1990-01-${String(n + 1).padStart(2, '0')}` }, { 'if-match': 'W/"1"' }),
      ),
    )
    expect(answers.map(answer => answer.status).sort()).to.deep.equal([200, ...Array(11).fill(412)])
  })

  it('takes racing updates without If-Match one after the other', async () => {
    await put('queue')
    const answers = await Promise.all(
      Array.from({ length: 12 }, (_, n) => put('queue', { birthDate: `1991-01-${String(n + 1).padStart(2, '0')}` })),
    )
    expect(answers.every(answer => answer.status === 200)).to.equal(true)
    expect((await call('GET', '/Patient/queue')).headers.get('etag')).to.equal('W/"13"')
  })

  it('answers conditional reads', async () => {
    const created = await put('cr')
    const when = (headers: Record<string, string>) => call('GET', '/Patient/cr', { headers }).then(reply => reply.status)
    expect(await when({ 'if-none-match': 'W/"1"' })).to.equal(304)
    expect(await when({ 'if-none-match': 'W/"9", W/"1"' })).to.equal(304)
    expect(await when({ 'if-none-match': 'W/"2"' })).to.equal(200)
    expect(await when({ 'if-modified-since': created.headers.get('last-modified')! })).to.equal(304)
    expect(await when({ 'if-modified-since': 'Mon, 01 Jan 2001 00:00:00 GMT' })).to.equal(200)
    expect(await when({ 'if-modified-since': 'tomorrow' })).to.equal(200)
  })

  it('deletes, and keeps the past', async () => {
    await put('d')
    const deleted = await call('DELETE', '/Patient/d')
    expect([deleted.status, deleted.headers.get('etag'), deleted.text]).to.deep.equal([204, 'W/"2"', ''])
    const gone = await call('GET', '/Patient/d')
    expect([gone.status, ...faultsOf(gone.body)]).to.deep.equal([410, 'fhir.deleted'])
    expect((await call('DELETE', '/Patient/d')).status).to.equal(204)
    expect((await call('DELETE', '/Patient/never')).status).to.equal(204)
    expect((await call('GET', '/Patient/d/_history/1')).body['id']).to.equal('d')
    expect((await call('GET', '/Patient/d/_history/2')).status).to.equal(410)
    expect((await call('GET', '/Patient?_id=d')).body['total']).to.equal(0)
    const again = await put('d')
    expect([again.status, again.headers.get('etag')]).to.deep.equal([201, 'W/"3"'])
  })

  it('tells the history, newest first, in pages', async () => {
    await put('h')
    for (const year of [1981, 1982, 1983]) await put('h', { birthDate: `${year}-01-01` })
    await call('DELETE', '/Patient/h')
    const all = await call('GET', '/Patient/h/_history')
    expect(all.body['type']).to.equal('history')
    const methods = listOf(all.body['entry']).map(entry => `${entry['request']!['method']} ${entry['response']!['etag']}`)
    expect(methods).to.deep.equal(['DELETE W/"5"', 'PUT W/"4"', 'PUT W/"3"', 'PUT W/"2"', 'POST W/"1"'])
    expect(listOf(all.body['entry']).map(entry => entry['resource']?.['birthDate'])).to.deep.equal([
      undefined,
      '1983-01-01',
      '1982-01-01',
      '1981-01-01',
      '1980-01-01',
    ])
    const first = await call('GET', '/Patient/h/_history?_count=2')
    const second = await call('GET', linkOf(first, 'next')!)
    const third = await call('GET', linkOf(second, 'next')!)
    expect([first, second, third].map(page => listOf(page.body['entry']).length)).to.deep.equal([2, 2, 1])
    expect(linkOf(third, 'next')).to.equal(undefined)
    expect((await call('GET', `${linkOf(first, 'next')}x`)).status).to.equal(400)
  })

  it('gives back what the client prefers', async () => {
    const prefer = (value: string) => call('POST', '/Patient', { body: patient, headers: { prefer: value } })
    const minimal = await prefer('return=minimal')
    expect([minimal.status, minimal.text]).to.deep.equal([201, ''])
    expect((await prefer('return=OperationOutcome')).body['resourceType']).to.equal('OperationOutcome')
    expect((await prefer('handling=strict; return=representation')).body['resourceType']).to.equal('Patient')
  })

  it('answers HEAD as GET, without the body', async () => {
    await put('head')
    const head = await call('HEAD', '/Patient/head')
    const get = await call('GET', '/Patient/head')
    expect([head.status, head.text]).to.deep.equal([200, ''])
    for (const name of ['etag', 'content-length', 'content-type']) expect(head.headers.get(name), name).to.equal(get.headers.get(name))
  })

  it('shows parts and prints nicely', async () => {
    await put('view', {
      text: { status: 'generated', div: '<div xmlns="http://www.w3.org/1999/xhtml">x</div>' },
      maritalStatus: { text: '已婚' },
    })
    const elements = await call('GET', '/Patient/view?_elements=birthDate')
    expect(Object.keys(elements.body)).to.deep.equal(['resourceType', 'id', 'meta', 'birthDate'])
    expect(listOf(elements.body['meta']!['tag']).map(tag => tag['code'])).to.deep.equal(['SUBSETTED'])
    const summary = await call('GET', '/Patient/view?_summary=true')
    expect(Object.keys(summary.body)).to.deep.equal(['resourceType', 'id', 'meta', 'active', 'name', 'birthDate'])
    const text = await call('GET', '/Patient/view?_summary=text')
    expect(Object.keys(text.body)).to.deep.equal(['resourceType', 'id', 'meta', 'text'])
    const data = await call('GET', '/Patient/view?_summary=data')
    expect(Object.keys(data.body)).to.include('maritalStatus').and.not.include('text')
    expect((await call('GET', '/Patient/view?_pretty=true')).text).to.include('\n  "resourceType": "Patient"')
  })

  it('creates conditionally, once however many ask at once', async () => {
    const body = { ...patient, identifier: [{ system: 'urn:n', value: '1' }] }
    const headers = { 'if-none-exist': 'identifier=urn:n|1' }
    const answers = await Promise.all(Array.from({ length: 10 }, () => call('POST', '/Patient', { body, headers })))
    expect(answers.map(answer => answer.status).sort()).to.deep.equal([...Array(9).fill(200), 201])
    expect(new Set(answers.map(answer => answer.headers.get('location'))).size).to.equal(1)
    const id = String(answers[0]!.body['id'])
    await call('DELETE', `/Patient/${id}`)
    const again = await Promise.all(Array.from({ length: 5 }, () => call('POST', '/Patient', { body, headers })))
    expect(again.map(answer => answer.status).sort()).to.deep.equal([200, 200, 200, 200, 201])
    expect(again[0]!.body['id']).to.not.equal(id)
  })

  it('refuses a condition that several resources meet', async () => {
    for (const id of ['m1', 'm2']) await put(id, { identifier: [{ system: 'urn:m', value: '5' }] })
    const created = await call('POST', '/Patient', { body: patient, headers: { 'if-none-exist': 'identifier=urn:m|5' } })
    expect([created.status, ...faultsOf(created.body)]).to.deep.equal([412, 'fhir.multiple-matches'])
    expect((await call('PUT', '/Patient?identifier=urn:m|5', { body: patient })).status).to.equal(412)
    expect((await call('DELETE', '/Patient?identifier=urn:m|5')).status).to.equal(412)
  })

  it('updates and deletes conditionally', async () => {
    const body = (active: boolean, id?: string) => ({
      ...patient,
      ...(id ? { id } : {}),
      active,
      identifier: [{ system: 'urn:k', value: '9' }],
    })
    const made = await call('PUT', '/Patient?identifier=urn:k|9', { body: body(true) })
    expect(made.status).to.equal(201)
    const changed = await call('PUT', '/Patient?identifier=urn:k|9', { body: body(false) })
    expect([changed.status, changed.body['id'], changed.headers.get('etag')]).to.deep.equal([200, made.body['id'], 'W/"2"'])
    const other = await call('PUT', '/Patient?identifier=urn:k|9', { body: body(false, 'someone-else') })
    expect([other.status, ...faultsOf(other.body)]).to.deep.equal([400, 'fhir.id-mismatch'])
    expect((await call('DELETE', '/Patient?identifier=urn:k|9')).status).to.equal(204)
    expect((await call('GET', `/Patient/${made.body['id']}`)).status).to.equal(410)
    const named = await call('PUT', '/Patient?identifier=urn:k|9', { body: body(true, 'of-my-own') })
    expect([named.status, named.body['id']]).to.deep.equal([201, 'of-my-own'])
  })

  it('names the element that is wrong, in the language asked for', async () => {
    const body = { ...patient, name: [{ text: 'a' }, { famly: 'b' }] }
    const english = await call('POST', '/Patient', { body })
    expect(listOf(english.body['issue']).map(issue => issue['expression'])).to.deep.equal([undefined, ['Patient.name[1].famly']])
    expect(String(listOf(english.body['issue'])[1]!['diagnostics'])).to.equal('HumanName has no element famly')
    const chinese = await call('POST', '/Patient', { body, headers: { 'accept-language': 'zh-CN' } })
    expect(String(listOf(chinese.body['issue'])[1]!['diagnostics'])).to.equal('HumanName 没有元素 famly')
  })

  it('demands scopes', async () => {
    const reader = await server.token('all', ['system/Patient.read'])
    await put('s')
    expect((await call('GET', '/Patient/s', { token: reader })).status).to.equal(200)
    const refused = [
      await call('GET', '/Observation', { token: reader }),
      await call('PUT', '/Patient/s', { token: reader, body: { ...patient, id: 's' } }),
      await call('DELETE', '/Patient/s', { token: reader }),
      await call('GET', '/Patient/s/Observation', { token: reader }),
    ]
    for (const reply of refused) expect([reply.status, ...faultsOf(reply.body)]).to.deep.equal([403, 'auth.scope'])
  })

  it('leaves an audit of reads, searches, writes and refusals, without numbers of persons', async () => {
    const reader = await server.token('all', ['system/Patient.read'])
    await put('a')
    await call('GET', '/Patient/a')
    await call('GET', '/Patient?identifier=urn:secret|880123&name=张三&_count=5')
    await call('GET', '/Observation?patient=a&code=718-7')
    await call('DELETE', '/Patient/a', { token: reader })
    await put('a', { active: false })
    const store = server.storage.reader({ principal: systemPrincipal('test'), tenants: ['DEFAULT'] })
    const trail = must(await store.auditTrail({ limit: 200 })).filter(({ subject }) => /^Patient\/a$|…|patient=a/.test(subject))
    expect(trail.map(({ action, outcome, subject, patient: of }) => [action, outcome, subject, of])).to.have.deep.members([
      ['create', 'success', 'Patient/a', 'a'],
      ['read', 'success', 'Patient/a', 'a'],
      ['search', 'success', 'Patient?identifier=…&name=…&_count=5', undefined],
      ['search', 'success', 'Observation?patient=a&code=718-7', 'a'],
      ['delete', 'refused', 'Patient/a', undefined],
      ['update', 'success', 'Patient/a', 'a'],
    ])
    expect(trail[0]!.principal).to.equal('client:test')
    expect(trail[0]!.remote).to.match(/127\.0\.0\.1/)
  })

  it('states what it can do, to everybody', async () => {
    const reply = await ask(server.origin, 'GET', '/fhir/metadata')
    expect([reply.status, reply.body['resourceType'], reply.body['fhirVersion']]).to.deep.equal([200, 'CapabilityStatement', '4.0.1'])
    const rest = listOf(reply.body['rest'])[0]!
    const type = listOf(rest['resource']).find(resource => String(resource['type']) === 'Patient')!
    expect(listOf(type['interaction']).map(one => String(one['code']))).to.have.members([
      'search-type',
      'create',
      'update',
      'delete',
      'read',
      'history-instance',
      'vread',
    ])
    expect(listOf(type['searchParam']).map(one => String(one['name']))).to.include.members([
      'identifier',
      'name',
      'name-initials',
      'birthdate',
    ])
    expect(listOf(type['operation']).map(one => String(one['name']))).to.have.members(['everything', 'validate'])
  })

  it('validates without writing', async () => {
    const good = await call('POST', '/Patient/$validate', { body: patient })
    expect([good.status, listOf(good.body['issue'])[0]!['severity']]).to.deep.equal([200, 'information'])
    const parameters = { resourceType: 'Parameters', parameter: [{ name: 'resource', resource: { ...patient, x: 1 } }] }
    const bad = await call('POST', '/Patient/$validate', { body: parameters })
    expect([bad.status, ...faultsOf(bad.body)]).to.deep.equal([200, 'fhir.element-unknown'])
  })
})
