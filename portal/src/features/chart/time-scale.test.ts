// Time on a line: ticks that fall into sight and in order at every width, zoom that keeps what lies under the pointer.
import { expect } from 'chai'
import fc from 'fast-check'
import { placeOf, presets, stretchOf, ticksOf, whole, zoomed } from './time-scale.ts'

const dayMs = 86_400_000
const now = Date.parse('2026-11-23T12:00:00+08:00')

describe('the time scale', () => {
  it('has ticks in sight, in order, and not too many, from a day to a century', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 36_500 }), fc.integer({ min: 300, max: 2_500 }), (days, width) => {
        const stretch = { fromMs: now - days * dayMs, toMs: now }
        const ticks = ticksOf(stretch, width)
        const places = ticks.map(({ ms }) => placeOf(ms, stretch, width))
        expect(places.every(place => place >= 0 && place <= width)).to.equal(true)
        expect([...places].sort((a, b) => a - b)).to.deep.equal(places)
        expect(ticks.length).to.be.at.most(width / 40 + 2)
      }),
    )
  })

  it('names days, months and years as the stretch grows', () => {
    const labels = (days: number) => ticksOf({ fromMs: now - days * dayMs, toMs: now }, 1_000).map(({ label }) => label)
    expect(labels(7)).to.include('11-20')
    expect(labels(300)).to.include('2026-07')
    expect(labels(3_600)).to.include('2024')
  })

  it('shows everything with air at the ends', () => {
    const { fromMs, toMs } = whole(now - 100 * dayMs, now)
    expect(fromMs).to.be.lessThan(now - 100 * dayMs)
    expect(toMs).to.be.greaterThan(now)
    for (const preset of presets) expect(stretchOf(preset, now - 9_000 * dayMs, now).toMs).to.be.greaterThan(now)
  })

  it('zooms around a moment that stays where it is, within a life', () => {
    const stretch = { fromMs: now - 100 * dayMs, toMs: now }
    const around = now - 30 * dayMs
    const nearer = zoomed(stretch, around, 0.5)
    expect(placeOf(around, nearer, 1_000)).to.be.closeTo(placeOf(around, stretch, 1_000), 1e-6)
    expect(nearer.toMs - nearer.fromMs).to.be.closeTo(50 * dayMs, 1)
    const far = zoomed(stretch, around, 1e9)
    expect((far.toMs - far.fromMs) / dayMs).to.be.at.most(151 * 366)
    expect(zoomed(stretch, around, 1e-9)).to.satisfy(({ fromMs, toMs }: { fromMs: number; toMs: number }) => toMs - fromMs >= dayMs / 5)
  })
})
