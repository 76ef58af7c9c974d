// Snapshots: the elements of the base in their order, what the profile says laid over them, slices after what they slice.
import { expect } from 'chai'
import type { JsonObject } from '#kernel/json.ts'
import type { ElementDefinition } from '../definitions/definition.ts'
import { DefinitionStore, openValidator } from '../validator.ts'

const root = 'https://huilian.example/fhir/StructureDefinition'
const store = new DefinitionStore()
store.add({
  resourceType: 'StructureDefinition',
  url: `${root}/snap`,
  name: 'Snap',
  status: 'draft',
  kind: 'resource',
  abstract: false,
  type: 'Patient',
  baseDefinition: 'http://hl7.org/fhir/StructureDefinition/Patient',
  derivation: 'constraint',
  differential: {
    element: [
      {
        id: 'Patient.identifier',
        path: 'Patient.identifier',
        min: 1,
        slicing: { discriminator: [{ type: 'value', path: 'system' }], rules: 'open' },
      },
      { id: 'Patient.identifier:card', path: 'Patient.identifier', sliceName: 'card', max: '1' },
      { id: 'Patient.identifier:card.system', path: 'Patient.identifier.system', min: 1, fixedUri: 'urn:oid:1.2.3' },
      {
        id: 'Patient.name',
        path: 'Patient.name',
        constraint: [{ key: 's-1', severity: 'error', human: 'x', expression: 'family.exists()' }],
      },
    ],
  },
} as unknown as JsonObject)
const elements = openValidator({ definitions: [store] }).snapshot(`${root}/snap`)!
const byId = (id: string): ElementDefinition => elements.find(element => element.id === id)!

describe('snapshots', () => {
  it('have every element of the type once, in its order', () => {
    const ids = elements.map(element => element.id!)
    expect(new Set(ids).size).to.equal(ids.length)
    const wanted = [
      'Patient',
      'Patient.id',
      'Patient.extension',
      'Patient.identifier',
      'Patient.identifier:card',
      'Patient.name',
      'Patient.contact',
      'Patient.contact.name',
      'Patient.link.type',
    ]
    expect(ids.filter(id => wanted.includes(id))).to.deep.equal(wanted)
  })

  it('lay the differential over the base', () => {
    expect(byId('Patient.identifier')).to.include({ min: 1, max: '*' })
    expect(byId('Patient.identifier').base).to.deep.equal({ path: 'Patient.identifier', min: 0, max: '*' })
    expect(byId('Patient.name').constraint!.map(({ key }) => key)).to.include.members(['ele-1', 's-1'])
    expect(byId('Patient.gender').binding).to.include({ strength: 'required' })
    expect(byId('Patient.managingOrganization').type).to.deep.equal([
      { code: 'Reference', targetProfile: ['http://hl7.org/fhir/StructureDefinition/Organization'] },
    ])
  })

  it('put slices, and what is in them, after what they slice', () => {
    expect(byId('Patient.identifier:card')).to.include({ sliceName: 'card', min: 0, max: '1' })
    expect(byId('Patient.identifier:card')).not.to.have.property('slicing')
    expect(byId('Patient.identifier:card.system')).to.include({ min: 1, fixedUri: 'urn:oid:1.2.3' })
    expect(byId('Patient.identifier:card.value')).to.include({ min: 0, max: '1' })
  })

  it('hold the same as the differential they come from', () => {
    const again = new DefinitionStore()
    again.add({
      ...store.find('StructureDefinition', `${root}/snap`)[0],
      differential: undefined,
      snapshot: { element: elements },
    } as unknown as JsonObject)
    const asked = { profiles: [`${root}/snap`], settings: { bestPractice: 'ignore' as const } }
    const resources: JsonObject[] = [
      { resourceType: 'Patient' },
      { resourceType: 'Patient', identifier: [{ system: 'urn:oid:1.2.3' }, { system: 'urn:oid:1.2.3' }], name: [{ text: '王' }] },
    ]
    for (const resource of resources) {
      const [left, right] = [store, again].map(definitions =>
        openValidator({ definitions: [definitions] })
          .validate(resource, asked)
          .map(({ fault }) => `${fault.code} ${fault.at} ${String(fault.args?.['key'] ?? '')}`),
      )
      expect([...new Set(right)].sort()).to.deep.equal([...new Set(left)].sort())
      expect(left).to.not.be.empty
    }
  })
})
