// Patient/$everything: the whole chart with what supports it, of merged Patients too, in pages, by type, time and right.
import { expect } from 'chai'
import { must } from '#kernel/result.ts'
import { type Ask, ask, linkOf, listOf, namesOf } from '../rest/test-client.ts'
import { openTestServer, type TestServer } from '../rest/test-server.ts'

const at = (day: number) => `2026-01-${String(day).padStart(2, '0')}T08:00:00+08:00`
const subject = (id: string) => ({ reference: `Patient/${id}` })

describe('$everything', () => {
  let server: TestServer
  let token: string
  const call = (method: string, path: string, options: Ask = {}) => ask(server.origin, method, path, { token, ...options })
  const put = (resource: { resourceType: string; id: string }) =>
    call('PUT', `/fhir/${resource.resourceType}/${resource.id}`, { body: resource })

  before(async () => {
    server = await openTestServer()
    token = await server.token('all')
    for (const id of ['s', 'r', 'other']) await put({ resourceType: 'Patient', id })
    await put({ resourceType: 'Practitioner', id: 'dr' })
    await put({ resourceType: 'Organization', id: 'lab' })
    const observation = (id: string, patient: string, day: number) =>
      put({
        resourceType: 'Observation',
        id,
        status: 'final',
        code: { text: 'x' },
        subject: subject(patient),
        effectiveDateTime: at(day),
        performer: [{ reference: 'Practitioner/dr' }],
      } as never)
    await observation('o1', 's', 1)
    await observation('o2', 's', 20)
    await observation('o3', 'r', 10)
    await observation('o4', 'other', 5)
    await put({
      resourceType: 'Encounter',
      id: 'e1',
      status: 'finished',
      class: { code: 'AMB' },
      subject: subject('s'),
      period: { start: at(3) },
      serviceProvider: { reference: 'Organization/lab' },
    } as never)
  })
  after(() => server.close())

  it('gives the chart, and who stands behind it', async () => {
    const reply = await call('GET', '/fhir/Patient/s/$everything')
    expect(reply.status, reply.text).to.equal(200)
    const matches = listOf(reply.body['entry']).filter(entry => String(entry['search']!['mode']) === 'match')
    expect(matches.map(entry => String(entry['resource']!['id'])).sort()).to.deep.equal(['e1', 'o1', 'o2', 's'])
    expect(namesOf(reply)).to.include.members(['Practitioner/dr', 'Organization/lab'])
    expect(new Set(namesOf(reply)).size).to.equal(namesOf(reply).length)
  })

  it('takes types, times and changes since', async () => {
    const ids = async (query: string) => namesOf(await call('GET', `/fhir/Patient/s/$everything?${query}`)).sort()
    expect(await ids('_type=Observation')).to.deep.equal(['Observation/o1', 'Observation/o2'])
    expect(await ids('_type=Observation,Encounter&start=2026-01-02&end=2026-01-05')).to.deep.equal(['Encounter/e1'])
    expect(await ids('_since=2100-01-01')).to.deep.equal([])
    expect(await ids('_type=Observation&_since=2020-01-01')).to.deep.equal(['Observation/o1', 'Observation/o2'])
  })

  it('comes in pages', async () => {
    const seen: string[] = []
    let url: string | undefined = `${server.origin}/fhir/Patient/s/$everything?_count=1&_type=Observation,Encounter,Patient`
    for (let page = 0; url && page < 9; page++) {
      const reply = await call('GET', url)
      seen.push(...namesOf(reply))
      url = linkOf(reply, 'next')
    }
    expect(seen.sort()).to.deep.equal(['Encounter/e1', 'Observation/o1', 'Observation/o2', 'Patient/s'])
  })

  it('shows only types the token may read', async () => {
    const narrow = await server.token('all', ['system/Patient.read', 'system/Encounter.read'])
    expect(namesOf(await call('GET', '/fhir/Patient/s/$everything', { token: narrow })).sort()).to.deep.equal(['Encounter/e1', 'Patient/s'])
    expect((await call('GET', '/fhir/Patient/s/$everything?_type=Observation', { token: narrow })).status).to.equal(403)
  })

  it('covers the Patients merged into it, as searches do', async () => {
    const value = JSON.stringify({ merges: [{ retired: 'r', keys: [], ids: [], message: 1, atMs: 0 }] })
    must(
      await server.storage.commit({
        tenant: 'DEFAULT',
        cause: { by: 'system:test' },
        records: [{ kind: 'patient-merge', key: 's', value }],
      }),
    )
    const observations = (path: string) =>
      call('GET', `/fhir/${path}`).then(reply =>
        namesOf(reply)
          .filter(name => name.startsWith('Observation'))
          .sort(),
      )
    const merged = ['Observation/o1', 'Observation/o2', 'Observation/o3']
    expect(await observations('Patient/s/$everything')).to.deep.equal(merged)
    expect(await observations('Observation?subject=Patient/s')).to.deep.equal(merged)
    expect(await observations('Observation?patient=s')).to.deep.equal(merged)
    expect(await observations('Patient/s/Observation')).to.deep.equal(merged)
    expect(await observations('Observation?patient=r')).to.deep.equal(['Observation/o3'])
    expect(namesOf(await call('GET', '/fhir/Observation?patient=s&_sort=-date'))).to.deep.equal([
      'Observation/o2',
      'Observation/o3',
      'Observation/o1',
    ])
  })

  it('turns the pages of what was merged when the first was given', async () => {
    const first = await call('GET', '/fhir/Observation?patient=s&_sort=-date&_count=1')
    const chart = await call('GET', '/fhir/Patient/s/$everything?_count=1&_type=Observation')
    const undo = [{ kind: 'patient-merge', key: 's', value: undefined }]
    must(await server.storage.commit({ tenant: 'DEFAULT', cause: { by: 'system:test' }, records: undo }))
    for (const page of [first, chart]) {
      const second = await call('GET', linkOf(page, 'next')!)
      const third = await call('GET', linkOf(second, 'next')!)
      expect([page, second, third].flatMap(namesOf)).to.deep.equal(['Observation/o2', 'Observation/o3', 'Observation/o1'])
    }
    expect(namesOf(await call('GET', '/fhir/Observation?patient=s&_sort=-date'))).to.deep.equal(['Observation/o2', 'Observation/o1'])
  })

  it('does not know a Patient that is not there', async () => {
    expect((await call('GET', '/fhir/Patient/nobody/$everything')).status).to.equal(404)
    await put({ resourceType: 'Patient', id: 'gone' })
    await call('DELETE', '/fhir/Patient/gone')
    expect((await call('GET', '/fhir/Patient/gone/$everything')).status).to.equal(410)
  })
})
