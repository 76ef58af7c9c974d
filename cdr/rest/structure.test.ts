// The structure of resources: what is found, and where.
import { expect } from 'chai'
import { ExactDecimal } from '#formats/fhir/decimal.ts'
import { r4 } from '#formats/fhir/model/r4.ts'
import type { JsonObject } from '#kernel/json.ts'
import { checkStructure } from './structure.ts'

const observation = { resourceType: 'Observation', status: 'final', code: { text: 'x' } }
const found = (resource: unknown) =>
  checkStructure(resource as JsonObject).map(({ fault }) => `${fault.code.replace('fhir.element-', '')} ${fault.at}`)

describe('structure', () => {
  const sound: [string, unknown][] = [
    ['a minimal observation', observation],
    ['an exact decimal', { ...observation, valueQuantity: { value: ExactDecimal.received('5.10') } }],
    [
      'a primitive with an extension alone',
      { resourceType: 'Patient', _birthDate: { extension: [{ url: 'urn:x', valueCode: 'unknown' }] } },
    ],
    ['a list of primitives with gaps', { resourceType: 'Patient', name: [{ given: ['a', null], _given: [null, { id: 'x' }] }] }],
    ['a contained resource', { resourceType: 'Patient', contained: [{ resourceType: 'Organization', id: 'o', name: '门诊' }] }],
    [
      'items within items',
      { resourceType: 'Questionnaire', status: 'draft', item: [{ linkId: '1', type: 'group', item: [{ linkId: '2', type: 'string' }] }] },
    ],
  ]
  for (const [what, resource] of sound) it(`takes ${what}`, () => expect(found(resource)).to.deep.equal([]))

  const wrong: [string, unknown, string[]][] = [
    ['an unknown type', { resourceType: 'Nothing' }, ['type ']],
    ['no type', {}, ['type ']],
    ['an unknown element', { ...observation, colour: 'red' }, ['unknown Observation.colour']],
    ['an unknown inner element', { ...observation, code: { text: 'x', txt: 'y' } }, ['unknown Observation.code.txt']],
    ['missing elements', { resourceType: 'Observation' }, ['missing Observation.status', 'missing Observation.code']],
    ['a list where one is allowed', { ...observation, status: ['final'] }, ['single Observation.status']],
    ['one where a list is needed', { resourceType: 'Patient', name: { family: '张' } }, ['array Patient.name']],
    ['an empty list', { resourceType: 'Patient', name: [] }, ['empty Patient.name']],
    ['an empty object', { resourceType: 'Patient', name: [{}] }, ['empty Patient.name[0]']],
    ['an empty string', { resourceType: 'Patient', gender: '' }, ['empty Patient.gender']],
    ['null', { resourceType: 'Patient', gender: null, name: [null] }, ['empty Patient.gender', 'empty Patient.name[0]']],
    ['a string for a boolean', { resourceType: 'Patient', active: 'true' }, ['type Patient.active']],
    ['a string for a number', { ...observation, valueQuantity: { value: '5' } }, ['type Observation.valueQuantity.value']],
    ['a number for a string', { ...observation, valueString: 5 }, ['type Observation.valueString']],
    ['a fraction for an integer', { ...observation, valueInteger: 1.5 }, ['value Observation.valueInteger']],
    ['text for an object', { ...observation, code: 'x' }, ['type Observation.code']],
    ['no such day', { resourceType: 'Patient', birthDate: '1980-02-30' }, ['value Patient.birthDate']],
    ['a time without zone', { ...observation, effectiveDateTime: '2026-01-01T10:00:00' }, ['value Observation.effectiveDateTime']],
    ['a code with a space at its end', { ...observation, status: 'final ' }, ['value Observation.status']],
    ['an uri with a space', { ...observation, code: { coding: [{ system: 'a b' }] } }, ['value Observation.code.coding[0].system']],
    ['two types of one choice', { ...observation, valueString: 'a', valueBoolean: true }, ['choice Observation.valueBoolean']],
    [
      'an error in a contained resource',
      { resourceType: 'Patient', contained: [{ resourceType: 'Organization', nom: 'x' }] },
      ['unknown Patient.contained[0].nom'],
    ],
    ['a companion of what is no primitive', { ...observation, _code: { id: 'x' } }, ['unknown Observation._code']],
  ]
  for (const [what, resource, findings] of wrong) it(`finds ${what}`, () => expect(found(resource)).to.deep.equal(findings))

  it('stops counting', () => {
    const many = { resourceType: 'Patient', ...Object.fromEntries(Array.from({ length: 200 }, (_, i) => [`x${i}`, 1])) }
    expect(checkStructure(many)).to.have.length(50)
  })

  it('can check every type', () => {
    for (const type of r4.resourceTypes()) expect(found({ resourceType: type, nonsense: 1 }), type).to.include(`unknown ${type}.nonsense`)
  })
})
