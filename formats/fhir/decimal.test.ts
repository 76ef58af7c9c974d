// Exact decimals: text kept, arithmetic against rationals of BigInt, functions against known digits, hostile exponents.
import { expect } from 'chai'
import fc from 'fast-check'
import {
  addDecimals,
  compareDecimals,
  divDecimals,
  divideDecimals,
  ExactDecimal,
  fractionDigits,
  modDecimals,
  multiplyDecimals,
  type Rounding,
  roundDecimal,
  subtractDecimals,
} from './decimal.ts'
import { expDecimal, lnDecimal, logDecimal, powerDecimal, sqrtDecimal } from './decimal-functions.ts'

const d = (text: string) => ExactDecimal.parse(text)!
const decimal = fc.tuple(fc.bigInt(-(10n ** 30n), 10n ** 30n), fc.integer({ min: 0, max: 20 })).map(([c, s]) => ExactDecimal.of(c, s))

/** Cross-multiplied comparison of a/10^s with the rational n/m. */
function isRational(value: ExactDecimal, n: bigint, m: bigint): boolean {
  return value.coefficient * m === n * 10n ** BigInt(value.scale)
}
const ten = (n: number) => 10n ** BigInt(n)

describe('exact decimals', () => {
  it('print as received', () => {
    for (const text of ['5.10', '1.0E+3', '-0', '-0.00', '0.123456789012345678901234567890', '1e-7', '1E400']) {
      expect(JSON.stringify({ value: d(text) })).to.equal(`{"value":${text}}`)
    }
    for (const text of ['', '+1', '01', '1.', '.5', '1e', 'NaN', '0x1', ' 1', '1_0']) expect(ExactDecimal.parse(text)).to.equal(undefined)
  })

  it('print results plainly', () => {
    expect(d('1.0E+3').toPlainString()).to.equal('1000')
    expect(d('-12E-4').toPlainString()).to.equal('-0.0012')
    expect(String(ExactDecimal.of(-5n, 3))).to.equal('-0.005')
    expect(String(ExactDecimal.of(500n, 2))).to.equal('5.00')
  })

  it('add, subtract and multiply as rationals do', () => {
    fc.assert(
      fc.property(decimal, decimal, (a, b) => {
        const m = ten(a.scale) * ten(b.scale)
        const [x, y] = [a.coefficient * ten(b.scale), b.coefficient * ten(a.scale)]
        expect(isRational(addDecimals(a, b)!, x + y, m)).to.equal(true)
        expect(isRational(subtractDecimals(a, b)!, x - y, m)).to.equal(true)
        expect(isRational(multiplyDecimals(a, b)!, a.coefficient * b.coefficient, m)).to.equal(true)
        expect(compareDecimals(a, b)).to.equal(x < y ? -1 : x > y ? 1 : 0)
      }),
    )
  })

  it('divide exactly where the quotient ends, else to 28 digits', () => {
    expect(String(divideDecimals(d('1.2'), d('1.8')))).to.equal('0.6666666666666666666666666667')
    expect(String(divideDecimals(d('4.0'), d('2.0')))).to.equal('2')
    expect(String(divideDecimals(d('1'), d('8')))).to.equal('0.125')
    expect(String(divideDecimals(d('1E+30'), d('3')))).to.equal('333333333333333333333333333300')
    expect(divideDecimals(d('1'), d('0'))).to.equal(undefined)
    fc.assert(
      fc.property(decimal, decimal, (a, b) => {
        fc.pre(b.coefficient !== 0n)
        const product = multiplyDecimals(a, b)!
        expect(compareDecimals(divideDecimals(product, b)!, significantOf(a))).to.equal(0)
      }),
    )
  })

  it('split into quotient and remainder', () => {
    fc.assert(
      fc.property(decimal, decimal, (a, b) => {
        fc.pre(b.coefficient !== 0n)
        const whole = divDecimals(a, b)!
        const rest = modDecimals(a, b)!
        expect(compareDecimals(addDecimals(multiplyDecimals(whole, b)!, rest)!, a)).to.equal(0)
        expect(rest.coefficient === 0n || rest.coefficient < 0n === a.coefficient < 0n).to.equal(true)
      }),
    )
    expect(String(modDecimals(d('5.5'), d('0.7')))).to.equal('0.6')
  })

  const roundings: [string, number, Rounding, string][] = [
    ['2.5', 0, 'nearest', '3'],
    ['-2.5', 0, 'nearest', '-3'],
    ['3.14159', 3, 'nearest', '3.142'],
    ['1.1', 0, 'ceiling', '2'],
    ['-1.1', 0, 'ceiling', '-1'],
    ['-2.1', 0, 'floor', '-3'],
    ['-1.56', 0, 'truncate', '-1'],
    ['1.5', 3, 'nearest', '1.500'],
    ['1E-900', 2, 'ceiling', '0.01'],
    ['-1E-99999', 2, 'floor', '-0.01'],
    ['1E-99999', 2, 'nearest', '0.00'],
  ]
  for (const [value, digits, rounding, expected] of roundings) {
    it(`rounds ${value} to ${digits} by ${rounding}`, () => expect(String(roundDecimal(d(value), digits, rounding))).to.equal(expected))
  }

  it('count the fraction digits that matter', () => {
    expect([d('1.500'), d('0.00'), d('12'), d('1E+3'), d('1.5E-3')].map(fractionDigits)).to.deep.equal([1, 0, 0, 0, 4])
  })

  const functions: [string, ExactDecimal | undefined, string][] = [
    ['sqrt 2', sqrtDecimal(d('2')), '1.414213562373095048801688724'],
    ['sqrt 81', sqrtDecimal(d('81')), '9'],
    ['sqrt 0.0001', sqrtDecimal(d('0.0001')), '0.01'],
    ['exp 1', expDecimal(d('1')), '2.718281828459045235360287471'],
    ['exp -0.0', expDecimal(d('-0.0')), '1'],
    ['exp 20.5', expDecimal(d('20.5')), '799902177.4755054067045988373'],
    ['ln 10', lnDecimal(d('10')), '2.302585092994045684017991455'],
    ['ln 1', lnDecimal(d('1.0')), '0'],
    ['ln 1E-20', lnDecimal(d('1E-20')), '-46.05170185988091368035982909'],
    ['log 16 of 2', logDecimal(d('16'), d('2')), '4'],
    ['log 0.001 of 10', logDecimal(d('0.001'), d('10')), '-3'],
    ['2.5 to the 2', powerDecimal(d('2.5'), d('2')), '6.25'],
    ['2 to the -1', powerDecimal(d('2'), d('-1')), '0.5'],
    ['4 to the 0.5', powerDecimal(d('4'), d('0.5')), '2'],
    ['0 to the 0', powerDecimal(d('0'), d('0')), '1'],
    ['-1 to the 7', powerDecimal(d('-1'), d('7')), '-1'],
    ['-1 to the 0.5', powerDecimal(d('-1'), d('0.5')), 'undefined'],
    ['0 to the -1', powerDecimal(d('0'), d('-1')), 'undefined'],
    ['sqrt -1', sqrtDecimal(d('-1')), 'undefined'],
    ['ln 0', lnDecimal(d('0')), 'undefined'],
  ]
  for (const [name, result, expected] of functions) it(`${name} = ${expected}`, () => expect(String(result)).to.equal(expected))

  it('answer a hostile exponent with overflow or order, never with a billion digits', () => {
    const huge = d('1E+999999999')
    const tiny = d('1E-999999999')
    expect(addDecimals(huge, d('1'))).to.equal(undefined)
    expect(multiplyDecimals(huge, huge)).to.equal(undefined)
    expect(divideDecimals(huge, tiny)).to.equal(undefined)
    expect(powerDecimal(d('10'), d('999999'))).to.equal(undefined)
    expect(expDecimal(d('99999'))).to.equal(undefined)
    expect([compareDecimals(huge, d('5')), compareDecimals(tiny, d('5')), compareDecimals(d('-1E+999999999'), tiny)]).to.deep.equal([
      1, -1, -1,
    ])
    expect(compareDecimals(tiny, d('0'))).to.equal(1)
  })
})

function significantOf(value: ExactDecimal): ExactDecimal {
  return divideDecimals(value, d('1'))!
}
