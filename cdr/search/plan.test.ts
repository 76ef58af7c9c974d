// From query strings to plans: every kind, prefix and modifier; what is refused, and what lenient handling leaves out in sight.
import { expect } from 'chai'
import type { Filter } from '#kernel/search-plan.ts'
import { readSearch, type SearchContext } from './plan.ts'
import { printQuery } from './query.ts'

const context: SearchContext = {
  bases: ['http://here:1/fhir'],
  nowMs: Date.parse('2026-01-01T00:00:00Z'),
  digest: value => `#${value}`,
  strict: false,
}
const strict = { ...context, strict: true }
const read = (type: string, query: string, how = context) => readSearch(type, query, how)

function filters(type: string, query: string): readonly Filter[] {
  const search = read(type, query, strict)
  if (!search.ok) throw new Error(`${search.fault.code} ${JSON.stringify(search.fault.args)}`)
  return search.value.plan.where.op === 'and' ? search.value.plan.where.of : []
}

const day = (text: string) => Date.parse(`${text}T00:00:00+08:00`)
const card = 'urn:oid:2.16.156.10011.1.3'

describe('search plan', () => {
  const cases: [string, string, Filter][] = [
    ['Observation', 'code=718-7', { op: 'token', param: 'code', system: undefined, code: '718-7' }],
    ['Observation', 'code=http://loinc.org|718-7', { op: 'token', param: 'code', system: 'http://loinc.org', code: '718-7' }],
    ['Observation', 'code=|718-7', { op: 'token', param: 'code', system: '', code: '718-7' }],
    ['Observation', 'code=http://loinc.org|', { op: 'token', param: 'code', system: 'http://loinc.org', code: undefined }],
    ['Observation', 'code=a%5C%2Cb%5C%7Cc', { op: 'token', param: 'code', system: undefined, code: 'a,b|c' }],
    ['Observation', 'code=a,b', { op: 'or', of: ['a', 'b'].map(code => ({ op: 'token', param: 'code', system: undefined, code })) }],
    ['Observation', 'code:not=a', { op: 'not', of: { op: 'token', param: 'code', system: undefined, code: 'a' } }],
    [
      'Observation',
      'combo-code=a',
      { op: 'or', of: ['code', 'component-code'].map(param => ({ op: 'token', param, system: undefined, code: 'a' })) },
    ],
    ['Patient', 'gender=http://hl7.org/fhir/administrative-gender|male', { op: 'token', param: 'gender', system: '', code: 'male' }],
    ['Patient', 'gender=urn:other|male', { op: 'token', param: 'gender', system: 'urn:other', code: 'male' }],
    ['Patient', 'active=true', { op: 'token', param: 'active', system: undefined, code: 'true' }],
    ['Patient', 'identifier=urn:oid:1.2|880123', { op: 'token', param: 'identifier', system: 'urn:oid:1.2', code: '880123' }],
    [
      'Patient',
      `identifier=${card}|11010519491231002x`,
      { op: 'hashed', param: 'identifier', system: card, digest: '#11010519491231002X' },
    ],
    [
      'Patient',
      'identifier=11010519491231002x',
      {
        op: 'or',
        of: [
          { op: 'token', param: 'identifier', system: undefined, code: '11010519491231002x' },
          { op: 'hashed', param: 'identifier', system: card, digest: '#11010519491231002X' },
        ],
      },
    ],
    ['Patient', 'phone=138 0013 8000', { op: 'hashed', param: 'phone', digest: '#13800138000' }],
    ['Patient', 'name=张', { op: 'string', param: 'name', match: 'prefix', text: '张' }],
    ['Patient', 'name=%E5%BC%A0', { op: 'string', param: 'name', match: 'prefix', text: '张' }],
    ['Patient', 'name:contains=三', { op: 'string', param: 'name', match: 'contains', text: '三' }],
    ['Patient', 'name:exact=Zhang', { op: 'string', param: 'name', match: 'exact', text: 'zhang\u001fZhang' }],
    ['Patient', 'phonetic=Zhang', { op: 'string', param: 'name-pinyin', match: 'prefix', text: 'zhang' }],
    ['Patient', 'birthdate=1980-01', { op: 'date', param: 'birthdate', prefix: 'eq', from: day('1980-01-01'), to: day('1980-02-01') }],
    ['Patient', 'birthdate=ge1980-01-01', { op: 'date', param: 'birthdate', prefix: 'ge', from: day('1980-01-01'), to: day('1980-01-02') }],
    ['Patient', 'birthdate:missing=true', { op: 'missing', param: 'birthdate', missing: true }],
    [
      'Observation',
      'combo-code:missing=false',
      { op: 'or', of: ['code', 'component-code'].map(param => ({ op: 'missing', param, missing: false })) },
    ],
    ['Observation', 'subject=Patient/1', { op: 'reference', param: 'subject', type: 'Patient', id: '1' }],
    ['Observation', 'subject:Patient=1', { op: 'reference', param: 'subject', type: 'Patient', id: '1' }],
    ['Observation', 'patient=1', { op: 'reference', param: 'subject', type: 'Patient', id: '1' }],
    ['Observation', 'patient=Patient/1', { op: 'reference', param: 'subject', type: 'Patient', id: '1' }],
    ['Observation', 'patient=http://here:1/fhir/Patient/1', { op: 'reference', param: 'subject', type: 'Patient', id: '1' }],
    [
      'Observation',
      'patient=http://there/fhir/Patient/1',
      { op: 'uri', param: 'subject', match: 'exact', uri: 'http://there/fhir/Patient/1' },
    ],
    ['Observation', 'encounter=9', { op: 'reference', param: 'encounter', type: 'Encounter', id: '9' }],
    ['Observation', 'subject:identifier=urn:x|5', { op: 'token', param: 'subject:identifier', system: 'urn:x', code: '5' }],
    [
      'Observation',
      `subject:identifier=${card}|11010519491231002X`,
      { op: 'hashed', param: 'subject:identifier', system: card, digest: '#11010519491231002X' },
    ],
    ['Observation', 'value-quantity=5.4', { op: 'number', param: 'value-quantity', prefix: 'eq', low: 5.35, high: 5.45 }],
    ['Observation', 'value-quantity=gt5.4', { op: 'number', param: 'value-quantity', prefix: 'gt', low: 5.4, high: 5.4 }],
    [
      'Observation',
      'value-quantity=5|http://unitsofmeasure.org|mg',
      { op: 'number', param: 'value-quantity:canonical', prefix: 'eq', low: 0.0045, high: 0.0055, unit: 'g' },
    ],
    [
      'Observation',
      'value-quantity=5||mg',
      {
        op: 'or',
        of: ['|mg', 'http://unitsofmeasure.org|mg'].map(unit => ({
          op: 'number',
          param: 'value-quantity',
          prefix: 'eq',
          low: 4.5,
          high: 5.5,
          unit,
        })),
      },
    ],
    ['RiskAssessment', 'probability=gt0.8', { op: 'number', param: 'probability', prefix: 'gt', low: 0.8, high: 0.8 }],
    ['ValueSet', 'url=http://x/y', { op: 'uri', param: 'url', match: 'exact', uri: 'http://x/y' }],
    ['ValueSet', 'url:below=http://x', { op: 'uri', param: 'url', match: 'below', uri: 'http://x' }],
    ['Observation', '_tag=urn:t|x', { op: 'token', param: '_tag', system: 'urn:t', code: 'x' }],
    ['Observation', '_id=a,b', { op: 'id', ids: ['a', 'b'] }],
    ['Observation', '_lastUpdated=ge2026-01-01', { op: 'lastUpdated', prefix: 'ge', from: day('2026-01-01'), to: day('2026-01-02') }],
  ]
  for (const [type, query, filter] of cases) it(`reads ${type}?${query}`, () => expect(filters(type, query)).to.deep.equal([filter]))

  it('joins parameters by and, in the compartment of the patient', () => {
    const search = read('Observation', 'code=a&code=b', { ...strict, patient: 'p' })
    expect(search.ok && search.value.plan.where).to.deep.equal({
      op: 'and',
      of: [{ op: 'patient', ids: ['p'] }, ...['a', 'b'].map(code => ({ op: 'token', param: 'code', system: undefined, code }))],
    })
  })

  it('widens what is asked for approximately', () => {
    const [date] = filters('Observation', 'date=ap2025-01-01')
    const span = Date.parse('2026-01-01T00:00:00Z') - (day('2025-01-01') + day('2025-01-02')) / 2
    expect(date).to.deep.equal({
      op: 'date',
      param: 'date',
      prefix: 'ap',
      from: day('2025-01-01') - span / 10,
      to: day('2025-01-02') + span / 10,
    })
    expect(filters('Observation', 'value-quantity=ap100')).to.deep.equal([
      { op: 'number', param: 'value-quantity', prefix: 'ap', low: 90, high: 110 },
    ])
  })

  it('reads what shapes the answer', () => {
    const search = read('Observation', '_sort=-date,_id&_count=5&_total=accurate&_elements=id,Observation.code&_format=json')
    expect(search.ok && search.value.plan).to.deep.include({
      sort: [
        { param: 'date', kind: 'when', descending: true },
        { param: '_id', kind: 'id', descending: false },
      ],
      count: 5,
      total: 'accurate',
    })
    expect(search.ok && printQuery(search.value.applied)).to.equal('_count=5&_total=accurate&_elements=id,Observation.code&_sort=-date,_id')
    const counted = read('Observation', '_count=0')
    expect(counted.ok && [counted.value.plan.count, counted.value.plan.total]).to.deep.equal([0, 'accurate'])
    const huge = read('Observation', '_count=999999999')
    expect(huge.ok && huge.value.plan.count).to.equal(1000)
  })

  const refused: [string, string, string][] = [
    ['Patient', 'birthdate=yesterday', 'fhir.parameter-value'],
    ['Patient', 'birthdate=2023-02-30', 'fhir.parameter-value'],
    ['Patient', 'birthdate:missing=maybe', 'fhir.parameter-value'],
    ['Patient', 'gender=', 'fhir.parameter-value'],
    ['Patient', 'gender=|', 'fhir.parameter-value'],
    ['Patient', 'gender=a|b|c', 'fhir.parameter-value'],
    ['Patient', 'name=', 'fhir.parameter-value'],
    ['Patient', '_id=../../etc', 'fhir.parameter-value'],
    ['Patient', '_count=-1', 'fhir.parameter-value'],
    ['Patient', '_count=1&_count=2', 'fhir.parameter-value'],
    ['Patient', '_total=many', 'fhir.parameter-value'],
    ['Patient', '_sort=name;drop', 'fhir.parameter-value'],
    ['Patient', '_summary=all', 'fhir.parameter-value'],
    ['Patient', '_count:exact=1', 'fhir.modifier-unsupported'],
    ['Observation', 'subject=Nothing/1', 'fhir.parameter-value'],
    ['Observation', 'patient=Group/1', 'fhir.parameter-value'],
    ['Observation', 'subject:Patient=Group/1', 'fhir.parameter-value'],
    ['Observation', 'value-quantity=high', 'fhir.parameter-value'],
    ['Observation', 'value-quantity=5|mg', 'fhir.parameter-value'],
    ['Observation', 'value-quantity=1e999', 'fhir.parameter-value'],
    ['Observation', `_id=${Array.from({ length: 1001 }, (_, i) => i)}`, 'fhir.parameter-value'],
    ['Patient', 'name=%E5%BC', 'http.parameter'],
    ['Patient', 'name=%zz', 'http.parameter'],
    ['Patient', 'name=%00', 'http.parameter'],
    ['Patient', '=x', 'http.parameter'],
    ['Patient', 'a&'.repeat(201), 'http.parameter'],
  ]
  for (const [type, query, code] of refused) {
    it(`refuses ${type}?${query.slice(0, 40)}`, () => {
      const search = read(type, query)
      expect(search.ok ? 'taken' : search.fault.code).to.equal(code)
    })
  }

  const left: [string, string, string][] = [
    ['Patient', 'shoe-size=42', 'fhir.parameter-unknown'],
    ['Patient', 'subject=1', 'fhir.parameter-unknown'],
    ['Patient', '_include=Patient:organization', 'fhir.parameter-unknown'],
    ['Observation', 'subject.name=x', 'fhir.parameter-unknown'],
    ['Observation', '_has:Observation:patient:code=x', 'fhir.parameter-unknown'],
    ['Observation', 'code-value-quantity=a$5', 'fhir.parameter-unknown'],
    ['Observation', 'code:in=http://x', 'fhir.modifier-unsupported'],
    ['Observation', 'code:text=x', 'fhir.modifier-unsupported'],
    ['Observation', 'subject:Nothing=1', 'fhir.modifier-unsupported'],
    ['Observation', 'patient:missing=true', 'fhir.modifier-unsupported'],
    ['Patient', 'name:not=x', 'fhir.modifier-unsupported'],
    ['Patient', 'birthdate:exact=1980', 'fhir.modifier-unsupported'],
    ['Patient', '_sort=shoe-size', 'fhir.parameter-unknown'],
  ]
  for (const [type, query, code] of left) {
    it(`leaves ${type}?${query} out in sight, and refuses it when strict`, () => {
      const lenient = read(type, `${query}&_count=3`)
      expect(lenient.ok && lenient.value.ignored.map(fault => fault.code)).to.deep.equal([code])
      expect(lenient.ok && printQuery(lenient.value.applied)).to.equal('_count=3')
      const refusedBy = read(type, query, strict)
      expect(refusedBy.ok ? 'taken' : refusedBy.fault.code).to.equal(code)
    })
  }
})
