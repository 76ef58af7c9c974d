// The R4 model: hierarchy, elements, choices, content references, search parameters, compartments, enumerated value sets.
import { expect } from 'chai'
import { r4, r4Compartments, r4SearchParameters } from './r4.ts'
import { enumeratedCodes, isInValueSet } from './value-sets.ts'

describe('R4 model', () => {
  it('knows every resource type of R4', () => {
    const types = r4.resourceTypes()
    expect(types).to.include.members(['Patient', 'Observation', 'Bundle', 'Parameters', 'Binary', 'MolecularSequence'])
    expect(types).to.not.include.members(['Resource', 'DomainResource', 'MetadataResource'])
    expect(types.length).to.be.within(146, 150)
  })

  it('knows the hierarchy', () => {
    const derived = [
      ['Patient', 'DomainResource'],
      ['Patient', 'Resource'],
      ['Bundle', 'Resource'],
      ['Age', 'Quantity'],
      ['code', 'string'],
      ['uuid', 'uri'],
      ['Patient.contact', 'BackboneElement'],
      ['Patient.contact', 'Element'],
      ['Timing.repeat', 'Element'],
    ] as const
    for (const [type, ancestor] of derived) expect(r4.isA(type, ancestor), `${type} < ${ancestor}`).to.equal(true)
    expect(r4.isA('Bundle', 'DomainResource')).to.equal(false)
    expect(r4.isA('string', 'code')).to.equal(false)
    expect(r4.type('Patient.nothing')).to.equal(undefined)
    expect(r4.type('constructor')).to.equal(undefined)
  })

  it('puts inherited elements first', () => {
    const names = [...r4.type('Patient')!.elements.keys()]
    expect(names.slice(0, 9)).to.deep.equal([
      'id',
      'meta',
      'implicitRules',
      'language',
      'text',
      'contained',
      'extension',
      'modifierExtension',
      'identifier',
    ])
    expect([...r4.type('HumanName')!.elements.keys()].slice(0, 3)).to.deep.equal(['id', 'extension', 'use'])
  })

  it('resolves choices, cardinality, targets and bindings', () => {
    const value = r4.element('Observation', 'value')!
    expect(value.isChoice).to.equal(true)
    expect(value.types.map(t => t.member)).to.include.members(['valueQuantity', 'valueCodeableConcept', 'valueString', 'valueDateTime'])
    expect(r4.childType('Observation', 'valueQuantity')!.name).to.equal('Quantity')
    expect(r4.childType('Observation', 'value')).to.equal(undefined)
    expect(r4.element('Patient', 'name')).to.include({ min: 0, max: Number.POSITIVE_INFINITY })
    expect(r4.element('Observation', 'status')).to.include({ min: 1, max: 1, isModifier: true })
    expect(r4.element('Observation', 'subject')!.types[0]!.targets).to.deep.equal(['Patient', 'Group', 'Device', 'Location'])
    expect(r4.element('Observation', 'status')!.binding).to.include({ strength: 'required' })
    expect(r4.element('Range', 'low')!.types[0]).to.include({ code: 'Quantity' }).and.have.deep.property('profiles', ['SimpleQuantity'])
  })

  it('follows content references and names the ids of resources and elements apart', () => {
    expect(r4.childType('Questionnaire.item', 'item')!.name).to.equal('Questionnaire.item')
    expect(r4.childType('Observation.component', 'referenceRange')!.name).to.equal('Observation.referenceRange')
    expect(r4.childType('Patient', 'id')!.name).to.equal('id')
    expect(r4.childType('HumanName', 'id')!.name).to.equal('string')
    expect(r4.childType('Extension', 'url')!.name).to.equal('uri')
  })

  it('is R4 as it was published, without the elements that others added since', () => {
    expect([...r4.type('Meta')!.elements.keys()].slice(2)).to.deep.equal([
      'versionId',
      'lastUpdated',
      'source',
      'profile',
      'security',
      'tag',
    ])
    expect(r4.childType('Bundle.entry.response', 'outcome')!.name).to.equal('Resource')
    expect(r4.element('EvidenceVariable.characteristic', 'definition')!.types.map(t => t.code)).to.include('TriggerDefinition')
    expect(r4.element('AuditEvent.agent', 'who')!.types[0]!.targets).to.not.include('Bot')
    for (const [type, name] of [
      ['Binary', 'url'],
      ['ResearchStudy', 'name'],
      ['DeviceDefinition', 'classification'],
    ] as const) {
      expect(r4.element(type, name), `${type}.${name}`).to.equal(undefined)
    }
    expect(r4.type('ResearchStudy.label')).to.equal(undefined)
    expect(r4.element('Timing.repeat', 'bounds')!.types).to.have.length(3)
  })

  it('carries primitive formats and system types', () => {
    expect(r4.type('positiveInt')!.format).to.include({ minimum: 1, maximum: 2147483647 })
    expect(r4.type('id')!.format.regex).to.equal('[A-Za-z0-9\\-\\.]{1,64}')
    expect(r4.type('instant')!.system).to.equal('DateTime')
    expect(r4.type('uuid')!.system).to.equal('String')
  })

  it('carries each invariant once, where it belongs', () => {
    const keys = (type: string) => r4.type(type)!.invariants.map(i => (i.element ? `${i.element}:${i.key}` : i.key))
    expect(keys('Patient')).to.deep.equal(['dom-2', 'dom-3', 'dom-4', 'dom-5', 'dom-6'])
    expect(keys('Patient.contact')).to.deep.equal(['ele-1', 'pat-1'])
    expect(keys('Organization')).to.include.members(['org-1', 'telecom:org-3', 'address:org-2'])
    expect(keys('Period')).to.deep.equal(['ele-1', 'per-1'])
    expect(r4.type('Patient')!.invariants.find(i => i.key === 'dom-6')!.bestPractice).to.equal(true)
  })

  it('finds search parameters by type, inherited ones included', () => {
    const parameters = r4SearchParameters.ofType('Patient')
    expect([...parameters.keys()]).to.include.members(['_id', '_lastUpdated', '_text', 'name', 'birthdate', 'general-practitioner'])
    expect(r4SearchParameters.find('Patient', 'birthdate')).to.include({ kind: 'date' })
    expect(r4SearchParameters.find('Patient', 'subject')).to.equal(undefined)
    const composite = r4SearchParameters.find('Observation', 'code-value-quantity')!
    expect(composite.components.map(c => r4SearchParameters.byId(c.parameter)?.kind)).to.deep.equal(['token', 'quantity'])
  })

  it('knows the compartments', () => {
    expect(r4Compartments['Patient']!['Observation']).to.deep.equal(['subject', 'performer'])
    expect(r4Compartments['Patient']!['Patient']).to.include('link')
    expect(Object.keys(r4Compartments)).to.have.members(['Patient', 'Encounter', 'RelatedPerson', 'Practitioner', 'Device'])
  })

  it('enumerates value sets', () => {
    expect(isInValueSet('http://hl7.org/fhir/ValueSet/administrative-gender|4.0.1', 'female')).to.equal(true)
    expect(isInValueSet('http://hl7.org/fhir/ValueSet/administrative-gender', 'x', 'http://hl7.org/fhir/administrative-gender')).to.equal(
      false,
    )
    expect(isInValueSet('http://hl7.org/fhir/ValueSet/mimetypes', 'text/plain')).to.equal(undefined)
    expect(enumeratedCodes('http://hl7.org/fhir/ValueSet/observation-status')!.size).to.equal(1)
  })
})
