// The gap work list and re-coding: records once, counts always, suggestions beside, closed gaps gone, searches that find what a filled gap concerns.
import { expect } from 'chai'
import { r4 } from '#formats/fhir/model/r4.ts'
import { localSystem } from '#kernel/canonical.ts'
import type { CodeGap } from '#kernel/intent.ts'
import { must } from '#kernel/result.ts'
import { gapClosed, gapCodeCharactersMax, gapKey, gapList, gapWork } from './code-gaps.ts'
import { CodedMembers } from './coded-members.ts'
import { StandardCodingPass } from './coding-pass.ts'
import { loadTerminology } from './load.ts'
import { withEdits } from './map-edits.ts'
import { affected, recoded, recoding } from './recoding.ts'

const { dictionary, maps } = must(loadTerminology())
const items = localSystem('zjj-lis-item')
const gap: CodeGap = {
  map: 'zjj-lis-item-to-loinc',
  system: items,
  code: 'CREA',
  display: '肌酐',
  source: 'ZJJ-LIS',
  element: 'Observation.code',
}
const hour = 3_600_000
const seen = { message: 'ZJJ-7', atMs: 5 * hour + 1 }

describe('code gaps', () => {
  it('are recorded when first met and counted every time', () => {
    const first = gapWork([gap], new Set(), seen)
    expect(first.records.map(record => record.key)).to.deep.equal([`${items}|CREA`])
    expect(first.counts).to.deep.equal([{ kind: 'code-gap', key: `${items}|CREA`, hour: 5, add: 1 }])
    const next = gapWork([gap], new Set([gapKey(gap)]), seen)
    expect(next.records).to.deep.equal([])
    expect(next.counts.length).to.equal(1)
  })

  it('are listed with count, last hour, example and suggestion, most frequent first', () => {
    const rare: CodeGap = { ...gap, code: 'ODD' }
    const records = gapWork([gap, rare], new Set(), seen).records.map(record => ({ key: record.key, value: record.value! }))
    const counts = [
      { key: gapKey(gap), hour: 5, sum: 3 },
      { key: gapKey(gap), hour: 9, sum: 2 },
      { key: gapKey(rare), hour: 5, sum: 1 },
    ]
    const list = gapList(records, counts, maps)
    expect(list.map(item => [item.code, item.count, item.lastSeenHourMs, item.example])).to.deep.equal([
      ['CREA', 5, 9 * hour, 'ZJJ-7'],
      ['ODD', 1, 5 * hour, 'ZJJ-7'],
    ])
    expect(list[0]!.suggestion).to.deep.equal({ system: 'http://loinc.org', code: '14682-9' })
    expect(list[1]!.suggestion).to.equal(undefined)
  })

  it('leave the list when a map decides them', () => {
    const records = gapWork([gap], new Set(), seen).records.map(record => ({ key: record.key, value: record.value! }))
    const edit = { map: gap.map, code: 'CREA', target: null, equivalence: 'unmatched' as const, by: 'u', atMs: 0 }
    expect(gapList(records, [], withEdits(maps, [edit], dictionary))).to.deep.equal([])
    expect(gapClosed(gap)).to.deep.equal({ kind: 'code-gap', key: gapKey(gap), value: undefined })
  })

  it('keep no more of a hostile code than they must', () => {
    const long = { ...gap, code: 'x'.repeat(100_000), display: 'y'.repeat(100_000) }
    const { records, counts } = gapWork([long], new Set(), seen)
    expect(records[0]!.key.length).to.equal(items.length + 1 + gapCodeCharactersMax)
    expect(records[0]!.value!.length).to.be.lessThan(1000)
    expect(counts[0]!.key).to.equal(records[0]!.key)
  })
})

describe('recoding', () => {
  const cases: [string, string | undefined, string | undefined][] = [
    ['Observation.code', 'Observation', 'code'],
    ['Observation.valueCodeableConcept', 'Observation', 'value-concept'],
    ['Observation.component.code', 'Observation', 'component-code'],
    ['Condition.code', 'Condition', 'code'],
    ['MedicationRequest.medicationCodeableConcept', 'MedicationRequest', 'code'],
    ['Specimen.type', 'Specimen', 'type'],
    ['Patient.maritalStatus', undefined, undefined],
    ['Observation.valueQuantity', undefined, undefined],
  ]
  for (const [element, type, param] of cases) {
    it(`${element} is found by ${param ?? 'replay only'}`, () => {
      const plans = affected(items, 'CREA', [element])
      expect(plans.map(plan => [plan.type, plan.where])).to.deep.equal(
        type ? [[type, { op: 'token', param, system: items, code: 'CREA' }]] : [],
      )
    })
  }

  it('joins elements of one type', () => {
    const [plan, ...others] = affected(items, 'CREA', ['Observation.code', 'Observation.component.code'])
    expect(others).to.deep.equal([])
    expect(plan!.where).to.deep.include({ op: 'or' })
  })

  it('is a job of plain data', () => {
    const job = recoding('ZJJ', { ...gap, firstSeenMs: 3 })
    expect(JSON.parse(JSON.stringify(job))).to.deep.equal(job)
    expect(job).to.deep.include({ kind: 'recode', tenant: 'ZJJ', source: 'ZJJ-LIS', sinceMs: 3 })
  })

  it('looks for the code in every type that can hold it, and goes through a type that no search reaches', () => {
    const types = recoding('ZJJ', { ...gap, firstSeenMs: 3 }).searches.map(plan => plan.type)
    expect(types).to.include.members(['Observation', 'Condition', 'ServiceRequest', 'DiagnosticReport', 'Specimen'])
    expect(types).not.to.include('Binary')
    expect(recoding('ZJJ', { ...gap, firstSeenMs: 3 }).walks).to.deep.equal([])
    expect(recoding('ZJJ', { ...gap, element: 'Observation.valueQuantity', firstSeenMs: 3 }).walks).to.deep.equal(['Observation'])
  })

  it('changes a stored resource, and says when it would not', () => {
    const pass = new StandardCodingPass(maps, new CodedMembers(r4))
    const stored = { resourceType: 'Observation', id: 'a', code: { coding: [{ system: items, code: 'HGB' }] } }
    const changed = recoded(stored, pass, 'ZJJ-LIS')!
    expect(changed).to.deep.include({ resourceType: 'Observation', id: 'a' })
    expect(JSON.stringify(changed)).to.include('718-7')
    expect(recoded(changed, pass, 'ZJJ-LIS')).to.equal(undefined)
  })
})
