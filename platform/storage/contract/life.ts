// The life of a store: opened by one at a time, closed, opened again with everything in it.
import { expect } from 'chai'
import { ManualClock } from '#kernel/clock.ts'
import { must } from '#kernel/result.ts'
import { systemPrincipal } from '#kernel/tenant.ts'
import { Bench, codeOf, type Engine } from './engine.ts'
import { commitOf, Ledger } from './ledger.ts'

const scope = { principal: systemPrincipal('test'), tenants: ['ZJJ'] }

export function lifeContract(engine: Engine): void {
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

    it('refuses what is for a tenant that was never opened', async () => {
      const storage = await bench.open()
      expect(codeOf(await storage.commit({ tenant: 'NOBODY', cause: { by: 'test' } }))).to.equal('store.tenant-unknown')
      expect(codeOf(await storage.openTenant('../etc'))).to.equal('store.tenant-unknown')
    })

    it('refuses everything once it is closed', async () => {
      const storage = await bench.open()
      await storage.close()
      expect(codeOf(await storage.commit({ tenant: 'ZJJ', cause: { by: 'test' } }))).to.equal('store.closed')
      expect(codeOf(await storage.reader(scope).now())).to.equal('store.closed')
    })
  })
}
