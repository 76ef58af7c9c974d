// Validation from the outside of a running server: texts over the console API, modes of tenants, packages of the installation, XML and FHIRPath.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { ServerUnderTest } from './server-under-test.ts'

type Told = {
  readonly kind: string
  readonly name?: string
  readonly valid: boolean
  readonly text?: string
  readonly findings: readonly {
    readonly code: string
    readonly text: string
    readonly path?: string
    readonly line?: number
    readonly column?: number
    readonly length?: number
  }[]
}

const cnPatient = 'https://huilian.example/fhir/StructureDefinition/cn-patient'
const phone = {
  resourceType: 'StructureDefinition',
  url: 'http://zjj.example/phone',
  name: 'Phone',
  status: 'active',
  kind: 'resource',
  abstract: false,
  type: 'Patient',
  baseDefinition: 'http://hl7.org/fhir/StructureDefinition/Patient',
  derivation: 'constraint',
  differential: { element: [{ id: 'Patient.telecom', path: 'Patient.telecom', min: 1 }] },
}

describe('validation on a running server', () => {
  let house: ServerUnderTest
  let directory: string
  before(async () => {
    directory = mkdtempSync(join(tmpdir(), 'huilian-validation-'))
    mkdirSync(join(directory, 'packages', 'zjj'), { recursive: true })
    writeFileSync(join(directory, 'packages', 'zjj', 'phone.json'), JSON.stringify(phone))
    house = await ServerUnderTest.start({ dataDir: directory })
  })
  after(async () => {
    await house.stop()
    rmSync(directory, { recursive: true, force: true })
  })

  const call = (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) =>
    house.request(path, {
      method,
      headers: { 'content-type': 'application/json', 'accept-language': 'en', ...headers },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    })
  const validate = async (text: string, query = '', headers = {}) => {
    const reply = await call('POST', `/api/validate${query}`, text, headers)
    expect(reply.status).to.equal(200)
    return (await reply.json()) as Told
  }

  it('tells texts apart and finds what is wrong where', async () => {
    const message = await validate('MSH|^~\\&|HIS|ZJJ|||20260105||ADT^A01|1|P|2.5\nEVN||20260105\nPID|1||1||欧阳^珅||19800230\nPV1|1|I')
    expect([message.kind, message.name, message.valid]).to.deep.equal(['hl7v2', 'ADT^A01', false])
    expect(message.findings[0]).to.deep.include({ code: 'hl7.bad-time', path: 'PID[1]-7', line: 3, column: 17, length: 8 })
    const resource = await validate('{"resourceType":"Patient",\n"gender":"女"}')
    expect([resource.kind, resource.name, resource.valid]).to.deep.equal(['fhir-json', 'Patient', false])
    expect(resource.findings[0]).to.deep.include({ code: 'validator.not-in-value-set', path: 'Patient.gender', line: 2 })
    expect((await validate('<ClinicalDocument xmlns="urn:hl7-org:v3"/>')).kind).to.equal('cda')
    expect((await validate('hello')).findings[0]!.code).to.equal('inspect.unrecognised')
  })

  it('speaks the language of the caller, and gives the text back when asked', async () => {
    const chinese = await validate('hello', '?text=true', { 'accept-language': 'zh-CN' })
    expect([chinese.findings[0]!.text, chinese.text]).to.deep.equal([
      '无法识别内容：应为 HL7 v2 消息、FHIR 资源（JSON 或 XML）或 CDA 文档',
      'hello',
    ])
  })

  it('knows the profiles of the house, of packages, and of the tenant', async () => {
    const patient = JSON.stringify({ resourceType: 'Patient', name: [{ text: '珅' }] })
    const codes = async (profile: string) =>
      (await validate(patient, `?profile=${encodeURIComponent(profile)}`)).findings.map(({ code }) => code)
    expect(await codes(cnPatient)).to.include('validator.minimum')
    expect(await codes(phone.url)).to.deep.equal(['validator.minimum'])
    const own = { ...phone, id: 'own', url: 'http://zjj.example/own' }
    expect(await codes(own.url)).to.deep.equal(['validator.profile-unknown'])
    expect((await call('PUT', '/tenants/ZJJ/fhir/StructureDefinition/own', own)).status).to.equal(201)
    expect(await codes(own.url)).to.deep.equal(['validator.minimum'])
  })

  it('declares the profiles of the house', async () => {
    const { rest } = (await (await call('GET', '/fhir/metadata')).json()) as {
      rest: { resource: { type: string; supportedProfile?: string[] }[] }[]
    }
    const supported = (type: string) => rest[0]!.resource.find(resource => resource.type === type)!.supportedProfile
    expect([supported('Patient'), supported('Group')]).to.deep.equal([[cnPatient], undefined])
  })

  it('is for those who are signed in', async () => {
    expect((await fetch(`${house.origin}/api/validate`, { method: 'POST', body: '{}' })).status).to.equal(401)
  })

  it('follows the mode of the tenant from the next write on', async () => {
    const patient = { resourceType: 'Patient', meta: { profile: [cnPatient] }, name: [{ text: '珅' }] }
    const write = async () => (await call('POST', '/tenants/ZJJ/fhir/Patient', patient, { prefer: 'return=OperationOutcome' })).status
    expect(await write()).to.equal(201)
    for (const [validation, status] of [
      ['strict', 422],
      ['off', 201],
      ['lenient', 201],
    ] as const) {
      expect((await call('PUT', '/api/tenants/ZJJ', { validation })).status).to.equal(200)
      expect(await write(), validation).to.equal(status)
    }
    expect((await call('PUT', '/api/tenants/ZJJ', { validation: 'sometimes' })).status).to.equal(400)
  })

  it('answers FHIRPath, in XML too', async () => {
    const reply = await call(
      'POST',
      '/fhir/$fhirpath',
      '<Parameters xmlns="http://hl7.org/fhir"><parameter><name value="expression"/><valueString value="1 + 1"/></parameter></Parameters>',
      {
        'content-type': 'application/fhir+xml',
      },
    )
    expect([reply.status, (await reply.text()).includes('<valueInteger value="2"/>')]).to.deep.equal([200, true])
  })

  it('asks terminology and profiles in FHIRPath', async () => {
    const patient = {
      resourceType: 'Patient',
      name: [{ text: '珅' }],
      maritalStatus: { coding: [{ system: 'urn:oid:2.16.156.10011.2.3.3.5', code: '20' }] },
    }
    const value = async (expression: string) => {
      const parameter = [
        { name: 'expression', valueString: expression },
        { name: 'resource', resource: patient },
      ]
      const reply = await call('POST', '/fhir/$fhirpath', { resourceType: 'Parameters', parameter })
      const answer = (await reply.json()) as {
        parameter?: { part?: { valueBoolean?: boolean }[] }[]
        issue?: { details: { coding: { code: string }[] } }[]
      }
      return answer.parameter?.[1]?.part?.[0]?.valueBoolean ?? answer.issue?.[0]?.details.coding[0]?.code
    }
    expect(await value("maritalStatus.memberOf('https://huilian.example/fhir/ValueSet/cn-marital-status')")).to.equal(true)
    expect(await value("maritalStatus.memberOf('https://huilian.example/fhir/ValueSet/cn-ethnic-group')")).to.equal(false)
    expect(await value("maritalStatus.memberOf('urn:none')")).to.equal('fhirpath.value-set-unknown')
    expect(await value(`conformsTo('${cnPatient}')`)).to.equal(false)
    expect(await value("conformsTo('http://hl7.org/fhir/StructureDefinition/Patient')")).to.equal(true)
    expect(await value("conformsTo('urn:none')")).to.equal('fhirpath.structure-unknown')
  })

  it('judges what messages make, as their channel says', async () => {
    const channels = join(directory, 'channels')
    for (const validation of ['strict', 'lenient']) {
      mkdirSync(join(channels, validation), { recursive: true })
      writeFileSync(
        join(channels, validation, 'channel.yaml'),
        `id: ${validation}
name: { zh: 校验, en: Judged }
tenant: ZJJ
facility: ZJJ
source: ${validation.toUpperCase()}
format: hl7v2
validation: ${validation}
connector: { kind: mllp }
`,
      )
    }
    const judged = await ServerUnderTest.start({ channelsDir: channels })
    // A language that is none of BCP 47 breaks a binding that R4 requires.
    const message = (id: string, language: string) =>
      `MSH|^~\\&|HIS|ZJJ|||20260105083000||ADT^A01|${id}|P|2.5\rEVN||20260105083000\rPID|1||${id}^^^ZJJ^MR||欧阳^珅||19800101|F|||||||${language}\rPV1|1|I|||||||||||||||||V${id}`
    const send = async (channel: string, id: string, language = '?!^听不懂') => {
      const reply = await judged.request(`/api/channels/${channel}/messages?wait=true`, { method: 'POST', body: message(id, language) })
      return (await reply.json()) as { status: string; faults: { code: string }[] }
    }
    const strict = await send('strict', 'S1')
    expect([strict.status, ...strict.faults.map(({ code }) => code)]).to.deep.equal(['failed', 'fhir.invalid'])
    const lenient = await send('lenient', 'L1')
    expect([lenient.status, lenient.faults.some(({ code }) => code.startsWith('validator.'))]).to.deep.equal(['processed', true])
    expect((await send('strict', 'S2', '')).status).to.equal('processed')
    const found = await judged.find('Patient?_count=10', 'ZJJ')
    expect(found.length).to.equal(2)
    await judged.stop()
  })
})
