// Records and counts.
import { expect } from 'chai'
import { ManualClock } from '#kernel/clock.ts'
import type { RecordPut } from '#kernel/commit.ts'
import { must } from '#kernel/result.ts'
import { systemPrincipal } from '#kernel/tenant.ts'
import { Bench, codeOf, type Engine } from './engine.ts'

const scope = { principal: systemPrincipal('test'), tenants: ['ZJJ'] }

export function recordContract(engine: Engine): void {
  describe('records', () => {
    const bench = new Bench(engine, new ManualClock(0))
    const put = (...records: RecordPut[]) => ({ tenant: 'ZJJ', cause: { by: 'test' }, records })

    it('have versions that can be insisted on', async () => {
      const storage = await bench.open()
      const reader = storage.reader(scope)
      must(await storage.commit(put({ kind: 'client', key: 'a', value: '一', expected: 0 })))
      expect(codeOf(await storage.commit(put({ kind: 'client', key: 'a', value: '二', expected: 0 })))).to.equal('store.conflict')
      must(await storage.commit(put({ kind: 'client', key: 'a', value: '二', expected: 1 })))
      expect(must(await reader.record('ZJJ', 'client', 'a'))).to.deep.equal({ key: 'a', value: '二', version: 2 })
      must(await storage.commit(put({ kind: 'client', key: 'a', value: '三' }, { kind: 'client', key: 'a', value: '四', expected: 3 })))
      must(await storage.commit(put({ kind: 'client', key: 'a', value: undefined })))
      expect(must(await reader.record('ZJJ', 'client', 'a'))).to.equal(undefined)
    })

    it('are listed by key', async () => {
      const storage = await bench.open()
      must(
        await storage.commit(
          put(...['b', 'a', 'c'].map(key => ({ kind: 'user', key, value: key })), { kind: 'other', key: 'x', value: 'x' }),
        ),
      )
      const list = async (page: { after?: string; limit: number }) =>
        must(await storage.reader(scope).records('ZJJ', 'user', page)).map(({ key }) => key)
      expect(await list({ limit: 2 })).to.deep.equal(['a', 'b'])
      expect(await list({ after: 'b', limit: 2 })).to.deep.equal(['c'])
    })
  })

  describe('counts', () => {
    const bench = new Bench(engine, new ManualClock(0))

    it('add up by hour', async () => {
      const storage = await bench.open()
      const count = (key: string, hour: number, add: number) => ({ kind: 'messages', key, hour, add })
      must(await storage.commit({ tenant: 'ZJJ', cause: { by: 'test' }, counts: [count('a', 1, 2), count('a', 1, 3), count('b', 2, 1)] }))
      must(await storage.commit({ tenant: 'ZJJ', cause: { by: 'test' }, counts: [count('a', 1, 10)] }))
      expect(must(await storage.reader(scope).counts('messages', 1, 2))).to.deep.equal([{ tenant: 'ZJJ', key: 'a', hour: 1, sum: 15 }])
      expect(must(await storage.reader(scope).counts('messages', 0, 9)).length).to.equal(2)
    })
  })
}
