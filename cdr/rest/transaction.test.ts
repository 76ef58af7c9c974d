// Transactions and batches, over a real socket: all or nothing, names between entries, conditions, order of verbs, answers in order.
import { expect } from 'chai'
import { ask, faultsOf, type Loose, listOf, type Reply } from './test-client.ts'
import { openTestServer, type TestServer } from './test-server.ts'

type Entry = { fullUrl?: string; resource?: object; request: { method: string; url: string; ifNoneExist?: string; ifMatch?: string } }

const encounter = { resourceType: 'Encounter', status: 'finished', class: { code: 'AMB' } }
const patient = (more: object = {}) => ({ resourceType: 'Patient', name: [{ text: '珅' }], ...more })
const statuses = (reply: Reply) => listOf(reply.body['entry']).map(entry => Number(String(entry['response']!['status']).slice(0, 3)))
const locations = (reply: Reply) => listOf(reply.body['entry']).map(entry => String(entry['response']!['location']).split('/_history')[0]!)

describe('FHIR transaction and batch', () => {
  let server: TestServer
  let token: string
  const send = (type: string, entry: Entry[], headers = {}) =>
    ask(server.origin, 'POST', '/fhir', { token, headers, body: { resourceType: 'Bundle', type, entry } })
  const get = (path: string) => ask(server.origin, 'GET', `/fhir${path}`, { token })
  const total = async (query: string) => Number((await get(`/${query}${query.includes('?') ? '&' : '?'}_total=accurate`)).body['total'])

  before(async () => {
    server = await openTestServer()
    token = await server.token('all')
  })
  after(() => server.close())

  it('gives entries ids and makes their names lead to them', async () => {
    const reply = await send('transaction', [
      {
        fullUrl: 'urn:uuid:e',
        resource: { ...encounter, subject: { reference: 'urn:uuid:p' }, partOf: { reference: 'Encounter/up' } },
        request: { method: 'POST', url: 'Encounter' },
      },
      {
        fullUrl: 'urn:uuid:p',
        resource: patient({
          text: { status: 'generated', div: '<div xmlns="http://www.w3.org/1999/xhtml"><a href="urn:uuid:e">x</a></div>' },
          identifier: [{ value: 'urn:uuid:e' }],
        }),
        request: { method: 'POST', url: 'Patient' },
      },
      {
        resource: { resourceType: 'DocumentReference', status: 'current', content: [{ attachment: { url: 'urn:uuid:p' } }] },
        request: { method: 'POST', url: 'DocumentReference' },
      },
    ])
    expect([reply.status, reply.body['type'], ...statuses(reply)]).to.deep.equal([200, 'transaction-response', 201, 201, 201])
    const [e, p, d] = locations(reply)
    const stored = (await get(`/${e}`)).body
    expect([stored['subject']!['reference'], stored['partOf']!['reference']]).to.deep.equal([p, 'Encounter/up'])
    const person = (await get(`/${p}`)).body
    expect(String(person['text']!['div'])).to.include(`href="${e}"`)
    expect(listOf(person['identifier'])[0]!['value']).to.equal('urn:uuid:e')
    expect(listOf((await get(`/${d}`)).body['content'])[0]!['attachment']!['url']).to.equal(p)
    expect(await total(`Encounter?patient=${p}`)).to.equal(1)
  })

  it('follows full and relative URLs of entries that are created', async () => {
    const reply = await send('transaction', [
      { fullUrl: 'http://x.example/fhir/Patient/77', resource: patient(), request: { method: 'POST', url: 'Patient' } },
      {
        fullUrl: 'http://x.example/fhir/Encounter/78',
        resource: { ...encounter, subject: { reference: 'Patient/77' } },
        request: { method: 'POST', url: 'Encounter' },
      },
      {
        resource: { ...encounter, subject: { reference: 'http://x.example/fhir/Patient/77' } },
        request: { method: 'POST', url: 'Encounter' },
      },
    ])
    const [p, a, b] = locations(reply)
    for (const name of [a, b]) expect((await get(`/${name}`)).body['subject']!['reference']).to.equal(p)
  })

  it('does all or nothing', async () => {
    const before = await total('Patient')
    const reply = await send('transaction', [
      { resource: patient(), request: { method: 'POST', url: 'Patient' } },
      { resource: { resourceType: 'Patient', shoeSize: 42 }, request: { method: 'POST', url: 'Patient' } },
    ])
    expect([reply.status, ...faultsOf(reply.body)]).to.deep.equal([422, 'fhir.invalid', 'fhir.element-unknown'])
    expect(listOf(reply.body['issue'])[1]!['expression']).to.deep.equal(['Bundle.entry[1].resource.shoeSize'])
    const conflict = await send('transaction', [
      { resource: patient(), request: { method: 'POST', url: 'Patient' } },
      { resource: patient({ id: 'v' }), request: { method: 'PUT', url: 'Patient/v', ifMatch: 'W/"3"' } },
    ])
    expect([conflict.status, ...faultsOf(conflict.body)]).to.deep.equal([412, 'fhir.version-conflict'])
    expect(await total('Patient')).to.equal(before)
  })

  it('resolves conditional references, and refuses those that lead nowhere', async () => {
    await send('transaction', [
      {
        resource: { resourceType: 'Practitioner', identifier: [{ system: 'urn:d', value: '5' }] },
        request: { method: 'POST', url: 'Practitioner' },
      },
    ])
    const visit = (reference: string) => ({ ...encounter, participant: [{ individual: { reference } }] })
    const reply = await send('transaction', [
      { resource: visit('Practitioner?identifier=urn:d|5'), request: { method: 'POST', url: 'Encounter' } },
      { resource: visit('Practitioner?identifier=urn:d|5'), request: { method: 'POST', url: 'Encounter' } },
    ])
    const [first] = locations(reply)
    expect(String(listOf((await get(`/${first}`)).body['participant'])[0]!['individual']!['reference'])).to.match(/^Practitioner\/\w{26}$/)
    const lost = await send('transaction', [
      { resource: visit('Practitioner?identifier=urn:d|6'), request: { method: 'POST', url: 'Encounter' } },
    ])
    expect([lost.status, ...faultsOf(lost.body)]).to.deep.equal([400, 'fhir.reference-unresolved'])
    expect(listOf(lost.body['issue'])[0]!['expression']).to.deep.equal(['Bundle.entry[0].resource.participant[0].individual'])
  })

  it('creates conditionally: once for equal conditions, not at all for a match', async () => {
    const entry = (uuid: string): Entry => ({
      fullUrl: uuid,
      resource: { resourceType: 'Organization', identifier: [{ system: 'urn:o', value: '1' }] },
      request: { method: 'POST', url: 'Organization', ifNoneExist: 'identifier=urn:o|1' },
    })
    const user: Entry = {
      resource: { ...encounter, serviceProvider: { reference: 'urn:uuid:b' } },
      request: { method: 'POST', url: 'Encounter' },
    }
    const first = await send('transaction', [entry('urn:uuid:a'), entry('urn:uuid:b'), user])
    const [a, b, e] = locations(first)
    expect(a).to.equal(b)
    expect((await get(`/${e}`)).body['serviceProvider']!['reference']).to.equal(a)
    const second = await send('transaction', [entry('urn:uuid:b'), user])
    expect(statuses(second)).to.deep.equal([200, 201])
    expect(locations(second)[0]).to.equal(a)
    expect(await total('Organization?identifier=urn:o|1')).to.equal(1)
  })

  it('lets one of racing transactions create what all want', async () => {
    const bundle = (): Entry[] => [
      {
        fullUrl: 'urn:uuid:p',
        resource: patient({ identifier: [{ system: 'urn:r', value: '1' }] }),
        request: { method: 'POST', url: 'Patient', ifNoneExist: 'identifier=urn:r|1' },
      },
      { resource: { ...encounter, subject: { reference: 'urn:uuid:p' } }, request: { method: 'POST', url: 'Encounter' } },
    ]
    const replies = await Promise.all(Array.from({ length: 6 }, () => send('transaction', bundle())))
    expect(replies.map(reply => reply.status)).to.deep.equal(Array(6).fill(200))
    expect(await total('Patient?identifier=urn:r|1')).to.equal(1)
    expect(await total(`Encounter?patient=${locations(replies[0]!)[0]}`)).to.equal(6)
  })

  it('deletes, updates, creates and reads, and answers in the order of the entries', async () => {
    await send('transaction', [
      { resource: patient({ id: 'x1' }), request: { method: 'PUT', url: 'Patient/x1' } },
      { resource: patient({ id: 'x2' }), request: { method: 'PUT', url: 'Patient/x2' } },
    ])
    const reply = await send(
      'transaction',
      [
        { request: { method: 'GET', url: 'Patient/x2' } },
        { resource: patient({ id: 'x2', active: true }), request: { method: 'PUT', url: 'Patient/x2', ifMatch: 'W/"1"' } },
        { request: { method: 'GET', url: 'Patient?_id=x1,x2' } },
        { request: { method: 'DELETE', url: 'Patient/x1' } },
        { resource: patient({ active: false }), request: { method: 'PUT', url: 'Patient?_id=x9' } },
        { request: { method: 'DELETE', url: 'Patient?_id=x8' } },
        { request: { method: 'GET', url: 'Patient/x7' } },
      ],
      { prefer: 'return=representation' },
    )
    expect(statuses(reply)).to.deep.equal([200, 200, 200, 204, 201, 204, 404])
    const resources = listOf(reply.body['entry']).map(entry => entry['resource'])
    expect([resources[0]!['active'], resources[1]!['active'], resources[2]!['total'], resources[3]]).to.deep.equal([
      true,
      true,
      1,
      undefined,
    ])
    expect(listOf(reply.body['entry'])[6]!['response']!['outcome']!['resourceType']).to.equal('OperationOutcome')
  })

  it('takes two thousand entries that all refer to one', async () => {
    const entries: Entry[] = [{ fullUrl: 'urn:uuid:p', resource: patient(), request: { method: 'POST', url: 'Patient' } }]
    for (let n = 0; n < 2000; n++)
      entries.push({
        resource: { resourceType: 'Observation', status: 'final', code: { text: `${n}` }, subject: { reference: 'urn:uuid:p' } },
        request: { method: 'POST', url: 'Observation' },
      })
    const reply = await send('transaction', entries)
    expect(reply.status).to.equal(200)
    expect(await total(`Observation?subject=${locations(reply)[0]}`)).to.equal(2000)
  })

  it('demands the scope of every entry', async () => {
    const narrow = await server.token('all', ['system/Patient.write'])
    const body = {
      resourceType: 'Bundle',
      type: 'transaction',
      entry: [{ resource: encounter, request: { method: 'POST', url: 'Encounter' } }],
    }
    const reply = await ask(server.origin, 'POST', '/fhir', { token: narrow, body })
    expect([reply.status, ...faultsOf(reply.body)]).to.deep.equal([403, 'auth.scope'])
  })

  it('answers each entry of a batch by itself', async () => {
    const entries: Entry[] = [
      { request: { method: 'GET', url: 'Patient/nobody' } },
      { resource: patient(), request: { method: 'POST', url: 'Patient' } },
      { resource: { resourceType: 'Patient', shoeSize: 1 }, request: { method: 'POST', url: 'Patient' } },
      { request: { method: 'GET', url: 'Patient?_summary=count' } },
      { request: { method: 'BREW', url: 'Patient' } },
      { resource: { resourceType: 'Bundle' }, request: { method: 'POST', url: '' } },
    ]
    const reply = await send('batch', entries)
    expect([reply.status, reply.body['type'], ...statuses(reply)]).to.deep.equal([200, 'batch-response', 404, 201, 422, 200, 400, 400])
    const answers = listOf(reply.body['entry'])
    expect(faultsOf(answers[0]!['response']!['outcome'] as Loose)).to.deep.equal(['fhir.unknown'])
    expect(answers[1]!['resource']).to.equal(undefined)
    expect(answers[3]!['resource']!['type']).to.equal('searchset')
  })
})
