// Dates as intervals: precision, zone, periods, and what is no date.
import { expect } from 'chai'
import fc from 'fast-check'
import { dateInterval, periodInterval, timingInterval } from './date-interval.ts'

const at = (text: string) => Date.parse(text)

describe('date interval', () => {
  const cases: [string, string, string][] = [
    ['2024', '2024-01-01T00:00:00+08:00', '2025-01-01T00:00:00+08:00'],
    ['2024-02', '2024-02-01T00:00:00+08:00', '2024-03-01T00:00:00+08:00'],
    ['2024-02-29', '2024-02-29T00:00:00+08:00', '2024-03-01T00:00:00+08:00'],
    ['0099', '0099-01-01T00:00:00+08:00', '0100-01-01T00:00:00+08:00'],
    ['2024-02-29T10:20Z', '2024-02-29T10:20:00Z', '2024-02-29T10:21:00Z'],
    ['2024-02-29T10:20', '2024-02-29T10:20:00+08:00', '2024-02-29T10:21:00+08:00'],
    ['2024-02-29T10:20:30-05:30', '2024-02-29T10:20:30-05:30', '2024-02-29T10:20:31-05:30'],
    ['2024-02-29T10:20:30.1Z', '2024-02-29T10:20:30.100Z', '2024-02-29T10:20:30.200Z'],
    ['2024-02-29T10:20:30.123456Z', '2024-02-29T10:20:30.123Z', '2024-02-29T10:20:30.124Z'],
  ]
  for (const [text, from, to] of cases) {
    it(`reads ${text}`, () => expect(dateInterval(text)).to.deep.equal({ from: at(from), to: at(to) }))
  }

  for (const text of [
    '',
    '24',
    '2024-13',
    '2024-00',
    '2023-02-29',
    '2024-04-31',
    '2024-1-1',
    '2024-01-01T25:00:00Z',
    '2024-01-01T10:00:00+15:00',
    '2024-01-01 10:00',
  ]) {
    it(`refuses ${JSON.stringify(text)}`, () => expect(dateInterval(text)).to.equal(undefined))
  }

  it('gives every instant an interval that holds it', () => {
    fc.assert(
      fc.property(fc.date({ min: new Date(0), max: new Date(4e12), noInvalidDate: true }), date => {
        const interval = dateInterval(date.toISOString())!
        return interval.from === date.getTime() && interval.to === date.getTime() + 1
      }),
    )
  })

  it('leaves the open end of a period open', () => {
    expect(periodInterval({ start: '2024-01-01' })).to.deep.equal({ from: at('2024-01-01T00:00:00+08:00'), to: Number.POSITIVE_INFINITY })
    expect(periodInterval({ end: '2024-01-01' })).to.deep.equal({ from: Number.NEGATIVE_INFINITY, to: at('2024-01-02T00:00:00+08:00') })
    expect(periodInterval({})).to.equal(undefined)
    expect(periodInterval({ start: 'yesterday' })).to.equal(undefined)
  })

  it('takes the outer bounds of a timing', () => {
    const timing = { event: ['2024-03-01', '2024-01-01'], repeat: { boundsPeriod: { start: '2024-02-01', end: '2024-02-02' } } }
    expect(timingInterval(timing)).to.deep.equal({ from: at('2024-01-01T00:00:00+08:00'), to: at('2024-03-02T00:00:00+08:00') })
    expect(timingInterval({ repeat: { frequency: 3 } })).to.equal(undefined)
  })
})
