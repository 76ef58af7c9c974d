// Every hostile request gets the answer it deserves, over a real socket; afterwards the server still stands and nothing has changed.
import { connect } from 'node:net'
import { expect } from 'chai'
import { hostileRequests } from './hostile-requests.ts'
import { ask, faultsOf } from './test-client.ts'
import { openTestServer, type TestServer } from './test-server.ts'

describe('hostile requests', () => {
  let server: TestServer
  let token: string
  before(async () => {
    server = await openTestServer({ tenants: ['ZJJ', 'QPJW', 'SYSTEM'] })
    token = await server.token(['ZJJ'])
    const one = { resourceType: 'Patient', id: 'one', name: [{ text: '䶮珅' }] }
    expect((await ask(server.origin, 'PUT', '/fhir/Patient/one', { token, body: one })).status).to.equal(201)
  })
  after(() => server.close())

  it('are at least eighty', () => expect(hostileRequests.length).to.be.at.least(80))

  for (const { what, method, path, headers, body, token: given, status, fault } of hostileRequests) {
    it(`${what} → ${status}`, async () => {
      const url = /^\/(?:fhir|tenants)/.test(path) ? path : `/fhir${path}`
      const reply = await ask(server.origin, method, url, { token: given === 'none' ? undefined : (given ?? token), headers, body })
      expect([reply.status, faultsOf(reply.body)[0]], reply.text.slice(0, 300)).to.deep.equal([status, fault])
      if (fault) expect(reply.body['resourceType']).to.equal('OperationOutcome')
    })
  }

  it('leave everything as it was', async () => {
    const patients = await ask(server.origin, 'GET', '/fhir/Patient?_total=accurate', { token })
    expect(patients.body['total']).to.equal(1)
    const history = await ask(server.origin, 'GET', '/fhir/Patient/one/_history', { token })
    expect(history.body['total']).to.equal(1)
  })

  const sockets: [string, string, RegExp][] = [
    ['no HTTP', 'hello\r\n\r\n', /^HTTP\/1\.1 400 /],
    ['no host', 'GET /fhir/metadata HTTP/1.1\r\n\r\n', /^HTTP\/1\.1 400 /],
    [
      'a host with a path',
      'GET /fhir/metadata HTTP/1.1\r\nHost: a/b\r\nConnection: close\r\n\r\n',
      /^HTTP\/1\.1 400 [\s\S]*http\.parameter/,
    ],
    [
      'a host with a quote',
      'GET /fhir/metadata HTTP/1.1\r\nHost: a"><script>\r\nConnection: close\r\n\r\n',
      /^HTTP\/1\.1 400 [\s\S]*http\.parameter/,
    ],
    ['a header of 40 KB', `GET /fhir/metadata HTTP/1.1\r\nHost: a\r\nX-Long: ${'x'.repeat(40_000)}\r\n\r\n`, /^HTTP\/1\.1 431 /],
    ['two lengths', 'POST /fhir/Patient HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n{}', /^HTTP\/1\.1 400 /],
    [
      'length and chunks',
      'POST /fhir/Patient HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
      /^HTTP\/1\.1 400 /,
    ],
    ['a bad chunk', 'POST /fhir/Patient HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n', /^HTTP\/1\.1 4\d\d /],
    ['dots in a path', raw('GET /fhir/Patient/%2e%2e/%2e%2e/etc'), /^HTTP\/1\.1 400 [\s\S]*http\.parameter/],
    ['dots for a tenant', raw('GET /tenants/%2e%2e/fhir/Patient'), /^HTTP\/1\.1 401 /],
    ['dots that climb', raw('GET /fhir/../api/clients'), /^HTTP\/1\.1 400 [\s\S]*http\.parameter/],
    [
      'an absolute URL of another host',
      'GET http://127.0.0.1:1/secret HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n',
      /^HTTP\/1\.1 404 /,
    ],
  ]
  for (const [what, text, answer] of sockets) {
    it(`on the socket: ${what}`, async () => expect(await say(server, text)).to.match(answer))
  }

  it('on the socket: a body announced larger than is taken', async () => {
    const head = `POST /fhir/Patient HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer ${token}\r\nContent-Type: application/fhir+json\r\n`
    expect(await say(server, `${head}Content-Length: 9000000\r\n\r\n{`)).to.match(/^HTTP\/1\.1 413 [\s\S]*http\.too-large/)
  })

  it('on the socket: a body that turns out larger than is taken', async () => {
    const body = `{"resourceType":"Patient","name":[{"text":"${'x'.repeat(8 * 1024 * 1024)}"}]}`
    const reply = await ask(server.origin, 'POST', '/fhir/Patient', { token, body })
    expect([reply.status, ...faultsOf(reply.body)]).to.deep.equal([413, 'http.too-large'])
  })

  it('still stands', async () => expect((await ask(server.origin, 'GET', '/fhir/Patient/one', { token })).status).to.equal(200))
})

function raw(line: string): string {
  return `${line} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n`
}

/** What a raw text is answered, until the server closes the connection or is silent for a moment after an answer. */
function say(server: TestServer, text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(Number(new URL(server.origin).port), '127.0.0.1', () => socket.write(text))
    let answer = ''
    socket.on('data', chunk => {
      answer += chunk.toString('utf8')
      if (/\r\n\r\n[\s\S]*\S$/.test(answer)) socket.end()
    })
    socket.on('close', () => resolve(answer))
    socket.on('error', error => (answer === '' ? reject(error) : resolve(answer)))
  })
}
