// Input that means harm: deep, huge, circular, expensive. Each ends with a clear finding, and the step limits show that it ends soon.
import { expect } from 'chai'
import fc from 'fast-check'
import type { JsonObject } from '#kernel/json.ts'
import type { Finding } from '#kernel/ports/validator.ts'
import { DefinitionStore, openValidator } from './validator.ts'

const validator = openValidator({ settings: { bestPractice: 'ignore' } })
const root = 'https://huilian.example/fhir/StructureDefinition'

function codes(findings: readonly Finding[]): string[] {
  return [...new Set(findings.map(({ fault }) => fault.code))]
}

function nested(depth: number): JsonObject {
  let extension: JsonObject = { url: 'http://example.org/x', valueBoolean: true }
  for (let i = 0; i < depth; i++) extension = { url: 'http://example.org/x', extension: [extension] }
  return { resourceType: 'Patient', extension: [extension] }
}

function profile(name: string, type: string, element: readonly object[], more: object = {}): JsonObject {
  return {
    resourceType: 'StructureDefinition',
    url: `${root}/${name}`,
    name,
    status: 'active',
    kind: 'resource',
    abstract: false,
    type,
    baseDefinition: `http://hl7.org/fhir/StructureDefinition/${type}`,
    derivation: 'constraint',
    differential: { element },
    ...more,
  } as unknown as JsonObject
}

function openOver(...definitions: readonly JsonObject[]) {
  const store = new DefinitionStore()
  for (const definition of definitions) store.add(definition)
  return openValidator({ definitions: [store], settings: { bestPractice: 'ignore' } })
}

describe('the validator under hostile input', () => {
  it('ends where elements nest too deep, in memory and in text', () => {
    expect(codes(validator.validate(nested(50_000)))).to.include('validator.too-deep')
    expect(codes(validator.validateText(`{"resourceType":"Patient","extension":${'['.repeat(100_000)}`))).to.deep.equal(['json.depth'])
    expect(codes(validator.validateText(`<Patient xmlns="http://hl7.org/fhir">${'<extension url="x">'.repeat(100_000)}`))).to.have.length(1)
  })

  it('lists a bounded number of findings', () => {
    const findings = validator.validate({ resourceType: 'Patient', name: new Array(200_000).fill(null) })
    expect(findings).to.have.length(2001)
    expect(findings.at(-1)!.fault.code).to.equal('validator.too-many-findings')
  })

  it('quotes no megabytes', () => {
    const findings = validator.validate({ resourceType: 'Patient', id: 'x'.repeat(1_000_000), gender: 'y'.repeat(1_000_000) })
    expect(codes(findings)).to.include.members(['validator.id-too-long', 'validator.not-in-value-set'])
    expect(JSON.stringify(findings).length).to.be.lessThan(5_000)
  })

  it('follows references in a circle once', () => {
    const element = [
      { id: 'Patient.link.other', path: 'Patient.link.other', type: [{ code: 'Reference', targetProfile: [`${root}/ring`] }] },
    ]
    const ring = openOver(profile('ring', 'Patient', element))
    const size = 2_000
    const entry = Array.from({ length: size }, (_, n) => ({
      fullUrl: `https://h.example/fhir/Patient/${n}`,
      resource: {
        resourceType: 'Patient',
        id: String(n),
        meta: { profile: [`${root}/ring`] },
        link: [{ other: { reference: `Patient/${(n + 1) % size}` }, type: 'seealso' }],
      },
    }))
    expect(ring.validate({ resourceType: 'Bundle', type: 'collection', entry })).to.deep.equal([])
  })

  it('lets definitions refer to themselves and to each other', () => {
    const circle = openOver(
      profile('a', 'Patient', [{ id: 'Patient.name', path: 'Patient.name', min: 1 }], { baseDefinition: `${root}/b` }),
      profile('b', 'Patient', [{ id: 'Patient.gender', path: 'Patient.gender', min: 1 }], { baseDefinition: `${root}/a` }),
      { resourceType: 'ValueSet', url: `${root}/v`, compose: { include: [{ valueSet: [`${root}/v`] }] } } as unknown as JsonObject,
    )
    expect(circle.validate({ resourceType: 'Patient' }, { profiles: [`${root}/a`] })).to.not.be.empty
    const asked = {
      resourceType: 'ConceptMap',
      status: 'draft',
      sourceUri: `${root}/v`,
      group: [{ source: 'urn:x', element: [{ code: 'a' }] }],
    }
    expect(codes(circle.validate(asked))).to.include('validator.concept-map-set')
  })

  it('gives up on regular expressions that explode', () => {
    const bomb = openOver(
      profile('bomb', 'Patient', [
        {
          id: 'Patient',
          path: 'Patient',
          constraint: [{ key: 'b-1', severity: 'error', human: 'x', expression: "id.matches('^(a+)+$')" }],
        },
      ]),
      {
        resourceType: 'Questionnaire',
        url: `${root}/q`,
        status: 'active',
        item: [
          { linkId: 'a', type: 'string', extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/regex', valueString: '(a*)*b' }] },
        ],
      } as unknown as JsonObject,
    )
    const text = `${'a'.repeat(60)}-`
    expect(codes(bomb.validate({ resourceType: 'Patient', id: text }, { profiles: [`${root}/bomb`] }))).to.deep.equal([
      'validator.invariant',
    ])
    const response = {
      resourceType: 'QuestionnaireResponse',
      status: 'completed',
      questionnaire: `${root}/q`,
      item: [{ linkId: 'a', answer: [{ valueString: 'a'.repeat(5_000) }] }],
    }
    expect(codes(bomb.validate(response))).to.deep.equal(['validator.regex'])
  })

  it('looks ten thousand slices up, and tries those that cannot be looked up within a budget', () => {
    const slices = (rule: (n: number) => object) =>
      Array.from({ length: 10_000 }, (_, n) => [
        { id: `Patient.identifier:s${n}`, path: 'Patient.identifier', sliceName: `s${n}`, max: '1' },
        { id: `Patient.identifier:s${n}.${'system' in rule(0) ? 'system' : 'type'}`, path: 'Patient.identifier.x', min: 1, ...rule(n) },
      ]).flat()
    const sliced = (path: string) => ({
      id: 'Patient.identifier',
      path: 'Patient.identifier',
      slicing: { discriminator: [{ type: 'value', path }], rules: 'closed' },
    })
    const bySystem = profile('by-system', 'Patient', [sliced('system'), ...slices(n => ({ system: true, fixedUri: `urn:x:${n}` }))])
    const byType = profile('by-type', 'Patient', [
      sliced('type'),
      ...slices(n => ({ patternCodeableConcept: { coding: [{ code: `${n}` }] } })),
    ])
    const many = openOver(bySystem, byType)
    const identifier = Array.from({ length: 400 }, (_, n) => ({
      system: `urn:x:${n + 1}`,
      type: { coding: [{ system: 'urn:y', code: `${9_999 - n}` }] },
      value: 'v',
    }))
    const patient = { resourceType: 'Patient', identifier }
    expect(many.validate(patient, { profiles: [`${root}/by-system`] }).filter(({ severity }) => severity === 'error')).to.deep.equal([])
    expect(codes(many.validate(patient, { profiles: [`${root}/by-type`] }))).to.include('validator.too-costly')
  })

  it('never throws, whatever the JSON', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('Patient', 'Observation', 'Bundle', 'Questionnaire', 'StructureDefinition', 'ValueSet'),
        fc.jsonValue(),
        (resourceType, json) => {
          const members =
            typeof json === 'object' && json !== null && !Array.isArray(json)
              ? json
              : { name: json, entry: json, item: json, extension: json }
          validator.validate({ ...members, resourceType } as unknown as JsonObject)
        },
      ),
      { numRuns: 300, seed: 26 },
    )
  })

  it('never throws, whatever stands in the place of an element', () => {
    const places = [
      'meta',
      'contained',
      'entry',
      'item',
      'differential',
      'snapshot',
      'compose',
      'concept',
      'group',
      'text',
      'extension',
      'property',
      'identifier',
      'value',
      'code',
    ]
    const odd = fc.constantFrom<unknown>(
      null,
      0,
      '',
      'x',
      true,
      [],
      {},
      [null],
      [[]],
      [{}],
      { coding: 1 },
      { element: [null] },
      { include: [null] },
      [{ resource: null }],
      [{ item: 5 }],
    )
    const types = [
      'Bundle',
      'Questionnaire',
      'QuestionnaireResponse',
      'StructureDefinition',
      'ValueSet',
      'CodeSystem',
      'ConceptMap',
      'MeasureReport',
      'Parameters',
      'Observation',
    ]
    fc.assert(
      fc.property(fc.constantFrom(...types), fc.dictionary(fc.constantFrom(...places), odd), (resourceType, members) => {
        validator.validate({
          ...members,
          resourceType,
          type: 'document',
          url: 'urn:x',
          derivation: 'constraint',
          questionnaire: 'urn:none',
        } as JsonObject)
      }),
      { numRuns: 600, seed: 26 },
    )
  })
})
