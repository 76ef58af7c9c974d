// The law of searches: over every made-up history, at every time, each search finds what the plain evaluation finds, once, in the order asked for.
import { expect } from 'chai'
import fc from 'fast-check'
import { ManualClock } from '#kernel/clock.ts'
import type { SearchPage, Storage } from '#kernel/ports/storage.ts'
import { must } from '#kernel/result.ts'
import type { SearchPlan } from '#kernel/search-plan.ts'
import { systemPrincipal } from '#kernel/tenant.ts'
import { Bench, type Engine } from './engine.ts'
import { inOrder, matches } from './evaluate.ts'
import { histories, plans } from './generate.ts'
import { type Change, commitOf, Ledger } from './ledger.ts'

const committedAtMs = 1_700_000_015_000
const searchesPerHistory = 20

export function searchLawContract(engine: Engine): void {
  describe('every search', () => {
    const bench = new Bench(engine, new ManualClock(committedAtMs))

    it('finds what the plain evaluation finds', async () => {
      const storage = await bench.open([])
      let tenants = 0
      const law = fc.asyncProperty(
        histories,
        fc.array(plans, { minLength: searchesPerHistory, maxLength: searchesPerHistory }),
        async (history, searches) => {
          const tenant = `T${++tenants}`
          must(await storage.openTenant(tenant))
          const { ledger, times } = await write(storage, tenant, history)
          expect(must(await storage.checkIntegrity(tenant, ledger.rowsOf))).to.deep.equal([])
          for (const [i, plan] of searches.entries()) {
            const t = times[i % times.length]!
            await compare(storage, tenant, { ...plan, at: { [tenant]: t } }, ledger, t)
          }
        },
      )
      await fc.assert(law, { numRuns: 25, seed: 20261123 })
    }).timeout(60_000)
  })
}

async function write(storage: Storage, tenant: string, history: readonly Change[][]): Promise<{ ledger: Ledger; times: number[] }> {
  const ledger = new Ledger()
  const times: number[] = []
  for (const changes of history) {
    const real = withoutIdleRemovals(changes, ledger)
    const puts = ledger.puts(real)
    const { t } = must(await storage.commit(commitOf(tenant, puts)))
    ledger.note(puts, real, t, committedAtMs)
    times.push(t)
  }
  return { ledger, times }
}

/** Only what is there can be removed. */
function withoutIdleRemovals(changes: readonly Change[], ledger: Ledger): Change[] {
  const there = new Map<string, boolean>()
  return changes.filter(({ type, id, remove = false }) => {
    const isThere = there.get(`${type}/${id}`) ?? ledger.current(type, id)?.rows !== undefined
    if (remove && !isThere) return false
    there.set(`${type}/${id}`, !remove)
    return true
  })
}

/** Follows the pages to the end. */
async function compare(storage: Storage, tenant: string, plan: SearchPlan, ledger: Ledger, t: number): Promise<void> {
  const reader = storage.reader({ principal: systemPrincipal('test'), tenants: [tenant] })
  const expected = ledger.at(plan.type, t).filter(kept => matches(plan.where, kept))
  const found: string[] = []
  let page: SearchPage
  let after: string | undefined
  do {
    page = must(await reader.search({ ...plan, ...(after === undefined ? {} : { after }) }))
    found.push(...page.entries.map(entry => entry.id))
    if (plan.total === 'accurate') expect(page.total, print(plan)).to.equal(expected.length)
    expect(page.entries.length).to.be.at.most(plan.count)
    after = page.next
  } while (after !== undefined && found.length <= expected.length)
  expect([...found].sort(), print(plan)).to.deep.equal(expected.map(kept => kept.id).sort())
  const byId = new Map(expected.map(kept => [kept.id, kept]))
  for (let i = 1; i < found.length; i++) {
    const [a, b] = [byId.get(found[i - 1]!)!, byId.get(found[i]!)!]
    expect(inOrder(plan.sort, a, b), `${print(plan)}: ${a.id} before ${b.id}`).to.equal(true)
  }
}

function print(plan: SearchPlan): string {
  return JSON.stringify(plan, (_key, value: unknown) => (typeof value === 'number' && !Number.isFinite(value) ? String(value) : value))
}
