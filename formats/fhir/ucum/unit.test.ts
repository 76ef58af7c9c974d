// UCUM units: codes read, factors and dimensions, conversions exact, what is no unit refused.
import { expect } from 'chai'
import fc from 'fast-check'
import { compareDecimals, ExactDecimal } from '../decimal.ts'
import { areCommensurable, canonical, combineUnits, convert, parseUnit } from './unit.ts'
import { atoms } from './units.ts'

const d = (text: string) => ExactDecimal.parse(text)!
const converted = (value: string, from: string, to: string) => String(convert(d(value), from, to))

describe('UCUM', () => {
  it('defines every atom down to base units', () => {
    const undefinedAtoms = [...atoms.keys()].filter(code => parseUnit(code) === undefined)
    expect(undefinedAtoms).to.deep.equal([])
    expect(atoms.size).to.be.greaterThan(300)
  })

  const conversions: [string, string, string, string][] = [
    ['1', '[in_i]', 'cm', '2.54'],
    ['185', '[lb_av]', 'kg', '83.91458845'],
    ['5.10', 'g', 'mg', '5100'],
    ['1', 'mmol/L', 'umol/mL', '1'],
    ['120', 'mm[Hg]', 'kPa', '15.99864'],
    ['1', 'kcal', 'kJ', '4.184'],
    ['98', '%', '1', '0.98'],
    ['4.5', '10*9/L', '10*3/uL', '4.5'],
    ['1', 'a', 'd', '365.25'],
    ['2', 'h', 'min', '120'],
    ['1', 'L/min/{1.73_m2}', 'mL/s', '16.66666666666666666666666667'],
    ['3', 'ug/(kg.h)', 'ng/kg/h', '3000'],
    ['1', '[gal_us]', 'L', '3.785411784'],
    ['1', 'N', 'kg.m.s-2', '1'],
    ['1000', '[iU]/L', '[IU]/mL', '1'],
    ['180', 'deg', '[pi].rad', '1'],
    ['1', 'cm', 's', 'undefined'],
    ['37', 'Cel', 'K', 'undefined'],
    ['1', '[iU]', 'mg', 'undefined'],
  ]
  for (const [value, from, to, expected] of conversions) {
    it(`${value} ${from} = ${expected} ${to}`, () => expect(converted(value, from, to)).to.equal(expected))
  }

  const units = [
    '1',
    '{score}',
    '10*-6',
    'm2{body}',
    '((m))',
    '/min',
    'm+2',
    'cm[H2O].s/L',
    '%[slope]',
    'mCel',
    'k[iU]',
    '10^3/L',
    "[arb'U]",
  ]
  const notUnits = [
    '',
    ' ',
    'kg m',
    '..',
    'm--2',
    '(m',
    'm)',
    '2m',
    'm/',
    'xx',
    'Mmin',
    'k%',
    '_',
    'é',
    '毫克',
    'm{a',
    'm2.Cel',
    'm99',
    'm'.repeat(300),
  ]
  it('tells units from what is none', () => {
    expect(units.filter(code => parseUnit(code) === undefined)).to.deep.equal([])
    expect(notUnits.filter(code => parseUnit(code) !== undefined)).to.deep.equal([])
    expect(parseUnit(`${'('.repeat(40)}m${')'.repeat(40)}`)).to.equal(undefined)
  })

  it('has one canonical form for one dimension', () => {
    expect(canonical(d('5.6'), 'mmol/L')!.unit).to.equal('m-3')
    expect(canonical(d('90'), 'mg/dL')).to.deep.include({ unit: 'g.m-3' })
    expect(String(canonical(d('90'), 'mg/dL')!.value)).to.equal('900')
    expect(canonical(d('37'), 'Cel')).to.equal(undefined)
  })

  it('draws products and quotients together', () => {
    const combined: [string, string, 1 | -1, string][] = [
      ['cm', 'cm', 1, 'cm2'],
      ['m/s', 's', 1, 'm'],
      ['g', 'm', -1, 'g/m'],
      ['1', 's', -1, '/s'],
      ['m', 'm', -1, '1'],
    ]
    for (const [left, right, sign, expected] of combined) expect(combineUnits(left, right, sign)).to.equal(expected)
  })

  it('converts there and back without loss', () => {
    const codes = ['kg', 'g', 'mg', '[lb_av]', '[oz_av]', 't', '[gr]']
    fc.assert(
      fc.property(fc.constantFrom(...codes), fc.constantFrom(...codes), fc.integer({ min: 1, max: 1e6 }), (from, to, value) => {
        expect(areCommensurable(parseUnit(from)!, parseUnit(to)!)).to.equal(true)
        const there = convert(ExactDecimal.fromNumber(value), from, to)!
        const back = convert(there, to, from)!
        const difference = Math.abs(back.toNumber() - value)
        expect(difference < 1e-15 * value || compareDecimals(back, ExactDecimal.fromNumber(value)) === 0).to.equal(true)
      }),
    )
  })
})
