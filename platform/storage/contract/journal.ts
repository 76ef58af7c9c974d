// The journal: messages are kept once, settled once per attempt, and found by what the console asks for.
import { expect } from 'chai'
import { ManualClock } from '#kernel/clock.ts'
import type { Commit, JournalEntry } from '#kernel/commit.ts'
import { fault } from '#kernel/fault.ts'
import type { MessageQuery } from '#kernel/ports/storage.ts'
import { must } from '#kernel/result.ts'
import { systemPrincipal } from '#kernel/tenant.ts'
import { Bench, codeOf, type Engine } from './engine.ts'

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
  })
}

export function journalSearchContract(engine: Engine): void {
  describe('a search of the journal', () => {
    const bench = new Bench(engine, new ManualClock(5_000))

    it('is newest first, over tenants', async () => {
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
}
