// Commits that are taken: they count the logical time and the versions.
import { expect } from 'chai'
import { ManualClock } from '#kernel/clock.ts'
import { noIndexRows } from '#kernel/index-entry.ts'
import { must } from '#kernel/result.ts'
import { systemPrincipal } from '#kernel/tenant.ts'
import { Bench, codeOf, type Engine } from './engine.ts'
import { commitOf, Ledger } from './ledger.ts'

const scope = { principal: systemPrincipal('test'), tenants: ['ZJJ'] }

export function commitContract(engine: Engine): void {
  describe('a commit', () => {
    const bench = new Bench(engine, new ManualClock(1_700_000_000_000))

    it('counts the logical time and the versions', async () => {
      const storage = await bench.open()
      const ledger = new Ledger()
      const first = ledger.puts([
        { type: 'Patient', id: 'a' },
        { type: 'Patient', id: 'b' },
      ])
      expect(must(await storage.commit(commitOf('ZJJ', first)))).to.deep.equal({ t: 1, versions: [1, 1] })
      ledger.note(
        first,
        [
          { type: 'Patient', id: 'a' },
          { type: 'Patient', id: 'b' },
        ],
        1,
      )
      const second = ledger.puts([{ type: 'Patient', id: 'b', remove: true }])
      expect(must(await storage.commit(commitOf('ZJJ', second)))).to.deep.equal({ t: 2, versions: [2] })
      expect(must(await storage.reader(scope).now())).to.deep.equal({ ZJJ: 2 })
    })

    it('writes several versions of one resource in order', async () => {
      const storage = await bench.open()
      const [put] = new Ledger().puts([{ type: 'Patient', id: 'a' }])
      const next = { ...put!, op: 'update' as const, version: 1, body: put!.body.replace('"1"', '"2"') }
      expect(must(await storage.commit(commitOf('ZJJ', [put!, next]))).versions).to.deep.equal([1, 2])
      const history = must(await storage.reader(scope).history('Patient', 'a', { count: 9 }))
      expect(history.map(({ version, op, t }) => [version, op, t])).to.deep.equal([
        [2, 'update', 1],
        [1, 'create', 1],
      ])
    })

    it('takes thousands of bodies, and large ones', async () => {
      const storage = await bench.open()
      const changes = Array.from({ length: 6_000 }, (_, i) => ({ type: 'Observation', id: `o${i}` }))
      const puts = new Ledger().puts(changes)
      const large = { ...puts[5]!, body: puts[5]!.body.replace('珅', '𠮷誠'.repeat(200_000)) }
      must(await storage.commit(commitOf('ZJJ', [...puts.slice(0, 5), large, ...puts.slice(6)])))
      const reader = storage.reader(scope)
      const [five, last] = must(await reader.read([5, 5_999].map(i => ({ type: 'Observation', id: `o${i}` }))))
      expect(five!.body.toString()).to.equal(large.body)
      expect(last!.body.toString()).to.equal(puts.at(-1)!.body)
    })
  })
}

export function versionContract(engine: Engine): void {
  describe('a commit', () => {
    const bench = new Bench(engine, new ManualClock(1_700_000_000_000))

    it('replaces the facts alone with a touch', async () => {
      const storage = await bench.open()
      const [put] = new Ledger().puts([{ type: 'Patient', id: 'a' }])
      must(await storage.commit(commitOf('ZJJ', [put!])))
      const touch = { ...put!, op: 'touch' as const, version: 1, body: '', facts: '[["again"]]', opens: noIndexRows, closes: noIndexRows }
      expect(must(await storage.commit(commitOf('ZJJ', [touch]))).versions).to.deep.equal([1])
      const [stored] = must(await storage.reader(scope).read([{ type: 'Patient', id: 'a' }]))
      expect(stored).to.deep.include({ version: 1, t: 1, facts: '[["again"]]' })
      expect(codeOf(await storage.commit(commitOf('ZJJ', [{ ...touch, version: 0 }])))).to.equal('store.conflict')
    })

    it('goes on after a delete', async () => {
      const storage = await bench.open()
      const ledger = new Ledger()
      for (const change of [
        { type: 'Patient', id: 'a' },
        { type: 'Patient', id: 'a', remove: true },
        { type: 'Patient', id: 'a' },
      ]) {
        const puts = ledger.puts([change])
        ledger.note(puts, [change], must(await storage.commit(commitOf('ZJJ', puts))).t)
      }
      const history = must(await storage.reader(scope).history('Patient', 'a', { count: 9 }))
      expect(history.map(({ version, op }) => [version, op])).to.deep.equal([
        [3, 'create'],
        [2, 'delete'],
        [1, 'create'],
      ])
      expect(history[1]!.body.length).to.equal(0)
    })
  })
}
