// What an expression asks of the world: needs are told, fetched in one batch, and the second run has its answer.
import { expect } from 'chai'
import type { JsonObject } from '#kernel/json.ts'
import { must } from '#kernel/result.ts'
import { r4 } from '../model/r4.ts'
import { isInValueSet } from '../model/value-sets.ts'
import { Evaluation, type EvaluationContext } from './evaluation.ts'
import { compile } from './expression.ts'
import { typedValue } from './values/typed-value.ts'

const patient: JsonObject = {
  resourceType: 'Patient',
  id: 'p1',
  gender: 'female',
  maritalStatus: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-MaritalStatus', code: 'M' }] },
  generalPractitioner: [{ reference: 'Practitioner/1' }, { reference: 'Practitioner/2' }],
  link: [{ other: { reference: 'Patient/gone' }, type: 'seealso' }],
}

function run(expression: string, context: EvaluationContext = {}, input: JsonObject = patient) {
  return must(compile(expression)).run(input, context)
}

function values(expression: string, context: EvaluationContext = {}, input: JsonObject = patient): unknown[] {
  return must(run(expression, context, input)).values.map(v => v.value)
}

describe('FHIRPath and its context', () => {
  it('tells all needs of a run, and answers once they are met', () => {
    const expression = 'generalPractitioner.resolve().name.family | link.other.resolve().gender'
    const first = must(run(expression))
    expect(first.needs).to.deep.equal(
      ['Practitioner/1', 'Practitioner/2', 'Patient/gone'].map(reference => ({ kind: 'reference', reference })),
    )
    const fetched = new Map<string, JsonObject | null>([
      ['Practitioner/1', { resourceType: 'Practitioner', name: [{ family: '王' }] }],
      ['Practitioner/2', { resourceType: 'Practitioner', name: [{ family: '𠮷' }] }],
      ['Patient/gone', null],
    ])
    const second = must(run(expression, { resolve: reference => fetched.get(reference) }))
    expect(second.needs).to.deep.equal([])
    expect(second.values.map(v => v.value)).to.deep.equal(['王', '𠮷'])
  })

  it('resolves inside the bundle around the resource', () => {
    const entry = { fullUrl: 'urn:uuid:1', resource: { resourceType: 'Practitioner', id: 'x', name: [{ text: '王医生' }] } }
    const inner = { resourceType: 'Patient', generalPractitioner: [{ reference: 'urn:uuid:1' }, { reference: 'Practitioner/x' }] }
    const bundle = { resourceType: 'Bundle', entry: [entry, { resource: inner }] }
    expect(values('generalPractitioner.resolve().name.text', { resource: inner, rootResource: bundle }, inner)).to.deep.equal([
      '王医生',
      '王医生',
    ])
    expect(values('entry.resource.generalPractitioner.resolve().id', {}, bundle)).to.deep.equal(['x', 'x'])
  })

  it('asks the terminology at hand', () => {
    const memberOf: EvaluationContext['memberOf'] = (valueSet, { code, system }) => isInValueSet(valueSet, code, system) ?? null
    const gender = 'http://hl7.org/fhir/ValueSet/administrative-gender'
    expect(values(`gender.memberOf('${gender}')`, { memberOf })).to.deep.equal([true])
    expect(values(`'x'.memberOf('${gender}')`, { memberOf })).to.deep.equal([false])
    expect(values("maritalStatus.memberOf('http://hl7.org/fhir/ValueSet/marital-status')", { memberOf })).to.deep.equal([true])
    expect(run("gender.memberOf('urn:nothing')", { memberOf })).to.have.nested.property('fault.code', 'fhirpath.value-set-unknown')
    const subsumes: EvaluationContext['subsumes'] = (_, ancestor, descendant) => (ancestor === 'A' ? descendant.startsWith('A') : null)
    const pair = (a: string, b: string) => `Coding { system: 's', code: '${a}' }.subsumes(Coding { system: 's', code: '${b}' })`
    expect(values(pair('A', 'A1'), { subsumes })).to.deep.equal([true])
    expect(values(pair('A', 'B'), { subsumes })).to.deep.equal([false])
    expect(run(pair('B', 'A'), { subsumes })).to.have.nested.property('fault.code', 'fhirpath.code-system-unknown')
  })

  it('asks the validator at hand', () => {
    const conformsTo: EvaluationContext['conformsTo'] = (structure, value, type) =>
      structure === 'urn:has-name' ? type === 'Patient' && 'name' in (value as object) : null
    expect(values("conformsTo('urn:has-name')", { conformsTo })).to.deep.equal([false])
    expect(run("conformsTo('urn:other')", { conformsTo })).to.have.nested.property('fault.code', 'fhirpath.structure-unknown')
    const inSlice: EvaluationContext['inSlice'] = (_, name, value) => JSON.stringify(value).includes(name)
    expect(values("generalPractitioner.slice('urn:p', 'Practitioner/2').reference", { inSlice })).to.deep.equal(['Practitioner/2'])
  })

  it('hands on what is traced', () => {
    const log: [string, unknown[]][] = []
    const trace: EvaluationContext['trace'] = (name, items) => log.push([name, items.map(item => typedValue(item).value)])
    expect(values("generalPractitioner.trace('all', reference).count().trace('n')", { trace })).to.deep.equal([2])
    expect(log).to.deep.equal([
      ['all', ['Practitioner/1', 'Practitioner/2']],
      ['n', [2]],
    ])
  })

  it('takes variables of the caller', () => {
    const variables = {
      limit: 2.5,
      names: ['a', 'b'],
      other: { resourceType: 'Patient', id: 'o' },
      nothing: undefined,
      plain: { x: [1, { y: '𠮷' }] },
    }
    expect(values('%limit + 0.5', { variables }).map(String)).to.deep.equal(['3.0'])
    expect(values('%names.count()', { variables })).to.deep.equal([2])
    expect(values("%other is Patient and %other.id = 'o'", { variables })).to.deep.equal([true])
    expect(values('%nothing', { variables })).to.deep.equal([])
    expect(values('%plain.x.y', { variables })).to.deep.equal(['𠮷'])
    expect(run('%unheard', { variables })).to.have.nested.property('fault.code', 'fhirpath.variable-unknown')
  })

  it('fits itself to each type it meets, and to JSON without a type', () => {
    const expression = must(compile('name.count()'))
    expect(must(expression.run(patient)).values[0]!.value).to.equal(0)
    expect(must(expression.run({ resourceType: 'Organization', name: '医院' })).values[0]!.value).to.equal(1)
    expect(must(expression.run({ name: ['a', 'b', 'c'] })).values[0]!.value).to.equal(3)
    expect(must(expression.run(null)).values[0]!.value).to.equal(0)
    expect(must(must(compile('use', { type: 'HumanName' })).run({ use: 'usual' })).values).to.deep.equal([{ type: 'code', value: 'usual' }])
    expect(must(must(compile("$this = '*'", { type: 'string' })).run('*')).values[0]!.value).to.equal(true)
  })

  it('checks invariants with a shared evaluation', () => {
    const evaluation = new Evaluation(r4)
    const check = (text: string, type: string, focus: object) => {
      evaluation.begin(focus, patient, patient)
      return must(compile(text, { type })).check(focus, evaluation)
    }
    expect(check('start <= end', 'Period', { start: '2024-01-01', end: '2024-02-01' })).to.equal(true)
    expect(check('start <= end', 'Period', { start: '2024-01-01' })).to.equal(undefined)
    expect(check("%resource.gender = 'female'", 'Patient.link', { type: 'seealso' })).to.equal(true)
    expect(check('(start | end).single().exists()', 'Period', { start: '2024', end: '2025' })).to.have.property(
      'code',
      'fhirpath.single-expected',
    )
  })
})
