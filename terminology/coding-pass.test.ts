// The coding pass: what it adds, what it leaves alone, what it reports; nothing it is given is changed.
import { expect } from 'chai'
import { r4 } from '#formats/fhir/model/r4.ts'
import { localSystem } from '#kernel/canonical.ts'
import type { ResourceIntent } from '#kernel/intent.ts'
import type { JsonObject } from '#kernel/json.ts'
import { must } from '#kernel/result.ts'
import { CodedMembers } from './coded-members.ts'
import { StandardCodingPass } from './coding-pass.ts'
import { loadTerminology } from './load.ts'
import { withEdits } from './map-edits.ts'

const { dictionary, maps } = must(loadTerminology())
const members = new CodedMembers(r4)
const pass = new StandardCodingPass(maps, members)
const items = localSystem('zjj-lis-item')

const intent = (type: string, content: JsonObject): ResourceIntent => ({ type, key: 'k', id: 'i', content, clears: [], standing: 'speak' })
const one = (type: string, content: JsonObject) => pass.code([intent(type, content)], 'ZJJ-LIS')
const codes = (value: unknown) =>
  (value as { coding: { system: string; code: string }[] }).coding.map(coding => `${coding.system}|${coding.code}`)

describe('CodedMembers', () => {
  it('visits codes and quantities only', () => {
    const visited = (type: string) => members.of(type).map(m => m.member)
    expect(visited('Patient')).to.deep.equal(['maritalStatus', 'contact', 'communication'])
    expect(visited('Observation')).to.include.members(['code', 'valueQuantity', 'valueCodeableConcept', 'component', 'referenceRange'])
    expect(visited('Observation')).to.not.include.members(['subject', 'identifier', 'status', 'note'])
    expect(visited('Nonsense')).to.deep.equal([])
  })

  it('goes into types that contain themselves', () => {
    expect(members.of('Questionnaire.item').map(m => `${m.member}:${m.kind}`)).to.include('item:inside')
  })
})

describe('StandardCodingPass', () => {
  it('adds the standard coding after the local one and changes nothing in place', () => {
    const content = { code: { coding: [{ system: items, code: 'HGB', display: '血红蛋白' }], text: '血红蛋白' } }
    const before = JSON.stringify(content)
    const { intents, gaps } = one('Observation', content)
    expect(codes(intents[0]!.content['code'])).to.deep.equal([`${items}|HGB`, 'http://loinc.org|718-7'])
    expect((intents[0]!.content['code'] as JsonObject)['text']).to.equal('血红蛋白')
    expect(gaps).to.deep.equal([])
    expect(JSON.stringify(content)).to.equal(before)
  })

  it('hands on as it came what gains nothing', () => {
    const observation = intent('Observation', { code: { coding: [{ system: 'http://loinc.org', code: '718-7' }] } })
    expect(pass.code([observation], 's').intents[0]).to.equal(observation)
  })

  it('leaves the word of a sender that codes in the target system itself', () => {
    const { intents } = one('Observation', {
      code: {
        coding: [
          { system: items, code: 'HGB' },
          { system: 'http://loinc.org', code: '20509-6' },
        ],
      },
    })
    expect(codes(intents[0]!.content['code'])).to.deep.equal([`${items}|HGB`, 'http://loinc.org|20509-6'])
  })

  it('adds nothing twice', () => {
    const first = one('Observation', { code: { coding: [{ system: items, code: 'HGB' }] }, valueQuantity: { value: 1, unit: 'g/L' } })
    const again = pass.code(first.intents, 'ZJJ-LIS')
    expect(again.intents[0]).to.equal(first.intents[0])
  })

  it('reads printed units everywhere a quantity may stand', () => {
    const range = [{ low: { value: 3.5, unit: '×10^9/L' }, high: { value: 9.5, unit: '×10^9/L' } }]
    const { intents } = one('Observation', { valueQuantity: { value: 4, unit: '×10^9/L' }, referenceRange: range })
    const content = intents[0]!.content as { valueQuantity: JsonObject; referenceRange: { low: JsonObject; high: JsonObject }[] }
    for (const quantity of [content.valueQuantity, content.referenceRange[0]!.low, content.referenceRange[0]!.high]) {
      expect(quantity).to.include({ unit: '×10^9/L', system: 'http://unitsofmeasure.org', code: '10*9/L' })
    }
  })

  it('leaves a quantity that has its code', () => {
    const content = { valueQuantity: { value: 4, unit: 'g/L', system: 'http://unitsofmeasure.org', code: 'g/dL' } }
    expect(one('Observation', content).intents[0]!.content).to.equal(content)
  })

  it('goes into components', () => {
    const { intents } = one('Observation', { component: [{ code: { coding: [{ system: localSystem('ems-vital'), code: 'SBP' }] } }] })
    const [component] = intents[0]!.content['component'] as JsonObject[]
    expect(codes(component!['code'])).to.include('http://loinc.org|8480-6')
  })

  it('reports what no map decides, once per message, with the element', () => {
    const unknown = { coding: [{ system: items, code: 'NEW-1', display: '新项目' }] }
    const result = pass.code([intent('Observation', { code: unknown }), intent('ServiceRequest', { code: unknown })], 'ZJJ-LIS')
    const gap = {
      map: 'zjj-lis-item-to-loinc',
      system: items,
      code: 'NEW-1',
      display: '新项目',
      source: 'ZJJ-LIS',
      element: 'Observation.code',
    }
    expect(result.gaps).to.deep.equal([gap])
    expect(one('Observation', { valueQuantity: { value: 1, unit: '斤' } }).gaps).to.deep.equal([
      { map: 'unit-to-ucum', system: localSystem('printed-unit'), code: '斤', source: 'ZJJ-LIS', element: 'Observation.valueQuantity' },
    ])
  })

  it('reports no gap for a code decided to have no target, nor for a silent map', () => {
    expect(one('Encounter', { serviceType: { coding: [{ system: localSystem('zjj-department'), code: 'ZA03' }] } }).gaps).to.deep.equal([])
    expect(one('Condition', { code: { coding: [{ system: 'urn:oid:2.16.156.10011.2.3.3.11', code: 'Q99.999' }] } }).gaps).to.deep.equal([])
  })

  it('stays calm with misshapen content', () => {
    const odd: JsonObject[] = [
      { code: null },
      { code: 'text' },
      { code: { coding: 'text' } },
      { code: { coding: [null as never, 'x', { system: 1, code: items }, { system: items }, { system: items, code: 5 }] } },
      { valueQuantity: { unit: 7 } },
      { category: [[{ coding: [] }]] as never },
      { referenceRange: { low: 'x' } },
    ]
    for (const content of odd) expect(one('Observation', content).intents[0]!.content, JSON.stringify(content)).to.equal(content)
    expect(one('Nonsense', { code: { coding: [{ system: items, code: 'HGB' }] } }).gaps).to.deep.equal([])
  })

  it('codes anew under a new snapshot', () => {
    const edit = {
      map: 'zjj-lis-item-to-loinc',
      code: 'CREA',
      target: { system: 'http://loinc.org', code: '14682-9' },
      equivalence: 'equivalent' as const,
      by: 'u',
      atMs: 0,
    }
    const later = new StandardCodingPass(withEdits(maps, [edit], dictionary), members)
    expect(later.hash).to.not.equal(pass.hash)
    const { intents } = later.code([intent('Observation', { code: { coding: [{ system: items, code: 'CREA' }] } })], 's')
    expect(codes(intents[0]!.content['code'])).to.include('http://loinc.org|14682-9')
  })
})
