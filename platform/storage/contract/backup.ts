// Backups: a consistent copy under full write load, and back again.
import { expect } from 'chai'
import { ManualClock } from '#kernel/clock.ts'
import { must } from '#kernel/result.ts'
import { systemPrincipal } from '#kernel/tenant.ts'
import { Bench, codeOf, type Engine } from './engine.ts'
import { commitOf, Ledger } from './ledger.ts'

const scope = { principal: systemPrincipal('test'), tenants: ['ZJJ'] }

export function backupContract(engine: Engine): void {
  describe('a backup', () => {
    const clock = new ManualClock(0)
    const bench = new Bench(engine, clock)

    it('is one moment of the store though writing never stops, and can be restored', async () => {
      const storage = await bench.open(['ZJJ', 'QPJW'])
      let writing = true
      let written = 0
      const writer = (async () => {
        while (writing) {
          const changes = Array.from({ length: 20 }, () => ({ type: 'Observation', id: `o${written++}` }))
          must(await storage.commit(commitOf('ZJJ', new Ledger().puts(changes))))
        }
      })()
      while (written < 400) await new Promise(resolve => setTimeout(resolve, 1))
      const parts = must(await storage.backup(bench.path('backup')))
      const duringBackup = written
      while (written === duringBackup) await new Promise(resolve => setTimeout(resolve, 1))
      writing = false
      await writer
      await storage.close()
      const part = parts.find(({ tenant }) => tenant === 'ZJJ')!
      expect(part.t).to.be.within(20, duringBackup / 20)
      must(await engine.restore(bench.path('backup'), bench.path('restored')))
      const restored = must(await engine.open({ directory: bench.path('restored'), clock }))
      try {
        expect(restored.tenants()).to.deep.equal(['QPJW', 'ZJJ'])
        expect(must(await restored.reader(scope).now())).to.deep.equal({ ZJJ: part.t })
        expect(must(await restored.checkIntegrity('ZJJ'))).to.deep.equal([])
        const [last, beyond] = must(
          await restored.reader(scope).read([part.t * 20 - 1, part.t * 20].map(i => ({ type: 'Observation', id: `o${i}` }))),
        )
        expect([last?.t, beyond]).to.deep.equal([part.t, undefined])
      } finally {
        await restored.close()
      }
    })

    it('is not restored over a store, nor from nothing', async () => {
      const storage = await bench.open()
      must(await storage.backup(bench.path('backup')))
      expect(codeOf(await engine.restore(bench.path('backup'), bench.directory))).to.equal('store.restore')
      expect(codeOf(await engine.restore(bench.path('nothing'), bench.path('restored')))).to.equal('store.restore')
    })
  })
}
