// The audit trail: numbered without a gap, and never behind what was answered.
import { expect } from 'chai'
import { ManualClock } from '#kernel/clock.ts'
import type { AuditEntry, Commit } from '#kernel/commit.ts'
import { limits } from '#kernel/limits.ts'
import { must } from '#kernel/result.ts'
import { systemPrincipal } from '#kernel/tenant.ts'
import { Bench, codeOf, type Engine } from './engine.ts'

const scope = { principal: systemPrincipal('test'), tenants: ['ZJJ'] }
const commit = (more: Partial<Commit>): Commit => ({ tenant: 'ZJJ', cause: { by: 'system:test' }, ...more })

export function auditContract(engine: Engine): void {
  describe('the audit trail', () => {
    const bench = new Bench(engine, new ManualClock(5_000))
    const seen = (atMs: number, more: Partial<AuditEntry> = {}): AuditEntry => ({
      atMs,
      principal: 'user:li',
      action: 'read',
      outcome: 'success',
      subject: `Patient/${atMs}`,
      ...more,
    })

    it('is numbered without a gap and searched newest first', async () => {
      const storage = await bench.open()
      must(
        await storage.commit(
          commit({ audit: [seen(1, { patient: 'p1', remote: '::1', detail: '姓名' }), seen(2, { principal: 'user:wang' })] }),
        ),
      )
      must(await storage.commit(commit({ audit: [seen(3, { action: 'search', patient: 'p1' })] })))
      const reader = storage.reader(scope)
      const trail = async (query: object) => must(await reader.auditTrail({ limit: 9, ...query })).map(({ seq }) => seq)
      expect(await trail({})).to.deep.equal([3, 2, 1])
      expect(await trail({ principal: 'user:li' })).to.deep.equal([3, 1])
      expect(await trail({ principal: 'nobody' })).to.deep.equal([])
      expect(await trail({ patient: 'p1', action: 'read' })).to.deep.equal([1])
      expect(await trail({ sinceMs: 2, untilMs: 3 })).to.deep.equal([2])
      expect(await trail({ beforeSeq: 3, limit: 1 })).to.deep.equal([2])
      expect(must(await reader.auditTrail({ patient: 'p1', limit: 9 }))[1]).to.deep.equal({
        tenant: 'ZJJ',
        seq: 1,
        ...seen(1, { patient: 'p1', remote: '::1', detail: '姓名' }),
      })
    })

    it('takes the entries of reads with the next group, and refuses them when too many wait', async () => {
      const storage = await bench.open()
      for (let i = 0; i < limits.auditBacklogMax; i++) must(storage.audit('ZJJ', seen(i)))
      expect(codeOf(storage.audit('ZJJ', seen(0)))).to.equal('audit.overloaded')
      await storage.close()
      const again = await bench.open([])
      expect(must(await again.reader(scope).auditTrail({ limit: 1 }))[0]?.seq).to.equal(limits.auditBacklogMax)
    })
  })
}
