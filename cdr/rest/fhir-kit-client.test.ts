// An outside client that knows nothing of us (fhir-kit-client) does its daily work against the surface.
import { expect } from 'chai'
import { Client } from 'fhir-kit-client'
import { openTestServer, type TestServer } from './test-server.ts'

type Resource = { resourceType: string; id?: string; [member: string]: unknown }
type Bundle = Resource & { total?: number; entry?: { resource: Resource; response?: { status: string } }[] }

describe('fhir-kit-client', () => {
  let server: TestServer
  let client: Client
  before(async () => {
    server = await openTestServer()
    client = new Client({ baseUrl: `${server.origin}/fhir`, bearerToken: await server.token('all') })
  })
  after(() => server.close())

  const patient = { resourceType: 'Patient', name: [{ text: '𠮷·䶮' }], identifier: [{ system: 'urn:k', value: '1' }] }

  it('reads the capability statement', async () => {
    expect(await client.capabilityStatement()).to.include({ resourceType: 'CapabilityStatement', fhirVersion: '4.0.1' })
  })

  it('creates, reads, updates, tells history and deletes', async () => {
    const made = (await client.create({ resourceType: 'Patient', body: patient })) as Resource
    const id = made.id!
    expect(await client.read({ resourceType: 'Patient', id })).to.deep.equal(made)
    const changed = (await client.update({ resourceType: 'Patient', id, body: { ...made, active: true } })) as Resource
    expect(changed['active']).to.equal(true)
    expect(await client.vread({ resourceType: 'Patient', id, version: '1' })).to.deep.equal(made)
    expect(((await client.history({ resourceType: 'Patient', id })) as Bundle).total).to.equal(2)
    await client.delete({ resourceType: 'Patient', id })
    const refused = await client.read({ resourceType: 'Patient', id }).catch(error => error)
    expect(refused.response.status).to.equal(410)
  })

  it('searches and turns pages', async () => {
    for (let n = 0; n < 5; n++)
      await client.create({ resourceType: 'Patient', body: { ...patient, identifier: [{ system: 'urn:page', value: `${n}` }] } })
    const first = (await client.search({ resourceType: 'Patient', searchParams: { identifier: 'urn:page|', _count: 2 } })) as Bundle
    const second = (await client.nextPage({ bundle: first as never })) as Bundle
    expect([first, second].map(bundle => bundle.entry!.length)).to.deep.equal([2, 2])
    const posted = (await client.search({
      resourceType: 'Patient',
      searchParams: { identifier: 'urn:page|3' },
      options: { postSearch: true },
    })) as Bundle
    expect(posted.total).to.equal(1)
  })

  it('sends transactions and batches', async () => {
    const entry = [{ resource: patient, request: { method: 'POST', url: 'Patient' } }]
    const done = (await client.transaction({ body: { resourceType: 'Bundle', type: 'transaction', entry } as never })) as Bundle
    expect(done.entry![0]!.response!.status).to.equal('201 Created')
    const batch = (await client.batch({ body: { resourceType: 'Bundle', type: 'batch', entry } as never })) as Bundle
    expect(batch.entry![0]!.response!.status).to.equal('201 Created')
  })

  it('calls operations', async () => {
    const made = (await client.create({ resourceType: 'Patient', body: patient })) as Resource
    const chart = (await client.operation({ name: 'everything', resourceType: 'Patient', id: made.id!, method: 'GET' })) as Bundle
    expect(chart.entry!.map(entry => entry.resource.id)).to.deep.equal([made.id])
  })
})
