// The journal, deliveries and the audit trail.
import { expect } from 'chai'
import { ManualClock } from '#kernel/clock.ts'
import type { AuditEntry, Commit, DeliveryPut, JournalEntry } from '#kernel/commit.ts'
import { fault } from '#kernel/fault.ts'
import { limits } from '#kernel/limits.ts'
import type { MessageQuery, Storage } from '#kernel/ports/storage.ts'
import { must } from '#kernel/result.ts'
import { systemPrincipal } from '#kernel/tenant.ts'
import { codeOf } from './commits.ts'
import { Bench, type Engine } from './engine.ts'

const scope = { principal: systemPrincipal('test'), tenants: ['ZJJ', 'QPJW'] }
const commit = (more: Partial<Commit>): Commit => ({ tenant: 'ZJJ', cause: { by: 'system:test' }, ...more })

function entry(seq: number, more: Partial<JournalEntry> = {}): JournalEntry {
  return {
    tenant: 'ZJJ',
    seq,
    channel: 'zjj-his',
    source: 'ZJJ-HIS',
    facility: 'ZJJ',
    format: 'hl7v2',
    type: 'ADT^A01',
    controlId: `MSG${seq}`,
    receivedAtMs: 1_000 + seq,
    remote: '10.0.0.1',
    charset: 'gb18030',
    position: { segment: 1, offset: seq * 100, length: 90 },
    orderKeys: [`p${seq % 2}`],
    tags: [{ kind: 'patient', value: `tag${seq % 2}` }],
    status: 'received',
    ack: 'AA',
    duplicateKey: `key${seq}`,
    faults: [],
    ...more,
  }
}

export function journalContract(engine: Engine): void {
  describe('the journal', () => {
    const bench = new Bench(engine, new ManualClock(5_000))

    it('keeps what was received, once', async () => {
      const storage = await bench.open()
      const received = entry(1, { duplicateOf: 7, eventTimeMs: 500, faults: [fault('hl7.no-msh')] })
      must(await storage.commit(commit({ receives: [received] })))
      must(await storage.commit(commit({ receives: [{ ...received, channel: 'other' }] })))
      const reader = storage.reader(scope)
      expect(must(await reader.message('ZJJ', 1))).to.deep.equal({ ...received, attempt: 0 })
      expect(must(await reader.message('ZJJ', 2))).to.equal(undefined)
      expect(must(await reader.lastMessage('ZJJ'))).to.equal(1)
    })

    it('settles each attempt once', async () => {
      const storage = await bench.open()
      must(await storage.commit(commit({ receives: [entry(1)] })))
      const advance = (attempt: number, status: 'retrying' | 'processed') =>
        commit({
          advances: [{ seq: 1, attempt, status, faults: status === 'retrying' ? [fault('store.full')] : [], plan: 'h1', retryAtMs: 9_000 }],
        })
      must(await storage.commit(advance(0, 'retrying')))
      const again = await storage.commit(advance(0, 'processed'))
      expect(again.ok || again.fault).to.deep.include({ code: 'store.conflict', args: { subject: 'message ZJJ-1', expected: 0, found: 1 } })
      const reader = storage.reader(scope)
      expect(must(await reader.message('ZJJ', 1))).to.deep.include({
        status: 'retrying',
        attempt: 1,
        retryAtMs: 9_000,
        settledAtMs: 5_000,
        plan: 'h1',
      })
      must(await storage.commit(advance(1, 'processed')))
      expect(must(await reader.message('ZJJ', 1))).to.deep.include({ status: 'processed', attempt: 2, faults: [] })
      expect(codeOf(await storage.commit(commit({ advances: [{ seq: 99, attempt: 0, status: 'processed', faults: [] }] })))).to.equal(
        'store.conflict',
      )
    })

    it('receives and settles in one commit', async () => {
      const storage = await bench.open()
      must(await storage.commit(commit({ receives: [entry(1)], advances: [{ seq: 1, attempt: 0, status: 'filtered', faults: [] }] })))
      expect(must(await storage.reader(scope).message('ZJJ', 1))?.status).to.equal('filtered')
    })

    it('knows the first message of a duplicate key', async () => {
      const storage = await bench.open()
      must(await storage.commit(commit({ receives: [entry(1, { duplicateKey: '' }), entry(2), entry(3, { duplicateKey: 'key2' })] })))
      const reader = storage.reader(scope)
      expect(must(await reader.firstWithKey('ZJJ', 'key2'))?.seq).to.equal(2)
      expect(must(await reader.firstWithKey('ZJJ', 'other'))).to.equal(undefined)
      expect(must(await reader.firstWithKey('ZJJ', ''))).to.equal(undefined)
    })

    it('is searched newest first, over tenants', async () => {
      const storage = await bench.open(['ZJJ', 'QPJW'])
      const other = { channel: 'qpjw-his', tenant: 'QPJW' }
      must(await storage.commit(commit({ receives: [1, 2, 3, 4].map(seq => entry(seq)) })))
      must(
        await storage.commit(
          commit({ tenant: 'QPJW', receives: [entry(1, { ...other, receivedAtMs: 1_002 }), entry(2, { ...other, type: 'ORU^R01' })] }),
        ),
      )
      must(
        await storage.commit(
          commit({
            advances: [
              { seq: 1, attempt: 0, status: 'processed', faults: [] },
              { seq: 2, attempt: 0, status: 'failed', faults: [fault('hl7.no-msh'), fault('store.full')] },
            ],
          }),
        ),
      )
      const reader = storage.reader(scope)
      const names = async (query: Partial<MessageQuery>) =>
        must(await reader.messages({ limit: 9, ...query }))
          .map(({ tenant, seq }) => `${tenant[0]}${seq}`)
          .join(' ')
      expect(await names({})).to.equal('Z4 Z3 Z2 Q2 Q1 Z1')
      expect(await names({ limit: 2 })).to.equal('Z4 Z3')
      expect(await names({ before: { receivedAtMs: 1_002, tenant: 'ZJJ', seq: 2 } })).to.equal('Q2 Q1 Z1')
      expect(await names({ before: { receivedAtMs: 1_002, tenant: 'QPJW', seq: 2 } })).to.equal('Q1 Z1')
      expect(await names({ channel: 'zjj-his' })).to.equal('Z4 Z3 Z2 Z1')
      expect(await names({ channel: 'nobody' })).to.equal('')
      expect(await names({ type: 'ORU^R01' })).to.equal('Q2')
      expect(await names({ statuses: ['processed'] })).to.equal('Z1')
      expect(await names({ statuses: ['processed', 'failed'] })).to.equal('Z2 Z1')
      expect(await names({ statuses: ['received', 'retrying'] })).to.equal('Z4 Z3 Q2 Q1')
      expect(await names({ controlId: 'MSG2' })).to.equal('Z2 Q2')
      expect(await names({ tag: 'tag1' })).to.equal('Z3 Q1 Z1')
      expect(await names({ tag: 'tag1', channel: 'zjj-his', statuses: ['processed'] })).to.equal('Z1')
      expect(await names({ faultCode: 'hl7.no-msh' })).to.equal('Z2')
      expect(await names({ faultCode: 'store.full' })).to.equal('')
      expect(await names({ sinceMs: 1_003 })).to.equal('Z4 Z3')
      expect(await names({ untilMs: 1_002 })).to.equal('Z1')
    })
  })

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
