// Deliveries: owed once, sent in the order of their lane.
import { expect } from 'chai'
import { ManualClock } from '#kernel/clock.ts'
import type { Commit, DeliveryPut } from '#kernel/commit.ts'
import { fault } from '#kernel/fault.ts'
import type { Storage } from '#kernel/ports/storage.ts'
import { must } from '#kernel/result.ts'
import { systemPrincipal } from '#kernel/tenant.ts'
import { Bench, codeOf, type Engine } from './engine.ts'

const scope = { principal: systemPrincipal('test'), tenants: ['ZJJ'] }
const commit = (more: Partial<Commit>): Commit => ({ tenant: 'ZJJ', cause: { by: 'system:test' }, ...more })

export function deliveryContract(engine: Engine): void {
  describe('deliveries', () => {
    const bench = new Bench(engine, new ManualClock(5_000))
    const put = (message: number, key: string, more: Partial<DeliveryPut> = {}): DeliveryPut => ({
      id: `${message}>pacs`,
      destination: 'pacs',
      key,
      message,
      controlId: `ZJJ-${message}`,
      dueAtMs: 100,
      ...more,
    })
    const due = async (storage: Storage, dueByMs: number) =>
      must(await storage.reader(scope).deliveries({ destination: 'pacs', dueByMs, limit: 9 })).map(({ message }) => message)

    it('are owed once and leave in order', async () => {
      const storage = await bench.open()
      must(await storage.commit(commit({ deliveries: [put(2, 'a'), put(1, 'a'), put(3, 'b')] })))
      must(await storage.commit(commit({ deliveries: [put(1, 'a', { dueAtMs: 1 })] })))
      expect(await due(storage, 99)).to.deep.equal([])
      expect(await due(storage, 100)).to.deep.equal([1, 2, 3])
      expect(must(await storage.reader(scope).deliveries({ message: 3, limit: 9 }))).to.deep.equal([
        {
          tenant: 'ZJJ',
          id: '3>pacs',
          destination: 'pacs',
          key: 'b',
          message: 3,
          controlId: 'ZJJ-3',
          status: 'queued',
          attempt: 0,
          dueAtMs: 100,
        },
      ])
    })

    it('wait behind one of their lane that must be tried again', async () => {
      const storage = await bench.open()
      must(await storage.commit(commit({ deliveries: [put(1, 'a'), put(2, 'a'), put(3, 'b')] })))
      const again = { id: '1>pacs', attempt: 0, status: 'queued' as const, dueAtMs: 900, fault: fault('destination.no-answer') }
      must(await storage.commit(commit({ deliveryAdvances: [again] })))
      expect(codeOf(await storage.commit(commit({ deliveryAdvances: [again] })))).to.equal('store.conflict')
      expect(await due(storage, 500)).to.deep.equal([3])
      expect(await due(storage, 900)).to.deep.equal([1, 2, 3])
      must(await storage.commit(commit({ deliveryAdvances: [{ id: '1>pacs', attempt: 1, status: 'sent', answer: 'AA' }] })))
      expect(await due(storage, 500)).to.deep.equal([2, 3])
      const [sent] = must(await storage.reader(scope).deliveries({ statuses: ['sent'], limit: 9 }))
      expect(sent).to.deep.include({ status: 'sent', attempt: 2, answer: 'AA', settledAtMs: 5_000 })
      must(await storage.commit(commit({ deliveryAdvances: [{ id: '2>pacs', attempt: 0, status: 'failed' }] })))
      expect(
        must(await storage.reader(scope).deliveries({ destination: 'pacs', statuses: ['failed', 'queued'], limit: 9 })).length,
      ).to.equal(2)
      expect(must(await storage.reader(scope).deliveries({ destination: 'nobody', limit: 9 }))).to.deep.equal([])
    })
  })
}
