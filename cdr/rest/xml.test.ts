// FHIR XML on every door of the surface, over a real socket: what goes in as XML comes out the same in either form, and what is wrong is told in XML.
import { expect } from 'chai'
import { parseXmlResource } from '#formats/fhir/xml/read.ts'
import { printXmlResource } from '#formats/fhir/xml/write.ts'
import type { JsonObject } from '#kernel/json.ts'
import { must } from '#kernel/result.ts'
import { type Ask, ask, faultsOf, type Loose, type Reply } from './test-client.ts'
import { openTestServer, type TestServer } from './test-server.ts'

const xml = 'application/fhir+xml'
const sent = { 'content-type': xml }
const patient: JsonObject = {
  resourceType: 'Patient',
  id: 'zhou',
  text: { status: 'generated', div: '<div xmlns="http://www.w3.org/1999/xhtml">周䶮 &lt;女&gt;</div>' },
  name: [{ text: '周䶮', _given: [{ extension: [{ url: 'http://example.org/x', valueString: '𠮷' }] }] }],
  _birthDate: { extension: [{ url: 'http://example.org/y', valueCode: 'masked' }] },
  multipleBirthInteger: 2,
}
const observation = `<Observation xmlns="http://hl7.org/fhir"><status value="final"/><code><text value="钾"/></code>
  <subject><reference value="Patient/zhou"/></subject><valueQuantity><value value="5.10"/><unit value="mmol/L"/></valueQuantity></Observation>`

describe('FHIR XML over HTTP', () => {
  let server: TestServer
  let token: string
  const call = (method: string, path: string, more: Ask = {}) => ask(server.origin, method, path, { token, ...more })
  const read = (reply: Reply): Loose => {
    expect(reply.headers.get('content-type')).to.equal('application/fhir+xml; charset=utf-8')
    return must(parseXmlResource(reply.text)) as unknown as Loose
  }
  before(async () => {
    server = await openTestServer()
    token = await server.token('all')
  })
  after(() => server.close())

  it('keeps a resource whole through both forms', async () => {
    const put = await call('PUT', '/fhir/Patient/zhou', { body: must(printXmlResource(patient)), headers: sent })
    expect(put.status).to.equal(201)
    const { meta, ...rest } = read(put) as unknown as JsonObject
    expect(rest).to.deep.equal(patient)
    const { meta: stored, ...json } = (await call('GET', '/fhir/Patient/zhou')).body as unknown as JsonObject
    expect([json, stored]).to.deep.equal([patient, meta])
  })

  it('keeps decimals as written', async () => {
    const created = await call('POST', '/fhir/Observation', { body: observation, headers: { ...sent, accept: 'application/fhir+json' } })
    expect([created.status, /"value":5\.10[,}]/.test(created.text)]).to.deep.equal([201, true])
    expect((await call('GET', `/fhir/Observation/${created.body['id']}?_format=xml`)).text).to.include('<value value="5.10"/>')
  })

  it('answers in the form that is liked best', async () => {
    const asked: [string, Record<string, string>, 'xml' | 'json'][] = [
      ['?_format=xml', {}, 'xml'],
      ['?_format=application/fhir%2Bxml', { accept: 'application/fhir+json' }, 'xml'],
      ['?_format=application/fhir+xml', {}, 'xml'],
      ['?_format=text/xml', {}, 'xml'],
      ['?_format=json', { accept: xml }, 'json'],
      ['', { accept: 'application/fhir+xml;fhirVersion=4.0' }, 'xml'],
      ['', { accept: 'application/fhir+json;q=0.5, application/xml' }, 'xml'],
      ['', { accept: 'application/fhir+json;q=0, */*;q=0.1, text/xml;q=0.2' }, 'xml'],
      ['', { accept: 'application/fhir+xml;q=0.5, application/fhir+json' }, 'json'],
      ['', { accept: 'text/html, */*' }, 'json'],
      ['', {}, 'json'],
    ]
    for (const [query, headers, format] of asked) {
      const reply = await call('GET', `/fhir/Patient/zhou${query}`, { headers })
      expect([reply.status, reply.headers.get('content-type')], `${query} ${headers['accept']}`).to.deep.equal([
        200,
        `application/fhir+${format}; charset=utf-8`,
      ])
    }
  })

  const doors: [string, string, number, string][] = [
    ['GET', '/fhir/metadata', 200, 'CapabilityStatement'],
    ['GET', '/fhir/Patient?name=周', 200, 'Bundle'],
    ['GET', '/fhir/Patient/zhou/_history', 200, 'Bundle'],
    ['GET', '/fhir/Patient/zhou/_history/1', 200, 'Patient'],
    ['GET', '/fhir/Patient/zhou/$everything', 200, 'Bundle'],
    ['GET', '/fhir/Patient/none', 404, 'OperationOutcome'],
    ['GET', '/fhir/Nothing', 404, 'OperationOutcome'],
    ['PATCH', '/fhir/Patient/zhou', 405, 'OperationOutcome'],
  ]
  for (const [method, path, status, type] of doors) {
    it(`${method} ${path}`, async () => {
      const reply = await call(method, path, { headers: { accept: xml } })
      expect([reply.status, read(reply)['resourceType']]).to.deep.equal([status, type])
    })
  }

  it('declares both forms', async () => {
    const { body } = await call('GET', '/fhir/metadata')
    expect(body['format']).to.deep.equal(['application/fhir+json', 'application/fhir+xml', 'json', 'xml'])
  })

  it('searches by a form and answers in XML', async () => {
    const reply = await call('POST', '/fhir/Patient/_search', {
      body: 'name=周',
      headers: { 'content-type': 'application/x-www-form-urlencoded', accept: xml },
    })
    expect([reply.status, read(reply)['total']]).to.deep.equal([200, 1])
  })

  it('validates XML, and Parameters in XML', async () => {
    const reply = await call('POST', '/fhir/Observation/$validate', { body: observation, headers: sent })
    expect([reply.status, read(reply)['resourceType']]).to.deep.equal([200, 'OperationOutcome'])
  })

  it('takes a transaction in XML and answers in XML', async () => {
    const entry = (url: string, resource: string) =>
      `<entry><fullUrl value="urn:uuid:${url}"/><resource>${resource}</resource><request><method value="POST"/><url value="Patient"/></request></entry>`
    const patients = [1, 2].map(n => entry(`${n}`, `<Patient><name><text value="欧阳${n}"/></name></Patient>`)).join('')
    const reply = await call('POST', '/fhir', {
      body: `<Bundle xmlns="http://hl7.org/fhir"><type value="transaction"/>${patients}</Bundle>`,
      headers: sent,
    })
    const bundle = read(reply) as unknown as { entry: { response: { status: string } }[] }
    expect([reply.status, ...bundle.entry.map(one => one.response.status)]).to.deep.equal([200, '201 Created', '201 Created'])
  })

  const broken: [string, string, number, string, string | undefined][] = [
    ['cut off', '<Patient xmlns="http://hl7.org/fhir">\n  <active value="true"/>', 400, 'xml.unclosed', '1:1'],
    ['crossed tags', '<Patient xmlns="http://hl7.org/fhir">\n  <name></nam></Patient>', 400, 'xml.end-tag-mismatch', '2:9'],
    ['JSON', '{"resourceType":"Patient"}', 400, 'xml.text-outside-root', '1:1'],
    ['nothing', '', 400, 'xml.no-root', '1:1'],
    ['no namespace', '<Patient/>', 400, 'fhir-xml.namespace', '1:1'],
    ['an unknown element', '<Patient xmlns="http://hl7.org/fhir">\n <shoe value="42"/></Patient>', 400, 'fhir-xml.element-unknown', '2:2'],
    ['text', '<Patient xmlns="http://hl7.org/fhir">周</Patient>', 400, 'fhir-xml.text', '1:1'],
    ['a bad boolean', '<Patient xmlns="http://hl7.org/fhir"><active value="yes"/></Patient>', 400, 'fhir-xml.value-invalid', '1:38'],
    ['an entity bomb', '<!DOCTYPE x [<!ENTITY a "aaaa">]><Patient xmlns="http://hl7.org/fhir"/>', 400, 'xml.doctype', '1:1'],
    ['too deep', `<Patient xmlns="http://hl7.org/fhir">${'<extension url="u">'.repeat(300)}`, 413, 'xml.too-deep', undefined],
    ['deeper than JSON may be', nested(60), 413, 'xml.too-deep', undefined],
    [
      'another type',
      '<Observation xmlns="http://hl7.org/fhir"><status value="final"/></Observation>',
      400,
      'fhir.type-mismatch',
      undefined,
    ],
    ['an impossible day', '<Patient xmlns="http://hl7.org/fhir"><birthDate value="2023-02-29"/></Patient>', 422, 'fhir.invalid', undefined],
  ]
  for (const [what, body, status, fault, location] of broken) {
    it(`refuses ${what} in XML`, async () => {
      const reply = await call('POST', '/fhir/Patient', { body, headers: sent })
      const outcome = read(reply) as unknown as { issue: { location?: string[] }[] }
      expect([reply.status, faultsOf(outcome as unknown as Loose)[0]], reply.text).to.deep.equal([status, fault])
      if (location !== undefined) expect(outcome.issue[0]!.location).to.deep.equal([location])
    })
  }

  it('says so when XML cannot hold what is stored, and still tells of a write', async () => {
    const body = { resourceType: 'Patient', id: 'odd', name: [{ text: 'a\u0001b' }] }
    const put = await call('PUT', '/fhir/Patient/odd', { body, headers: { accept: xml } })
    expect([put.status, put.body['id']]).to.deep.equal([201, 'odd'])
    const got = await call('GET', '/fhir/Patient/odd', { headers: { accept: xml } })
    expect([got.status, ...faultsOf(read(got))]).to.deep.equal([406, 'fhir.not-acceptable', 'xml.unwritable'])
    const refused = await call('POST', '/fhir/Patient', { body: '{"resourceType":"Patient","a\\u0001":1}', headers: { accept: xml } })
    expect(refused.status).to.equal(422)
  })
})

function nested(levels: number): string {
  return `<Patient xmlns="http://hl7.org/fhir">${'<extension url="u">'.repeat(levels)}<valueBoolean value="true"/>${'</extension>'.repeat(levels)}</Patient>`
}
