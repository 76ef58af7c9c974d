// Index rows of whole resources: every kind of parameter, what is hashed, where patients, codes and the clinical date come from.
import { expect } from 'chai'
import { ExactDecimal } from '#formats/fhir/decimal.ts'
import { r4 } from '#formats/fhir/model/r4.ts'
import type { IndexEntry } from '#kernel/index-entry.ts'
import type { JsonObject } from '#kernel/json.ts'
import { openExtractor } from './extract.ts'
import { parametersOf } from './parameters.ts'

const extract = openExtractor(value => `#${value}`)
const rowsOf = (resource: JsonObject, ...params: string[]) =>
  extract(resource)
    .entries.filter(entry => params.includes(entry.param))
    .map(plain)

/** An entry without the members that every one has. */
function plain(entry: IndexEntry): unknown[] {
  const { kind: _kind, param: _param, ...rest } = entry
  return Object.values(rest)
}

const observation: JsonObject = {
  resourceType: 'Observation',
  id: 'o1',
  meta: { profile: ['http://example.org/p|2'], tag: [{ system: 'urn:t', code: 'x' }] },
  status: 'final',
  category: [{ coding: [{ system: 'urn:c', code: 'laboratory' }] }],
  code: { coding: [{ system: 'http://loinc.org', code: '8480-6' }, { code: 'SBP' }], text: '收缩压' },
  subject: { reference: 'Patient/p1' },
  encounter: { reference: 'https://elsewhere.example/fhir/Encounter/9' },
  performer: [{ reference: 'Practitioner/d1/_history/2' }, { identifier: { system: 'urn:staff', value: '77' } }, { reference: '#dev' }],
  contained: [{ resourceType: 'Organization', id: 'dev', identifier: [{ system: 'urn:org', value: 'lab' }] }],
  effectivePeriod: { start: '2026-01-01T08:00:00+08:00' },
  valueQuantity: { value: ExactDecimal.received('5.40'), comparator: '<', unit: 'mg', system: 'http://unitsofmeasure.org', code: 'mg' },
  component: [
    {
      code: { coding: [{ system: 'urn:k', code: 'part' }] },
      valueCodeableConcept: { coding: [{ system: 'urn:v', code: 'pos' }], text: '阳性' },
    },
  ],
}

const patient: JsonObject = {
  resourceType: 'Patient',
  id: 'p1',
  identifier: [
    { system: 'urn:oid:1.2', value: '880123' },
    { system: 'urn:oid:2.16.156.10011.1.3', value: ' 11010519491231002x' },
    { value: 'bare' },
    { system: 'urn:x' },
  ],
  active: true,
  name: [{ text: '欧阳珅', family: '欧阳', given: ['珅'] }],
  telecom: [
    { system: 'phone', value: '+86 138-0013-8000' },
    { system: 'email', value: 'Li@Example.org' },
  ],
  gender: 'female',
  birthDate: '1949-12-31',
  address: [{ state: '上海市', district: '青浦区', line: ['朱家角镇1号'], postalCode: '201713' }],
  link: [{ other: { reference: 'Patient/p2' }, type: 'seealso' }],
}

describe('extractor', () => {
  const cases: [JsonObject, string, unknown[][]][] = [
    [observation, 'status', [['', 'final']]],
    [
      observation,
      'code',
      [
        ['http://loinc.org', '8480-6'],
        ['', 'SBP'],
      ],
    ],
    [observation, 'component-code', [['urn:k', 'part']]],
    [observation, 'combo-code', []],
    [observation, 'component-value-concept', [['urn:v', 'pos']]],
    [observation, 'subject', [['Patient', 'p1']]],
    [observation, 'patient', []],
    [observation, 'encounter', [['https://elsewhere.example/fhir/Encounter/9']]],
    [observation, 'performer', [['Practitioner', 'd1']]],
    [
      observation,
      'performer:identifier',
      [
        ['urn:staff', '77'],
        ['urn:org', 'lab'],
      ],
    ],
    [observation, 'date', [[Date.parse('2026-01-01T00:00:00Z'), Number.POSITIVE_INFINITY]]],
    [observation, 'value-quantity', [[Number.NEGATIVE_INFINITY, 5.4, 'http://unitsofmeasure.org|mg']]],
    [observation, 'value-quantity:canonical', [[Number.NEGATIVE_INFINITY, 0.0054, 'g']]],
    [observation, '_profile', [['http://example.org/p|2'], ['http://example.org/p']]],
    [observation, '_tag', [['urn:t', 'x']]],
    [
      patient,
      'identifier',
      [
        ['urn:oid:1.2', '880123'],
        ['urn:oid:2.16.156.10011.1.3', '#11010519491231002X'],
        ['', 'bare'],
      ],
    ],
    [patient, 'phone', [['', '#13800138000']]],
    [patient, 'email', [['', '#li@example.org']]],
    [
      patient,
      'telecom',
      [
        ['', '#13800138000'],
        ['', '#li@example.org'],
      ],
    ],
    [patient, 'active', [['', 'true']]],
    [patient, 'deceased', [['', 'false']]],
    [patient, 'name', [['欧阳珅'], ['欧阳'], ['珅']]],
    [patient, 'name-pinyin', [['ouyangshen']]],
    [patient, 'name-initials', [['oys']]],
    [patient, 'phonetic', []],
    [patient, 'address', [['上海市青浦区朱家角镇1号'], ['上海市'], ['青浦区'], ['朱家角镇1号'], ['201713']]],
    [patient, 'birthdate', [[Date.parse('1949-12-31T00:00:00+08:00'), Date.parse('1950-01-01T00:00:00+08:00')]]],
  ]
  for (const [resource, param, rows] of cases) {
    it(`reads ${resource['resourceType']}.${param}`, () => expect(rowsOf(resource, param)).to.deep.equal(rows))
  }

  it('puts a resource into the compartments of its Patients', () => {
    expect(extract(observation).patients).to.deep.equal(['p1'])
    expect(extract(patient).patients).to.deep.equal(['p1', 'p2'])
    expect(extract({ resourceType: 'Organization', id: 'x', name: '检验科' }).patients).to.deep.equal([])
    const coverage = { resourceType: 'Coverage', id: 'c', beneficiary: { reference: 'Patient/a' }, payor: [{ reference: 'Patient/b' }] }
    expect(extract(coverage).patients).to.have.members(['a', 'b'])
  })

  it('names the codes and the clinical date', () => {
    expect(extract(observation).codes).to.deep.equal(['http://loinc.org|8480-6', '|SBP'])
    expect(extract(observation).whenMs).to.equal(Date.parse('2026-01-01T00:00:00Z'))
    expect(extract({ ...observation, effectivePeriod: { end: '2026-01-01' } }).whenMs).to.equal(undefined)
    expect(extract({ ...observation, effectivePeriod: undefined }).whenMs).to.equal(undefined)
  })

  it('leaves values that are no values out, whatever is in their place', () => {
    const odd = {
      resourceType: 'Observation',
      id: 'x',
      status: 1,
      code: 'text',
      subject: 'Patient/1',
      effectiveDateTime: 'today',
      valueQuantity: { value: 'a' },
    }
    expect(extract(odd as JsonObject).entries.map(entry => entry.param)).to.deep.equal(['status'])
    expect(extract({ resourceType: 'Nothing' }).entries).to.deep.equal([])
  })

  it('knows every parameter of every type', () => {
    for (const type of r4.resourceTypes()) {
      extract({ resourceType: type, id: 'x' })
      for (const parameter of parametersOf(type).values()) {
        expect(parameter.types.size, `${type} ${parameter.code}`).to.be.greaterThan(0)
        for (const row of parameter.rows)
          expect(parametersOf(type).get(row.code)!.branches.length, `${type} ${parameter.code} → ${row.code}`).to.be.greaterThan(0)
      }
    }
  })

  it('stores what two parameters share once', () => {
    const rows = (type: string, code: string) =>
      parametersOf(type)
        .get(code)!
        .rows.map(row => row.code + (row.target ? `→${row.target}` : ''))
    expect(rows('Observation', 'patient')).to.deep.equal(['subject→Patient'])
    expect(rows('Observation', 'combo-code')).to.deep.equal(['code', 'component-code'])
    expect(rows('Observation', 'combo-value-quantity')).to.deep.equal(['value-quantity', 'component-value-quantity'])
    expect(rows('AllergyIntolerance', 'patient')).to.deep.equal(['patient'])
    expect(rows('Patient', 'phonetic')).to.deep.equal(['name-pinyin'])
  })
})
