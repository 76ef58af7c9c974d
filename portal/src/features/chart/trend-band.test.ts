// The reference band: each report's own range, halfway to its neighbours; bounds that show the curve.
import { expect } from 'chai'
import { bandOf, boundsOf } from './trend-band.ts'

const at = (ms: number, low?: number, high?: number) => ({ ms, low, high })

describe('the reference band of a trend', () => {
  it('is one where the range never changes', () => {
    expect(bandOf([at(0, 1, 2), at(10, 1, 2), at(20, 1, 2)])).to.deep.equal([{ fromMs: -Infinity, toMs: Infinity, low: 1, high: 2 }])
  })

  it('changes halfway between two reports, and is missing where none was stated', () => {
    expect(bandOf([at(0, 1, 2), at(10, 1, 3), at(20), at(40, undefined, 5)])).to.deep.equal([
      { fromMs: -Infinity, toMs: 5, low: 1, high: 2 },
      { fromMs: 5, toMs: 15, low: 1, high: 3 },
      { fromMs: 30, toMs: Infinity, low: undefined, high: 5 },
    ])
    expect(bandOf([])).to.deep.equal([])
  })

  it('holds all values and the bounds near them; a far bound does not flatten the curve', () => {
    const near = boundsOf([3, 4], [at(0, 2, 5)])
    expect(near.min).to.be.lessThan(2)
    expect(near.max).to.be.greaterThan(5)
    const far = boundsOf([3, 4], [at(0, 1, 5000)])
    expect(far.max).to.be.lessThan(6)
    expect(boundsOf([0.2], [])).to.satisfy(({ min, max }: { min: number; max: number }) => min >= 0 && max > 0.2)
    expect(boundsOf([-17.2, -3], []).min).to.be.lessThan(-17.2)
  })
})
