// Messages and requests on one resource: a late message shows in history and never as current; a request states the whole and later messages go on from it.
import { expect } from 'chai'
import { readStored } from '#formats/fhir/json/stored.ts'
import type { JsonObject } from '#kernel/json.ts'
import { must } from '#kernel/result.ts'
import { systemPrincipal } from '#kernel/tenant.ts'
import { equalAuthority } from '../store/authority.ts'
import { openRepository } from '../store/unit-of-work.ts'
import { type Ask, ask, listOf } from './test-client.ts'
import { openTestServer, type TestServer } from './test-server.ts'

describe('messages and requests on one resource', () => {
  let server: TestServer
  let token: string
  const call = (method: string, path: string, options: Ask = {}) => ask(server.origin, method, `/fhir${path}`, { token, ...options })

  /** What a message says of Patient `m`, as the pipeline would commit it. */
  async function say(message: number, eventAt: string, content: JsonObject): Promise<void> {
    const { rest, storage } = server
    const parse = (body: Buffer) => readStored(body.toString('utf8'))
    const repository = openRepository({ ...rest, parse, authority: () => equalAuthority })
    const intent = { type: 'Patient', key: 'urn:mrn|m', id: 'm', content, clears: [], standing: 'speak' } as const
    const input = {
      tenant: 'DEFAULT',
      mapped: { intents: [intent], merges: [], gaps: [], faults: [] },
      source: 'ZJJ-HIS',
      eventAtMs: Date.parse(eventAt),
      message,
      cause: { message, by: 'system:test' },
      replay: false,
    }
    const work = must(await repository.work(input, storage.reader({ principal: systemPrincipal('test'), tenants: ['DEFAULT'] })))
    must(await storage.commit({ tenant: 'DEFAULT', cause: input.cause, ...work }))
  }

  before(async () => {
    server = await openTestServer()
    token = await server.token('all')
    await say(1, '2026-01-01T10:00:00+08:00', { gender: 'unknown', name: [{ text: '𠮷䶮' }] })
    await say(3, '2026-01-03T10:00:00+08:00', { gender: 'female' })
    await say(2, '2026-01-02T10:00:00+08:00', { gender: 'male' })
  })
  after(() => server.close())

  it('shows a late version in history alone', async () => {
    expect((await call('GET', '/Patient/m')).body['gender']).to.equal('female')
    const history = await call('GET', '/Patient/m/_history')
    const versions = listOf(history.body['entry']).map(entry => entry['resource']!)
    expect(versions.map(version => String(version['gender']))).to.deep.equal(['female', 'male', 'female', 'unknown'])
    expect(versions.map(version => listOf(version['meta']!['tag']).map(tag => String(tag['code'])))).to.deep.equal([[], ['late'], [], []])
    expect((await call('GET', '/Patient?gender=male')).body['total']).to.equal(0)
    expect((await call('GET', '/Patient?gender=female')).body['total']).to.equal(1)
  })

  it('lets a request state the whole, and a newer message go on from there', async () => {
    const current = (await call('GET', '/Patient/m')).body
    const stated = { ...current, gender: undefined, birthDate: '1980-01-01', meta: { tag: [{ system: 'urn:mine', code: 'seen' }] } }
    const changed = await call('PUT', '/Patient/m', { body: stated, headers: { 'if-match': 'W/"4"' } })
    expect([changed.status, changed.headers.get('etag')]).to.deep.equal([200, 'W/"5"'])
    await say(4, '2020-01-01T10:00:00+08:00', { gender: 'other', birthDate: '1970-01-01' })
    expect((await call('GET', '/Patient/m')).body)
      .to.include({ birthDate: '1980-01-01' })
      .and.not.have.property('gender')
    await say(5, '2100-01-01T10:00:00+08:00', { gender: 'other' })
    expect((await call('GET', '/Patient/m')).body).to.include({ birthDate: '1980-01-01', gender: 'other' })
  })
})
