// Tenants: partitions of their own; a scope sees its tenants and no others, several at once when it may.
import { expect } from 'chai'
import { ManualClock } from '#kernel/clock.ts'
import type { SearchPage, Storage } from '#kernel/ports/storage.ts'
import { must } from '#kernel/result.ts'
import type { SearchPlan, SortKey } from '#kernel/search-plan.ts'
import { systemPrincipal } from '#kernel/tenant.ts'
import { Bench, codeOf, type Engine } from './engine.ts'
import { commitOf, Ledger } from './ledger.ts'

const principal = systemPrincipal('test')
const both = { principal, tenants: ['ZJJ', 'QPJW'] }

const sorts: readonly SortKey[][] = [
  [],
  [{ param: 'date', kind: 'date', descending: true }],
  [{ param: 'name', kind: 'string', descending: false }],
  [{ param: '_lastUpdated', kind: 'lastUpdated', descending: false }],
]

/** Ten Patients each; dates interleave, names hold characters beyond the basic plane, one of each lacks both. */
async function fill(storage: Storage): Promise<void> {
  for (const [place, tenant] of both.tenants.entries()) {
    const ledger = new Ledger()
    const changes = Array.from({ length: 10 }, (_, i) => ({
      type: 'Patient',
      id: `${tenant}-${i}`,
      rows: {
        entries:
          i === 9
            ? []
            : [
                { kind: 'date' as const, param: 'date', from: 2 * i + place, to: 2 * i + place + 1 },
                { kind: 'string' as const, param: 'name', text: `${['王', '𠮷', '\uf900'][i % 3]}${i}${place}` },
              ],
      },
    }))
    must(await storage.commit(commitOf(tenant, ledger.puts(changes))))
  }
}

export function tenantContract(engine: Engine): void {
  describe('tenants', () => {
    const bench = new Bench(engine, new ManualClock(0))

    it('do not see each other', async () => {
      const storage = await bench.open(['ZJJ', 'QPJW'])
      await fill(storage)
      const one = storage.reader({ principal, tenants: ['ZJJ'] })
      const [own, foreign] = must(await one.read(['ZJJ-1', 'QPJW-1'].map(id => ({ type: 'Patient', id }))))
      expect([own?.id, foreign]).to.deep.equal(['ZJJ-1', undefined])
      const plan: SearchPlan = { type: 'Patient', where: { op: 'and', of: [] }, sort: [], count: 50, total: 'accurate', at: {} }
      const page = must(await one.search(plan))
      expect(page.total).to.equal(10)
      expect(new Set(page.entries.map(entry => entry.tenant))).to.deep.equal(new Set(['ZJJ']))
      expect(must(await one.search({ ...plan, where: { op: 'id', ids: ['QPJW-1'] } })).total).to.equal(0)
      expect(codeOf(await one.record('QPJW', 'k', '1'))).to.equal('store.tenant-unknown')
      expect(codeOf(await one.changes('QPJW', 0, 9))).to.equal('store.tenant-unknown')
      expect(must(await one.now())).to.deep.equal({ ZJJ: 1 })
    })

    it('are searched together, merged by the sort', async () => {
      const storage = await bench.open(['ZJJ', 'QPJW'])
      await fill(storage)
      const reader = storage.reader(both)
      for (const sort of sorts) {
        const plan: SearchPlan = { type: 'Patient', where: { op: 'and', of: [] }, sort, count: 3, total: 'accurate', at: {} }
        const all = must(await reader.search({ ...plan, count: 50 })).entries.map(entry => entry.id)
        const paged: string[] = []
        let page: SearchPage | undefined
        while (!page || page.next !== undefined) {
          page = must(await reader.search({ ...plan, ...(page?.next === undefined ? {} : { after: page.next }) }))
          expect(page.total).to.equal(20)
          expect(page.at).to.deep.equal({ ZJJ: 1, QPJW: 1 })
          paged.push(...page.entries.map(entry => entry.id))
        }
        expect(paged, JSON.stringify(sort)).to.deep.equal(all)
        expect(new Set(paged).size).to.equal(20)
      }
      const byDate = must(
        await reader.search({ type: 'Patient', where: { op: 'and', of: [] }, sort: sorts[1]!, count: 50, total: 'none', at: {} }),
      )
      expect(byDate.entries.slice(0, 4).map(entry => entry.id)).to.deep.equal(['QPJW-8', 'ZJJ-8', 'QPJW-7', 'ZJJ-7'])
      expect(byDate.entries.slice(-2).map(entry => entry.id)).to.have.members(['ZJJ-9', 'QPJW-9'])
    })

    it('may hold the same id: then a read must say which', async () => {
      const storage = await bench.open(['ZJJ', 'QPJW'])
      for (const tenant of both.tenants) must(await storage.commit(commitOf(tenant, new Ledger().puts([{ type: 'Patient', id: 'same' }]))))
      const wanted = [{ type: 'Patient', id: 'same' }]
      const read = await storage.reader(both).read(wanted)
      expect(read.ok || read.fault).to.deep.include({
        code: 'fhir.ambiguous-tenant',
        args: { type: 'Patient', id: 'same', tenants: 'ZJJ, QPJW' },
      })
      expect(must(await storage.reader({ principal, tenants: ['QPJW'] }).read(wanted))[0]?.tenant).to.equal('QPJW')
    })

    it('are opened once and listed', async () => {
      const storage = await bench.open(['ZJJ', 'EMS', 'ZJJ'])
      expect(storage.tenants()).to.deep.equal(['EMS', 'ZJJ'])
    })
  })
}
