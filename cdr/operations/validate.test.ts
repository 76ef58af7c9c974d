// $validate and validated writes over HTTP, with the validator of the house: profiles of the house, of a package, and of the tenant itself.
import { expect } from 'chai'
import { openTenantDefinitions } from '#cdr/definitions/tenant-definitions.ts'
import { structureUrl } from '#conformance/profiles/profiles.ts'
import { parseXmlResource } from '#formats/fhir/xml/read.ts'
import { printXmlResource } from '#formats/fhir/xml/write.ts'
import { ManualClock } from '#kernel/clock.ts'
import type { JsonObject } from '#kernel/json.ts'
import type { ValidationMode } from '#kernel/ports/validator.ts'
import { must } from '#kernel/result.ts'
import { loadTerminology } from '#terminology/load.ts'
import { openHouseValidator } from '../../house-validator.ts'
import { type Ask, ask, faultsOf, type Loose, listOf, type Reply } from '../rest/test-client.ts'
import { openTestServer, type TestServer } from '../rest/test-server.ts'

const { dictionary } = must(loadTerminology())
const sound: JsonObject = {
  resourceType: 'Patient',
  id: 'zhou',
  identifier: [{ system: 'https://huilian.example/fhir/identifier/ZJJ/patient', value: '1' }],
  name: [{ text: '周䶮' }],
  gender: 'female',
}
const nameless: JsonObject = { ...sound, name: [{ family: '周' }] }
const cnPatient = structureUrl('cn-patient')

/** A profile of the tenant: a Patient must have a telephone, and a blood type of its own value set. */
const phoneProfile: JsonObject = {
  resourceType: 'StructureDefinition',
  id: 'phone',
  url: 'http://zjj.example/StructureDefinition/phone',
  name: 'Phone',
  status: 'active',
  kind: 'resource',
  abstract: false,
  type: 'Patient',
  baseDefinition: 'http://hl7.org/fhir/StructureDefinition/Patient',
  derivation: 'constraint',
  differential: {
    element: [
      { id: 'Patient.telecom', path: 'Patient.telecom', min: 1 },
      {
        id: 'Patient.maritalStatus',
        path: 'Patient.maritalStatus',
        binding: { strength: 'required', valueSet: 'http://zjj.example/ValueSet/marital' },
      },
    ],
  },
}
const marital: JsonObject = {
  resourceType: 'ValueSet',
  id: 'marital',
  url: 'http://zjj.example/ValueSet/marital',
  status: 'active',
  compose: { include: [{ system: 'http://zjj.example/CodeSystem/marital' }] },
}
const maritalCodes: JsonObject = {
  resourceType: 'CodeSystem',
  id: 'marital',
  url: 'http://zjj.example/CodeSystem/marital',
  status: 'active',
  content: 'complete',
  concept: [{ code: '已婚' }],
}

describe('$validate', () => {
  let server: TestServer
  let token: string
  let mode: ValidationMode
  before(async () => {
    server = await openTestServer({
      tenants: ['ZJJ', 'QPJW'],
      change(rest) {
        const definitions = openTenantDefinitions(rest.storage)
        const clock = new ManualClock(Date.parse('2026-02-01T00:00:00Z'))
        const house = openHouseValidator({ dictionary, clock, packages: [], onTrouble: () => undefined }, definitions)
        return {
          ...rest,
          validatorFor: house.of,
          validation: () => mode,
          onWritten: (tenant, types) => void definitions.written(tenant, types),
        }
      },
    })
    token = await server.token(['ZJJ'])
  })
  beforeEach(() => {
    mode = 'lenient'
  })
  after(() => server.close())

  const call = (method: string, path: string, more: Ask = {}) => ask(server.origin, method, path, { token, ...more })
  const told = (reply: Reply) => {
    expect([reply.status, reply.body['resourceType']], reply.text.slice(0, 500)).to.deep.equal([200, 'OperationOutcome'])
    return listOf(reply.body['issue'])
      .filter(issue => /error|fatal|warning/.test(String(issue['severity'])))
      .map(issue => `${listOf(issue['details']?.['coding'])[0]?.['code']} ${listOf(issue['expression'])[0] ?? ''}`)
  }
  const parameters = (...parameter: JsonObject[]) => ({ resourceType: 'Parameters', parameter })

  it('finds nothing wrong with a sound resource', async () => {
    const reply = await call('POST', '/fhir/Patient/$validate', { body: sound })
    expect(told(reply)).to.deep.equal([])
    expect(listOf(reply.body['issue'])[0]!['code']).to.equal('informational')
  })

  it('names invariants, bindings and structure with their place', async () => {
    const body = { ...sound, gender: 'F', birthDate: '2026-02-30', shoe: 1, contact: [{ gender: 'female' }] }
    expect(told(await call('POST', '/fhir/Patient/$validate', { body }))).to.have.members([
      'validator.unknown-element Patient',
      'validator.not-in-value-set Patient.gender',
      'validator.date Patient.birthDate',
      'validator.invariant Patient.contact[0]',
    ])
  })

  it('takes the profile from the query, from Parameters and from the resource', async () => {
    const finds = ['validator.minimum Patient.name[0]']
    const profile = encodeURIComponent(cnPatient)
    expect(told(await call('POST', `/fhir/Patient/$validate?profile=${profile}`, { body: nameless }))).to.deep.equal(finds)
    const wrapped = parameters({ name: 'resource', resource: nameless }, { name: 'profile', valueCanonical: cnPatient })
    expect(told(await call('POST', '/fhir/Patient/$validate', { body: wrapped }))).to.deep.equal(finds)
    expect(told(await call('POST', '/fhir/Patient/$validate', { body: { ...nameless, meta: { profile: [cnPatient] } } }))).to.deep.equal(
      finds,
    )
    expect(told(await call('POST', '/fhir/Patient/$validate?profile=urn:none', { body: sound }))).to.deep.equal([
      'validator.profile-unknown Patient',
    ])
  })

  it('speaks XML', async () => {
    const reply = await call('POST', `/fhir/Patient/$validate?profile=${encodeURIComponent(cnPatient)}`, {
      body: must(printXmlResource(nameless)),
      headers: { 'content-type': 'application/fhir+xml' },
    })
    expect(faultsOf(must(parseXmlResource(reply.text)) as unknown as Loose)).to.deep.equal(['validator.minimum'])
  })

  it('judges what is stored, an update, a deletion', async () => {
    expect((await call('PUT', '/fhir/Patient/zhou', { body: nameless })).status).to.equal(201)
    const profile = `profile=${encodeURIComponent(cnPatient)}`
    expect(told(await call('GET', `/fhir/Patient/zhou/$validate?${profile}`))).to.deep.equal(['validator.minimum Patient.name[0]'])
    expect(told(await call('POST', '/fhir/Patient/zhou/$validate?mode=delete'))).to.deep.equal([])
    expect(told(await call('POST', '/fhir/Patient/zhou/$validate?mode=update', { body: sound }))).to.deep.equal([])
    expect(told(await call('POST', '/fhir/Patient/zhou/$validate?mode=update', { body: { ...sound, id: 'li' } }))).to.deep.equal([
      'fhir.id-mismatch Patient.id',
    ])
    expect(told(await call('POST', '/fhir/Patient/$validate?mode=create', { body: sound }))).to.deep.equal([])
    const reader = await server.token(['ZJJ'], ['system/*.read'])
    expect(told(await call('POST', '/fhir/Patient/zhou/$validate?mode=delete', { token: reader }))).to.deep.equal(['auth.scope '])
  })

  const refused: [string, string, unknown, number, string][] = [
    ['nothing to judge', '/fhir/Patient/$validate', undefined, 400, 'http.parameter'],
    ['Parameters without a resource', '/fhir/Patient/$validate', parameters(), 400, 'http.parameter'],
    ['another type', '/fhir/Patient/$validate', { resourceType: 'Group' }, 400, 'fhir.type-mismatch'],
    ['no such mode', '/fhir/Patient/$validate?mode=maybe', sound, 400, 'http.parameter'],
    ['an unknown type', '/fhir/Patent/$validate', sound, 404, 'fhir.type-unknown'],
    ['nobody to delete', '/fhir/Patient/none/$validate?mode=delete', undefined, 404, 'fhir.unknown'],
  ]
  for (const [what, path, body, status, code] of refused) {
    it(`refuses ${what}`, async () => {
      const reply = await call('POST', path, { body })
      expect([reply.status, faultsOf(reply.body)[0]], reply.text).to.deep.equal([status, code])
    })
  }

  it('counts what the tenant keeps at once, and for nobody else', async () => {
    const married = (code: string): JsonObject => ({
      ...sound,
      id: 'm',
      meta: { profile: [phoneProfile['url'] as string] },
      telecom: [{ system: 'phone', value: '1' }],
      maritalStatus: { coding: [{ system: 'http://zjj.example/CodeSystem/marital', code }] },
    })
    const validate = (body: JsonObject, base = '/fhir') => call('POST', `${base}/Patient/$validate`, { body })
    expect(told(await validate(married('已婚')))).to.include('validator.profile-unknown Patient')
    for (const definition of [phoneProfile, marital, maritalCodes])
      expect((await call('PUT', `/fhir/${definition['resourceType']}/${definition['id']}`, { body: definition })).status).to.equal(201)
    expect(told(await validate(married('已婚'))).filter(one => !/extensible/.test(one))).to.deep.equal([])
    expect(told(await validate(married('未婚')))).to.include('validator.not-in-value-set Patient.maritalStatus')
    const { telecom: _, ...silent } = married('已婚')
    expect(told(await validate(silent))).to.include('validator.minimum Patient')
    const all = await server.token('all')
    const elsewhere = await ask(server.origin, 'POST', '/tenants/QPJW/fhir/Patient/$validate', { token: all, body: silent })
    expect(told(elsewhere)).to.include('validator.profile-unknown Patient')
    expect((await call('DELETE', '/fhir/StructureDefinition/phone')).status).to.equal(204)
    expect(told(await validate(silent))).to.include('validator.profile-unknown Patient')
  })

  describe('on write', () => {
    const body = { ...nameless, meta: { profile: [cnPatient] } }
    const prefer = { prefer: 'return=OperationOutcome' }

    it('strict refuses with every finding', async () => {
      mode = 'strict'
      const reply = await call('POST', '/fhir/Patient', { body })
      expect([reply.status, ...faultsOf(reply.body)]).to.deep.equal([422, 'fhir.invalid', 'validator.minimum'])
      expect((await call('POST', '/fhir/Patient', { body: sound })).status).to.equal(201)
      const transaction = {
        resourceType: 'Bundle',
        type: 'transaction',
        entry: [sound, body].map(resource => ({ resource, request: { method: 'POST', url: 'Patient' } })),
      }
      const whole = await call('POST', '/fhir', { body: transaction })
      expect([whole.status, String(listOf(listOf(whole.body['issue'])[1]?.['expression'])[0])]).to.deep.equal([
        422,
        'Bundle.entry[1].resource.name[0]',
      ])
    })

    it('lenient keeps the resource and tells who asks', async () => {
      const reply = await call('POST', '/fhir/Patient', { body, headers: prefer })
      expect([reply.status, listOf(reply.body['issue'])[0]!['severity'], ...faultsOf(reply.body)]).to.deep.equal([
        201,
        'warning',
        'validator.minimum',
      ])
      expect((await call('POST', '/fhir/Patient', { body })).status).to.equal(201)
    })

    it('off looks at nothing but the structure', async () => {
      mode = 'off'
      const reply = await call('POST', '/fhir/Patient', { body, headers: prefer })
      expect([reply.status, ...faultsOf(reply.body)]).to.deep.equal([201, 'undefined'])
      expect((await call('POST', '/fhir/Patient', { body: { ...sound, shoe: 1 } })).status).to.equal(422)
    })
  })
})
