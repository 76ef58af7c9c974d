// The edge of the surface: origins of pages, configured addresses, languages, validation by tenant, and an audit that is full.
import { expect } from 'chai'
import { fault } from '#kernel/fault.ts'
import type { Storage } from '#kernel/ports/storage.ts'
import type { Validator } from '#kernel/ports/validator.ts'
import { failed, ok } from '#kernel/result.ts'
import { ask, faultsOf, listOf } from './test-client.ts'
import { openTestServer, type TestServer } from './test-server.ts'

const patient = { resourceType: 'Patient', id: 'a', name: [{ text: '珅' }] }

/** Finds fault with every Patient that has no birth date. */
const strictAboutBirth: Validator = {
  validate: resource =>
    resource['resourceType'] === 'Patient' && resource['birthDate'] === undefined
      ? [{ severity: 'error', fault: fault('fhir.element-missing', { at: 'Patient.birthDate', args: { element: 'birthDate' } }) }]
      : [],
}

describe('FHIR surface', () => {
  let server: TestServer
  let token: string
  before(async () => {
    server = await openTestServer({
      tenants: ['ZJJ', 'QPJW'],
      change: rest => ({
        ...rest,
        origin: 'https://fhir.hospital.example',
        cors: { origins: ['https://app.example'] },
        validatorFor: async () => ok(strictAboutBirth),
        validation: tenant => (tenant === 'ZJJ' ? 'strict' : 'lenient'),
      }),
    })
    token = await server.token('all')
  })
  after(() => server.close())

  it('lets pages of configured origins in, and no others', async () => {
    const preflight = (origin: string) =>
      ask(server.origin, 'OPTIONS', '/fhir/Patient', { headers: { origin, 'access-control-request-method': 'PUT' } })
    const mine = await preflight('https://app.example')
    expect([mine.status, mine.headers.get('access-control-allow-origin')]).to.deep.equal([204, 'https://app.example'])
    expect(mine.headers.get('access-control-allow-headers')).to.include('If-Match')
    expect((await preflight('https://evil.example')).headers.get('access-control-allow-origin')).to.equal(null)
    const read = await ask(server.origin, 'GET', '/fhir/metadata', { headers: { origin: 'https://app.example' } })
    expect(read.headers.get('access-control-allow-origin')).to.equal('https://app.example')
    const plain = await openTestServer()
    expect(
      (await ask(plain.origin, 'GET', '/fhir/metadata', { headers: { origin: 'https://app.example' } })).headers.get(
        'access-control-allow-origin',
      ),
    ).to.equal(null)
    await plain.close()
  })

  it('writes the configured address into links', async () => {
    const reply = await ask(server.origin, 'GET', '/tenants/ZJJ/fhir/Patient', { token })
    expect(String(listOf(reply.body['link'])[0]!['url'])).to.equal('https://fhir.hospital.example/tenants/ZJJ/fhir/Patient')
  })

  it('validates as the tenant wishes', async () => {
    const refused = await ask(server.origin, 'PUT', '/tenants/ZJJ/fhir/Patient/a', { token, body: patient })
    expect([refused.status, ...faultsOf(refused.body)]).to.deep.equal([422, 'fhir.invalid', 'fhir.element-missing'])
    const kept = await ask(server.origin, 'PUT', '/tenants/QPJW/fhir/Patient/a', {
      token,
      body: patient,
      headers: { prefer: 'return=OperationOutcome' },
    })
    expect([kept.status, listOf(kept.body['issue'])[0]!['severity'], ...faultsOf(kept.body)]).to.deep.equal([
      201,
      'warning',
      'fhir.element-missing',
    ])
    const asked = await ask(server.origin, 'POST', '/tenants/QPJW/fhir/Patient/$validate', { token, body: patient })
    expect(faultsOf(asked.body)).to.deep.equal(['fhir.element-missing'])
  })

  it('answers in the language asked for, Chinese otherwise', async () => {
    const text = async (language: string) =>
      String(
        listOf((await ask(server.origin, 'GET', '/fhir/Patient/x', { headers: { 'accept-language': language } })).body['issue'])[0]![
          'diagnostics'
        ],
      )
    expect(await text('zh-CN')).to.match(/^需要登录或访问令牌。用 POST/)
    expect(await text('de')).to.match(/^需要登录或访问令牌/)
    expect(await text('en-GB,en;q=0.9')).to.match(/^An access token is needed\. Get one/)
  })

  it('refuses reads while the audit is full', async () => {
    const overloaded = (storage: Storage): Storage => ({
      ...storage,
      commit: commit => storage.commit(commit),
      reader: scope => storage.reader(scope),
      tenants: () => storage.tenants(),
      audit: () => failed(fault('audit.overloaded')),
    })
    const full = await openTestServer({ change: rest => ({ ...rest, storage: overloaded(rest.storage) }) })
    const all = await full.token('all')
    expect((await ask(full.origin, 'PUT', '/fhir/Patient/a', { token: all, body: patient })).status).to.equal(201)
    for (const path of [
      '/fhir/Patient/a',
      '/fhir/Patient',
      '/fhir/Patient/a/_history',
      '/fhir/Patient/a/_history/1',
      '/fhir/Patient/a/$everything',
      '/fhir/Patient/none',
    ]) {
      const reply = await ask(full.origin, 'GET', path, { token: all })
      expect([reply.status, ...faultsOf(reply.body)], path).to.deep.equal([503, 'audit.overloaded'])
    }
    await full.close()
  })
})
