// Commits that are refused: as a conflict, without a trace, and their neighbours in the group alone.
import { expect } from 'chai'
import { ManualClock } from '#kernel/clock.ts'
import type { Commit } from '#kernel/commit.ts'
import { must } from '#kernel/result.ts'
import { systemPrincipal } from '#kernel/tenant.ts'
import { Bench, codeOf, type Engine } from './engine.ts'
import { commitOf, Ledger } from './ledger.ts'

const scope = { principal: systemPrincipal('test'), tenants: ['ZJJ'] }

export function refusalContract(engine: Engine): void {
  describe('a commit', () => {
    const bench = new Bench(engine, new ManualClock(1_700_000_000_000))

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
  })
}
