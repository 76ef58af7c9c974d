// Every R4 search parameter compiles for each of its types, and reads what it should from synthetic resources.
import { expect } from 'chai'
import { must } from '#kernel/result.ts'
import { r4, r4SearchParameters } from '../model/r4.ts'
import { Evaluation } from './evaluation.ts'
import { compile } from './expression.ts'

const patient = {
  resourceType: 'Patient',
  id: 'p1',
  active: true,
  name: [
    { use: 'official', family: '欧阳', given: ['珅'], _given: [{ extension: [{ url: 'urn:x', valueString: 'shēn' }] }] },
    { use: 'usual', text: '𠮷·䶮' },
  ],
  telecom: [
    { system: 'phone', value: '13800000000' },
    { system: 'email', value: 'a@example.org' },
  ],
  birthDate: '1974-12-25',
  deceasedDateTime: '2024-02-29T08:00:00+08:00',
  generalPractitioner: [{ reference: 'Practitioner/d1' }, { reference: 'Organization/o1' }],
}

const observation = {
  resourceType: 'Observation',
  status: 'final',
  code: { coding: [{ system: 'http://loinc.org', code: '85354-9' }] },
  subject: { reference: 'https://example.org/fhir/Patient/p1/_history/3' },
  effectivePeriod: { start: '2024-01-01', end: '2024-01-02' },
  component: [
    { code: { coding: [{ system: 'http://loinc.org', code: '8480-6' }] }, valueQuantity: { value: 120, unit: 'mmHg' } },
    { code: { coding: [{ system: 'http://loinc.org', code: '8462-4' }] }, valueString: 'n/a' },
  ],
}

function valuesOf(resource: { resourceType: string }, code: string): [string, unknown][] {
  const type = resource.resourceType
  const expression = must(compile(r4SearchParameters.find(type, code)!.expression!, { type, mode: 'lenient' }))
  const evaluation = new Evaluation(r4)
  evaluation.begin(resource, resource, resource)
  const values: [string, unknown][] = []
  expect(expression.each(resource, evaluation, (value, name) => values.push([name, value]))).to.equal(undefined)
  return values
}

describe('FHIRPath for search parameters', () => {
  it('compiles every expression of R4 for every type', () => {
    const failures: string[] = []
    let count = 0
    for (const type of r4.resourceTypes()) {
      for (const { code, expression, components } of r4SearchParameters.ofType(type).values()) {
        if (expression === undefined) continue
        count++
        const compiled = compile(expression, { type, mode: 'lenient' })
        if (!compiled.ok) failures.push(`${type}.${code}: ${compiled.fault.code} ${compiled.fault.at}`)
        const item = compiled.ok && components.length > 0 ? compiled.value.resultType : undefined
        for (const part of item === undefined ? [] : components) {
          const inner = compile(part.expression, { type: item!, mode: 'lenient' })
          if (!inner.ok) failures.push(`${type}.${code}: ${part.expression} ${inner.fault.code}`)
        }
      }
    }
    expect(failures).to.deep.equal([])
    expect(count).to.be.greaterThan(2500)
  })

  const expected: [{ resourceType: string }, string, [string, unknown][]][] = [
    [patient, '_id', [['id', 'p1']]],
    [patient, 'active', [['boolean', true]]],
    [patient, 'family', [['string', '欧阳']]],
    [patient, 'given', [['string', '珅']]],
    [patient, 'name', patient.name.map(name => ['HumanName', name])],
    [patient, 'email', [['ContactPoint', patient.telecom[1]]]],
    [patient, 'telecom', patient.telecom.map(telecom => ['ContactPoint', telecom])],
    [patient, 'birthdate', [['date', '1974-12-25']]],
    [patient, 'death-date', [['dateTime', '2024-02-29T08:00:00+08:00']]],
    [patient, 'deceased', [['System.Boolean', true]]],
    [patient, 'general-practitioner', patient.generalPractitioner.map(reference => ['Reference', reference])],
    [patient, 'address', []],
    [observation, 'patient', [['Reference', observation.subject]]],
    [observation, 'date', [['Period', observation.effectivePeriod]]],
    [observation, 'code', [['CodeableConcept', observation.code]]],
    [observation, 'combo-code', [observation.code, ...observation.component.map(c => c.code)].map(code => ['CodeableConcept', code])],
    [observation, 'component-value-quantity', [['Quantity', observation.component[0]!.valueQuantity]]],
    [observation, 'value-quantity', []],
    [observation, 'component-code-value-quantity', observation.component.map(c => ['Observation.component', c])],
    [observation, 'status', [['code', 'final']]],
  ]
  for (const [resource, code, values] of expected) {
    it(`reads ${resource.resourceType} ${code}`, () => expect(valuesOf(resource, code)).to.deep.equal(values))
  }

  it('tells a reference by its type without fetching it', () => {
    const evaluation = new Evaluation(r4)
    const expression = must(compile('Observation.subject.where(resolve() is Patient)', { type: 'Observation' }))
    const subjects: [object, boolean][] = [
      [{ reference: 'Patient/1' }, true],
      [{ reference: 'Group/1' }, false],
      [{ reference: 'urn:uuid:0', type: 'Patient' }, true],
      [{ type: 'Device', identifier: { value: '1' } }, false],
    ]
    for (const [subject, isPatient] of subjects) {
      const resource = { resourceType: 'Observation', subject }
      evaluation.begin(resource, resource, resource)
      let count = 0
      expression.each(resource, evaluation, () => count++)
      expect(count === 1, JSON.stringify(subject)).to.equal(isPatient)
    }
    expect(evaluation.needs).to.deep.equal([])
  })
})
