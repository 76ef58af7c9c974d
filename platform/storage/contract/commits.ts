// Commits: applied whole or refused without a trace, each alone in its group.
import { expect } from 'chai'
import { ManualClock } from '#kernel/clock.ts'
import type { Commit } from '#kernel/commit.ts'
import { noIndexRows } from '#kernel/index-entry.ts'
import { must, type Result } from '#kernel/result.ts'
import { systemPrincipal } from '#kernel/tenant.ts'
import { Bench, type Engine } from './engine.ts'
import { commitOf, Ledger } from './ledger.ts'

const scope = { principal: systemPrincipal('test'), tenants: ['ZJJ'] }

export function codeOf(result: Result<unknown>): string {
  return result.ok ? 'ok' : result.fault.code
}

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

    it('is refused when a version is not the expected one, and says which is', async () => {
      const storage = await bench.open()
      const puts = new Ledger().puts([{ type: 'Patient', id: 'a' }])
      must(await storage.commit(commitOf('ZJJ', puts)))
      const again = await storage.commit(commitOf('ZJJ', puts))
      expect(again.ok || again.fault).to.deep.include({ code: 'store.conflict', args: { subject: 'Patient/a', expected: 0, found: 1 } })
      const ahead = await storage.commit(commitOf('ZJJ', [{ ...puts[0]!, version: 5, op: 'update' }]))
      expect(codeOf(ahead)).to.equal('store.conflict')
    })

    it('is refused when what it only read has changed', async () => {
      const storage = await bench.open()
      const [a, b] = new Ledger().puts([
        { type: 'Patient', id: 'a' },
        { type: 'Patient', id: 'b' },
      ])
      must(await storage.commit(commitOf('ZJJ', [a!], { expects: [{ type: 'Patient', id: 'b', version: 0 }] })))
      const refused = await storage.commit(commitOf('ZJJ', [b!], { expects: [{ type: 'Patient', id: 'a', version: 0 }] }))
      expect(codeOf(refused)).to.equal('store.conflict')
      must(await storage.commit(commitOf('ZJJ', [b!], { expects: [{ type: 'Patient', id: 'a', version: 1 }] })))
    })

    it('leaves no trace when it is refused, and its neighbours alone', async () => {
      const storage = await bench.open()
      const [a, b, c] = new Ledger().puts([
        { type: 'Patient', id: 'a' },
        { type: 'Patient', id: 'b' },
        { type: 'Patient', id: 'c' },
      ])
      const bad: Commit = {
        ...commitOf('ZJJ', [b!, { ...b!, type: 'Encounter', version: 3, op: 'update' }]),
        claims: [{ key: 'mrn|1', holder: 'Patient/b' }],
        records: [{ kind: 'k', key: '1', value: 'x' }],
        counts: [{ kind: 'n', key: '1', hour: 1, add: 1 }],
        audit: [{ atMs: 1, principal: 'p', action: 'create', outcome: 'success', subject: 'Patient/b' }],
      }
      const results = await Promise.all([commitOf('ZJJ', [a!]), bad, commitOf('ZJJ', [c!])].map(commit => storage.commit(commit)))
      expect(results.map(codeOf)).to.deep.equal(['ok', 'store.conflict', 'ok'])
      const reader = storage.reader(scope)
      const read = must(await reader.read(['a', 'b', 'c'].map(id => ({ type: 'Patient', id }))))
      expect(read.map(stored => stored?.id)).to.deep.equal(['a', undefined, 'c'])
      expect(must(await reader.claims('ZJJ', ['mrn|1']))).to.deep.equal([undefined])
      expect(must(await reader.record('ZJJ', 'k', '1'))).to.equal(undefined)
      expect(must(await reader.counts('n', 0, 9))).to.deep.equal([])
      expect(must(await reader.auditTrail({ limit: 9 }))).to.deep.equal([])
    })

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

    it('takes business keys for one holder at a time', async () => {
      const storage = await bench.open()
      const claim = (key: string, holder?: string): Commit => ({ tenant: 'ZJJ', cause: { by: 'test' }, claims: [{ key, holder }] })
      must(await storage.commit(claim('mrn|1', 'Patient/a')))
      must(await storage.commit(claim('mrn|1', 'Patient/a')))
      const held = await storage.commit(claim('mrn|1', 'Patient/b'))
      expect(held.ok || held.fault).to.deep.include({ code: 'store.claim-held', args: { key: 'mrn|1', holder: 'Patient/a' } })
      must(
        await storage.commit({
          tenant: 'ZJJ',
          cause: { by: 'test' },
          claims: [
            { key: 'mrn|1', holder: undefined },
            { key: 'mrn|1', holder: 'Patient/b' },
          ],
        }),
      )
      expect(must(await storage.reader(scope).claims('ZJJ', ['mrn|1', 'mrn|2']))).to.deep.equal(['Patient/b', undefined])
    })

    it('gives a key to one of many that race for it', async () => {
      const storage = await bench.open()
      const results = await Promise.all(
        Array.from({ length: 20 }, (_, i) =>
          storage.commit({ tenant: 'ZJJ', cause: { by: 'test' }, claims: [{ key: 'k', holder: `Patient/${i}` }] }),
        ),
      )
      expect(results.filter(result => result.ok).length).to.equal(1)
      expect(new Set(results.filter(result => !result.ok).map(codeOf))).to.deep.equal(new Set(['store.claim-held']))
    })

    it('is refused for a tenant that was never opened', async () => {
      const storage = await bench.open()
      expect(codeOf(await storage.commit({ tenant: 'NOBODY', cause: { by: 'test' } }))).to.equal('store.tenant-unknown')
      expect(codeOf(await storage.openTenant('../etc'))).to.equal('store.tenant-unknown')
    })

    it('is refused once the store is closed', async () => {
      const storage = await bench.open()
      await storage.close()
      expect(codeOf(await storage.commit({ tenant: 'ZJJ', cause: { by: 'test' } }))).to.equal('store.closed')
      expect(codeOf(await storage.reader(scope).now())).to.equal('store.closed')
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

  describe('the store', () => {
    const bench = new Bench(engine, new ManualClock(0))

    it('keeps what was committed over a restart', async () => {
      const storage = await bench.open()
      must(await storage.commit(commitOf('ZJJ', new Ledger().puts([{ type: 'Patient', id: 'a' }]))))
      const again = await bench.open([])
      expect(again.tenants()).to.deep.equal(['ZJJ'])
      expect(must(await again.reader(scope).read([{ type: 'Patient', id: 'a' }]))[0]).to.include({ version: 1, t: 1 })
      expect(must(await again.checkIntegrity('ZJJ'))).to.deep.equal([])
    })

    it('belongs to one at a time', async () => {
      await bench.open()
      expect(codeOf(await engine.open({ directory: bench.directory, clock: new ManualClock(0) }))).to.equal('store.locked')
    })
  })
}
