// Business keys: held by one at a time, given up and taken over in one commit.
import { expect } from 'chai'
import { ManualClock } from '#kernel/clock.ts'
import type { Commit } from '#kernel/commit.ts'
import { must } from '#kernel/result.ts'
import { systemPrincipal } from '#kernel/tenant.ts'
import { Bench, codeOf, type Engine } from './engine.ts'

const scope = { principal: systemPrincipal('test'), tenants: ['ZJJ'] }

export function claimContract(engine: Engine): void {
  describe('a claim', () => {
    const bench = new Bench(engine, new ManualClock(0))

    it('takes a business key for one holder at a time', async () => {
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
  })
}
