// The rating counts what ran, says what it has not seen, and floors percentages so that 99.999 % is not 100.
import { expect } from 'chai'
import { assess, type Observed } from './assess.ts'
import { loadScheme, loadSystems } from './scheme.ts'

const nothing: Observed = { tenant: 'ZJJ', channels: [], documents: [], codings: { decided: 0, missed: 0 }, delaysMs: [] }
const scheme = loadScheme('hospital-2020')
const finding = (observed: Partial<Observed>, id: string) => assess(scheme, { ...nothing, ...observed }).find(each => each.id === id)!

describe('rating self-assessment', () => {
  it('does not call anything met that was not seen', () => {
    const findings = assess(scheme, nothing)
    expect(findings.filter(each => each.met)).to.deep.equal([])
    expect(finding({}, 'freshness').value).to.equal(undefined)
    expect(finding({}, 'code-mapping').value).to.equal(undefined)
  })

  it('counts a system once, and only when a message of it was processed', () => {
    const channels: Observed['channels'] = [
      { id: 'zjj-his', systems: ['registration', 'opd-doctor'], reach: 'internal', processed: 5, failed: 0 },
      { id: 'zjj-adt', systems: ['registration'], reach: 'internal', processed: 2, failed: 0 },
      { id: 'zjj-lis', systems: ['lis'], reach: 'internal', processed: 0, failed: 3 },
      { id: 'nhsa', systems: ['nhsa'], reach: 'external', processed: 1, failed: 0 },
    ]
    expect(finding({ channels }, 'internal-systems').value).to.equal(2)
    expect(finding({ channels }, 'external-bodies').value).to.equal(1)
    expect(finding({ channels }, 'exchange-success').value).to.equal(72.72)
  })

  it('never rounds up to a target', () => {
    expect(finding({ codings: { decided: 99_999, missed: 1 } }, 'code-mapping').value).to.equal(99.99)
  })

  it('takes lower as better where the scheme says so', () => {
    expect(finding({ delaysMs: [900, 1100, 1000] }, 'freshness')).to.include({ value: 1.1, met: true })
    expect(finding({ delaysMs: [400_000] }, 'freshness').met).to.equal(false)
  })

  it('knows the systems of the requirement documents', () => {
    const systems = loadSystems()
    expect(systems.internal.length).to.be.at.least(31)
    expect(systems.external.length).to.be.at.least(5)
    expect(new Set([...systems.internal, ...systems.external].map(system => system.id)).size).to.equal(
      systems.internal.length + systems.external.length,
    )
  })
})
