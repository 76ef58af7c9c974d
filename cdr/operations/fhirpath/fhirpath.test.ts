// $fhirpath over HTTP: values by their type, contexts and paths, traces, what it fetches and for whom, faults with their place, limits.
import { expect } from 'chai'
import { parseXmlResource } from '#formats/fhir/xml/read.ts'
import { printXmlResource } from '#formats/fhir/xml/write.ts'
import type { JsonObject } from '#kernel/json.ts'
import { must } from '#kernel/result.ts'
import { ask, faultsOf, type Reply } from '../../rest/test-client.ts'
import { openTestServer, type TestServer } from '../../rest/test-server.ts'
import { contextsMax } from './evaluate.ts'

type Part = JsonObject & { name: string; part?: Part[]; valueString?: string; extension?: { url: string; valueString: string }[] }

const patient: JsonObject = {
  resourceType: 'Patient',
  id: 'zhou',
  name: [
    { use: 'official', text: '周䶮', given: ['䶮', '𠮷'] },
    { use: 'old', text: '周珅' },
  ],
  gender: 'female',
  _birthDate: { extension: [{ url: 'http://example.org/masked', valueBoolean: true }] },
  contact: [{ gender: 'male' }],
  managingOrganization: { reference: 'Organization/zjj' },
  generalPractitioner: [{ reference: 'Practitioner/wang' }, { reference: 'Practitioner/none' }],
}

const parameters = (expression: string, more: Part[] = [], resource: JsonObject | undefined = patient): JsonObject => ({
  resourceType: 'Parameters',
  parameter: [{ name: 'expression', valueString: expression }, ...more, ...(resource ? [{ name: 'resource', resource }] : [])],
})
const context = (text: string): Part => ({ name: 'context', valueString: text })

describe('$fhirpath', () => {
  let server: TestServer
  let token: string
  const post = (body: unknown, more: { token?: string; headers?: Record<string, string> } = {}) =>
    ask(server.origin, 'POST', '/fhir/$fhirpath', { token, body, ...more })
  const results = (reply: Reply) => {
    expect(reply.status, reply.text).to.equal(200)
    return (reply.body as unknown as { parameter: Part[] }).parameter.filter(part => part.name === 'result')
  }
  /** Type and value of each part, without paths. */
  const told = (parts: readonly Part[] = []) =>
    parts.map(({ name, extension: _, ...rest }) => [name, ...Object.entries(rest).map(([member, value]) => ({ [member]: value }))])
  before(async () => {
    server = await openTestServer({ tenants: ['ZJJ', 'QPJW'] })
    token = await server.token(['ZJJ'])
    const put = async (tenant: string, resource: JsonObject) => {
      const all = await server.token('all')
      const reply = await ask(server.origin, 'PUT', `/tenants/${tenant}/fhir/${resource['resourceType']}/${resource['id']}`, {
        token: all,
        body: resource,
      })
      expect(reply.status).to.equal(201)
    }
    await put('ZJJ', { resourceType: 'Organization', id: 'zjj', name: '朱家角人民医院' })
    await put('ZJJ', { resourceType: 'Practitioner', id: 'wang', name: [{ text: '王医生' }] })
    await put('QPJW', { resourceType: 'Organization', id: 'secret', name: '青浦区精神卫生中心' })
  })
  after(() => server.close())

  const values: [string, unknown[]][] = [
    ['gender', [['code', { valueCode: 'female' }]]],
    [
      "name.where(use = 'official').given",
      [
        ['string', { valueString: '䶮' }],
        ['string', { valueString: '𠮷' }],
      ],
    ],
    ['name.last()', [['HumanName', { valueHumanName: { use: 'old', text: '周珅' } }]]],
    ['name.count()', [['integer', { valueInteger: 2 }]]],
    ['1.10 + 2.0', [['decimal', { valueDecimal: 3.1 }]]],
    ['name.exists()', [['boolean', { valueBoolean: true }]]],
    ["5 'mg'", [['Quantity', { valueQuantity: { value: 5, unit: 'mg', system: 'http://unitsofmeasure.org', code: 'mg' } }]]],
    ['@2026-01-05', [['date', { valueDate: '2026-01-05' }]]],
    ['@T08:30:00', [['time', { valueTime: '08:30:00' }]]],
    ["''", [['empty-string']]],
    ['nothing', []],
    ['birthDate', [['date', { _valueDate: { extension: [{ url: 'http://example.org/masked', valueBoolean: true }] } }]]],
    ['contact', [['Patient.contact']]],
    ['%resource.ofType(Patient).id', [['id', { valueId: 'zhou' }]]],
  ]
  for (const [expression, expected] of values) {
    it(`answers ${expression}`, async () => {
      const reply = await post(parameters(expression))
      expect(told(results(reply)[0]!.part)).to.deep.equal(expected)
    })
  }

  it('keeps decimals as written, and tells a whole resource', async () => {
    expect((await post(parameters('1.10'))).text).to.include('"valueDecimal":1.10}')
    const [result] = results(await post(parameters('$this')))
    expect([result!.part![0]!.name, result!.part![0]!['resource']]).to.deep.equal(['Patient', patient])
  })

  it('evaluates on each item of the context, and says where results stand', async () => {
    const found = results(await post(parameters("given.trace('all').first()", [context('name')])))
    expect(found.map(part => part.valueString)).to.deep.equal(['Patient.name[0]', 'Patient.name[1]'])
    const [value, trace] = found[0]!.part!
    expect(value).to.deep.equal({
      extension: [{ url: 'http://fhir.forms-lab.com/StructureDefinition/resource-path', valueString: 'Patient.name[0].given[0]' }],
      name: 'string',
      valueString: '䶮',
    })
    expect([trace!.name, trace!.valueString, told(trace!.part)]).to.deep.equal([
      'trace',
      'all',
      [
        ['string', { valueString: '䶮' }],
        ['string', { valueString: '𠮷' }],
      ],
    ])
    const computed = results(await post(parameters('$this + 1', [context('name.count()')])))
    expect([computed[0]!.valueString, told(computed[0]!.part)]).to.deep.equal(['name.count()[0]', [['integer', { valueInteger: 3 }]]])
  })

  it('tells back what was asked, and who answers', async () => {
    const reply = await post(parameters('gender', [{ name: 'variables', part: [{ name: 'a', valueString: 'x' }] }]))
    const [head] = (reply.body as unknown as { parameter: Part[] }).parameter
    expect(head!.part!.map(part => part.name)).to.deep.equal(['evaluator', 'expression', 'variables', 'resource'])
    expect(head!.part![0]!.valueString).to.match(/^Huilian .+ \(R4\)$/)
  })

  it('takes variables, resources as JSON or XML text, and none at all', async () => {
    const variables = { name: 'variables', part: [{ name: 'limit', valueInteger: 2 }] }
    expect(told(results(await post(parameters('name.count() >= %limit', [variables])))[0]!.part)).to.deep.equal([
      ['boolean', { valueBoolean: true }],
    ])
    const url = (form: string) => `http://fhir.forms-lab.com/StructureDefinition/${form}-value`
    for (const [form, text] of [
      ['json', JSON.stringify(patient)],
      ['xml', must(printXmlResource(patient))],
    ] as const) {
      const resource = { name: 'resource', extension: [{ url: url(form), valueString: text }] }
      const body = { resourceType: 'Parameters', parameter: [{ name: 'expression', valueString: 'gender' }, resource] }
      expect(told(results(await post(body))[0]!.part)).to.deep.equal([['code', { valueCode: 'female' }]])
    }
    const none = { resourceType: 'Parameters', parameter: [{ name: 'expression', valueString: "'a' & 'b'" }] }
    expect(told(results(await post(none))[0]!.part)).to.deep.equal([['string', { valueString: 'ab' }]])
  })

  it('speaks XML', async () => {
    const body = must(printXmlResource(parameters('name.text', [context('$this')])))
    const reply = await post(body, { headers: { 'content-type': 'application/fhir+xml' } })
    const read = must(parseXmlResource(reply.text)) as unknown as { parameter: Part[] }
    expect(read.parameter[1]!.part!.map(part => part.valueString)).to.deep.equal(['周䶮', '周珅'])
  })

  it('fetches what is referred to, all at once, and notes each read', async () => {
    const expression = 'managingOrganization.resolve().name | generalPractitioner.resolve().name.text'
    expect(told(results(await post(parameters(expression)))[0]!.part)).to.deep.equal([
      ['string', { valueString: '朱家角人民医院' }],
      ['string', { valueString: '王医生' }],
    ])
    // The next write takes the audit of reads along.
    await ask(server.origin, 'PUT', '/fhir/Patient/zhou', { token, body: patient })
    const reader = server.storage.reader({ principal: { id: 'x', name: '', tenants: 'all', scopes: [] }, tenants: ['ZJJ'] })
    const trail = must(await reader.auditTrail({ limit: 50 }))
      .filter(entry => entry.action === 'read')
      .map(entry => entry.subject)
    expect(trail).to.include.members(['Organization/zjj', 'Practitioner/wang'])
  })

  it('fetches nothing that the caller may not read', async () => {
    const count = async (who: string, reference: string) => {
      const resource = { resourceType: 'Patient', managingOrganization: { reference } }
      const reply = await post(parameters('managingOrganization.resolve().count()', [], resource), { token: who })
      return told(results(reply)[0]!.part)[0]![1]
    }
    const narrow = await server.token(['ZJJ'], ['system/Patient.read'])
    expect(await count(token, 'Organization/zjj')).to.deep.equal({ valueInteger: 1 })
    expect(await count(token, `${server.origin}/fhir/Organization/zjj`)).to.deep.equal({ valueInteger: 1 })
    expect(await count(token, 'Organization/secret')).to.deep.equal({ valueInteger: 0 })
    expect(await count(narrow, 'Organization/zjj')).to.deep.equal({ valueInteger: 0 })
    expect(await count(token, 'https://other.example/fhir/Organization/zjj')).to.deep.equal({ valueInteger: 0 })
    expect((await ask(server.origin, 'POST', '/fhir/$fhirpath', { body: parameters('1') })).status).to.equal(401)
  })

  const wrong: [string, unknown, number, string, string?][] = [
    ['syntax', parameters('name.\n  given..family'), 400, 'fhirpath.unexpected', '2:9'],
    ['an unknown function', parameters('name.shout()'), 400, 'fhirpath.function-unknown', '1:6'],
    ['several where one is needed', parameters("name.text + 'x'"), 422, 'fhirpath.single-expected', '1:11'],
    ['the context', parameters('1', [context('name..given')]), 400, 'fhirpath.unexpected', '1:6'],
    ['no expression', { resourceType: 'Parameters', parameter: [] }, 400, 'http.parameter'],
    ['no Parameters', patient, 400, 'fhir.type-mismatch'],
    ['a resource that is none', parameters('1', [], undefined), 200, ''],
    [
      'broken JSON in the extension',
      {
        resourceType: 'Parameters',
        parameter: [
          { name: 'expression', valueString: '1' },
          { name: 'resource', extension: [{ url: 'http://fhir.forms-lab.com/StructureDefinition/json-value', valueString: '{' }] },
        ],
      },
      400,
      'json.unfinished',
      '1:2',
    ],
    ['endless work', parameters('(1|2|3|4|5|6|7|8|9).repeatAll($this)'), 413, 'fhirpath.steps'],
    [
      'too many contexts',
      parameters('1', [context(`iif(true, ${Array.from({ length: contextsMax + 1 }, (_, i) => i).join('|')})`)]),
      413,
      'fhirpath.too-many-contexts',
    ],
  ]
  for (const [what, body, status, code, location] of wrong) {
    it(`says what is wrong: ${what}`, async () => {
      const reply = await post(body)
      expect([reply.status, faultsOf(reply.body)[0] ?? ''], reply.text.slice(0, 300)).to.deep.equal([status, code])
      if (location) expect((reply.body as unknown as { issue: { location: string[] }[] }).issue[0]!.location).to.deep.equal([location])
    })
  }

  it('is declared', async () => {
    const { body } = await ask(server.origin, 'GET', '/fhir/metadata')
    expect(JSON.stringify((body as unknown as { rest: { operation: unknown }[] }).rest[0]!.operation)).to.include('"name":"fhirpath"')
  })
})
