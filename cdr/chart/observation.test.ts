// What a result says: the value as written, its flag, the range of its own report.
import { expect } from 'chai'
import { readStored } from '#formats/fhir/json/stored.ts'
import { flagOf, rangeOf } from './flags.ts'
import { itemOf, measured, valueText, whenOf } from './observation.ts'

const read = (members: string) => readStored(`{"resourceType":"Observation","status":"final",${members}}`)
const quantity = (value: string, range = '') => read(`"valueQuantity":{"value":${value},"unit":"mmol/L"}${range}`)
const range = (low: string, high: string) =>
  `,"referenceRange":[{${[low && `"low":{"value":${low}}`, high && `"high":{"value":${high}}`].filter(Boolean).join(',')}}]`
const interpreted = (code: string) => `,"interpretation":[{"coding":[{"code":"${code}"}]}]`

describe('a result as text', () => {
  for (const [members, text] of [
    ['"valueQuantity":{"value":5.10}', '5.10'],
    ['"valueQuantity":{"value":0.01,"comparator":"<"}', '<0.01'],
    ['"valueString":"阳性"', '阳性'],
    ['"valueCodeableConcept":{"coding":[{"code":"1","display":"黄色"}]}', '黄色'],
    ['"valueRange":{"low":{"value":0},"high":{"value":2}}', '0–2'],
    ['"valueRatio":{"numerator":{"value":1},"denominator":{"value":160}}', '1:160'],
    ['"valueBoolean":false', '否'],
    ['"component":[{"valueQuantity":{"value":128}},{"valueQuantity":{"value":76}}]', '128/76'],
    ['"dataAbsentReason":{"text":"标本溶血"}', '标本溶血'],
    ['"note":[]', ''],
  ] as const)
    it(`reads ${members} as "${text}"`, () => expect(valueText(read(members))).to.equal(text))
})

describe('the flag of a result', () => {
  for (const [observation, flag, why] of [
    [quantity('5.4', range('3.5', '5.3') + interpreted('HH')), 'critical-high', 'the sender says so'],
    [quantity('5.4', range('3.5', '5.3') + interpreted('N')), 'normal', 'the sender knows better than the range'],
    [quantity('5.4', range('3.5', '5.3')), 'high', 'nothing is said and the range is passed'],
    [quantity('3.4', range('3.5', '5.3')), 'low', 'nothing is said and the range is not reached'],
    [quantity('3.5', range('3.5', '5.3')), 'normal', 'bounds belong to the range'],
    [quantity('120', range('90', '')), 'normal', 'one bound alone holds'],
    [quantity('5.4'), 'none', 'there is nothing to judge by'],
    [read(`"valueString":"阳性"${interpreted('POS')}`), 'abnormal', 'a positive finding'],
    [read(`"valueString":"?"${interpreted('XX')}`), 'none', 'the code is unknown'],
  ] as const)
    it(`is ${flag} where ${why}`, () => expect(flagOf(observation)).to.equal(flag))

  it('takes the critical one of several', () => {
    const both = read('"interpretation":[{"coding":[{"code":"H"}]},{"coding":[{"code":"HH"}]}]')
    expect(flagOf(both)).to.equal('critical-high')
  })
})

describe('the range of a report', () => {
  it('is written as its bounds, or as its own text', () => {
    expect(rangeOf(quantity('1', range('3.50', '5.30')))).to.deep.equal({ low: 3.5, high: 5.3, text: '3.50–5.30' })
    expect(rangeOf(quantity('1', range('90', '')))?.text).to.equal('≥ 90')
    expect(rangeOf(quantity('1', range('', '0.55')))?.text).to.equal('≤ 0.55')
    expect(rangeOf(read('"referenceRange":[{"text":"阴性"}]'))?.text).to.equal('阴性')
    expect(rangeOf(read('"note":[]'))).to.equal(undefined)
  })
})

describe('a cell of the grid', () => {
  it('holds value, unit, time and item as the source wrote them', () => {
    const observation = read(
      `"id":"k","effectiveDateTime":"2026-11-22T18:29:00+08:00","code":{"coding":[{"system":"urn:lab","code":"K","display":"钾"},{"system":"http://loinc.org","code":"2823-3"}]},"valueQuantity":{"value":6.740,"unit":"mmol/L"}${range('3.5', '5.3')}`,
    )
    expect(measured(observation, 3)).to.include({
      id: 'k',
      version: 3,
      text: '6.740',
      value: 6.74,
      unit: 'mmol/L',
      flag: 'high',
      low: 3.5,
      high: 5.3,
    })
    expect(itemOf(observation)).to.deep.equal({ key: 'urn:lab|K', code: 'K', name: '钾' })
    expect(whenOf(observation)).to.equal('2026-11-22T18:29:00+08:00')
    expect(itemOf(read('"code":{"text":"自定义项目"}'))).to.deep.equal({ key: '自定义项目', code: '', name: '自定义项目' })
  })
})
