// Paging: every page of a search sees the logical time of the first, whatever is written meanwhile; past the horizon it is refused.
import { expect } from 'chai'
import { ManualClock } from '#kernel/clock.ts'
import type { SearchPage, Storage } from '#kernel/ports/storage.ts'
import { must } from '#kernel/result.ts'
import type { SearchPlan } from '#kernel/search-plan.ts'
import { systemPrincipal } from '#kernel/tenant.ts'
import { Bench, codeOf, type Engine } from './engine.ts'
import { type Change, commitOf, Ledger } from './ledger.ts'

const scope = { principal: systemPrincipal('test'), tenants: ['ZJJ'] }

const observation = (id: string, code: string, whenMs: number): Change => ({
  type: 'Observation',
  id,
  rows: {
    entries: [
      { kind: 'token', param: 'status', system: '', code },
      { kind: 'date', param: 'date', from: whenMs, to: whenMs + 1 },
    ],
    patients: ['p'],
    codes: [],
    whenMs,
  },
})

const plans: readonly Omit<SearchPlan, 'at'>[] = (
  [
    [{ op: 'token', param: 'status', system: '', code: 'old' }, []],
    [{ op: 'patient', ids: ['p'] }, []],
    [{ op: 'patient', ids: ['p'] }, [{ param: 'date', kind: 'when', descending: true }]],
    [{ op: 'patient', ids: ['p'] }, [{ param: '_id', kind: 'id', descending: false }]],
    [{ op: 'and', of: [] }, [{ param: 'date', kind: 'date', descending: false }]],
    [{ op: 'and', of: [] }, [{ param: '_lastUpdated', kind: 'lastUpdated', descending: true }]],
    [{ op: 'not', of: { op: 'token', param: 'status', system: '', code: 'new' } }, []],
  ] as const
).map(([where, sort]) => ({ type: 'Observation', where, sort, count: 3, total: 'accurate' }))

export function pagingContract(engine: Engine): void {
  describe('paging', () => {
    const clock = new ManualClock(1_700_000_000_000)
    const bench = new Bench(engine, clock)

    async function write(storage: Storage, ledger: Ledger, changes: readonly Change[]): Promise<void> {
      const puts = ledger.puts(changes)
      ledger.note(puts, changes, must(await storage.commit(commitOf('ZJJ', puts))).t)
    }

    for (const [i, plan] of plans.entries()) {
      it(`sees one logical time while others write (${JSON.stringify([plan.where, plan.sort])})`, async () => {
        const storage = await bench.open()
        const ledger = new Ledger()
        const before = Array.from({ length: 10 }, (_, n) => observation(`r${n}`, 'old', n * 1000))
        await write(storage, ledger, before)
        const seen: string[] = []
        let page: SearchPage | undefined
        for (let step = 0; !page || page.next !== undefined; step++) {
          page = must(await storage.reader(scope).search({ ...plan, at: {}, ...(page?.next === undefined ? {} : { after: page.next }) }))
          seen.push(...page.entries.map(entry => entry.id))
          expect(page.total).to.equal(10)
          expect(page.at).to.deep.equal({ ZJJ: 1 })
          await write(storage, ledger, [
            observation(`r${9 - step}`, 'new', 50_000 + step),
            { type: 'Observation', id: `r${step}`, remove: true },
            observation(`r${100 + i + step}`, 'old', step),
          ])
        }
        expect(seen.length).to.equal(10)
        expect(seen.sort()).to.deep.equal(before.map(change => change.id).sort())
      })
    }

    it('finds no page past the horizon once what it needs was swept', async () => {
      const storage = await bench.open(['ZJJ'], { searchHorizonMs: 0 })
      const ledger = new Ledger()
      await write(storage, ledger, [observation('a', 'old', 0)])
      const plan: SearchPlan = {
        type: 'Observation',
        where: { op: 'token', param: 'status', system: '', code: 'old' },
        sort: [],
        count: 3,
        total: 'none',
        at: { ZJJ: 1 },
      }
      await write(storage, ledger, [observation('a', 'new', 0)])
      const reader = storage.reader(scope)
      let code = 'ok'
      for (let turns = 0; turns < 400 && code === 'ok'; turns++) {
        clock.advance(1000)
        must(await storage.commit({ tenant: 'ZJJ', cause: { by: 'test' } }))
        const page = await reader.search(plan)
        if (page.ok) expect(page.value.entries.map(entry => entry.id)).to.deep.equal(['a'])
        code = codeOf(page)
        await new Promise(resolve => setTimeout(resolve, 5))
      }
      expect(code).to.equal('store.horizon')
      expect(must(await reader.vread('Observation', 'a', 1))?.t).to.equal(1)
      expect(must(await reader.search({ ...plan, at: {} })).entries).to.deep.equal([])
    })
  })
}
