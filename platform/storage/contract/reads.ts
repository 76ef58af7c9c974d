// Reads by name: current, one version, history, all versions, changes, effects.
import { expect } from 'chai'
import { ManualClock } from '#kernel/clock.ts'
import type { Storage } from '#kernel/ports/storage.ts'
import { must } from '#kernel/result.ts'
import { systemPrincipal } from '#kernel/tenant.ts'
import { Bench, codeOf, type Engine } from './engine.ts'
import { type Change, commitOf, Ledger } from './ledger.ts'

const scope = { principal: systemPrincipal('test'), tenants: ['ZJJ'] }
const deletedAtMs = 1_700_000_009_000

/** Patients a and b, changed over four commits. */
async function fill(storage: Storage): Promise<Ledger> {
  const ledger = new Ledger()
  const steps: [Change[], { message?: number; plan?: string }][] = [
    [[{ type: 'Patient', id: 'a' }], { message: 7, plan: 'plan-1' }],
    [
      [
        { type: 'Patient', id: 'a' },
        { type: 'Encounter', id: 'e' },
      ],
      { message: 8, plan: 'plan-2' },
    ],
    [[{ type: 'Patient', id: 'b' }], {}],
    [[{ type: 'Encounter', id: 'e', remove: true }], { message: 7, plan: 'plan-2' }],
  ]
  for (const [changes, cause] of steps) {
    const puts = ledger.puts(changes)
    const { t } = must(await storage.commit(commitOf('ZJJ', puts, { cause: { by: 'system:test', ...cause } })))
    ledger.note(puts, changes, t, deletedAtMs)
  }
  return ledger
}

export function readContract(engine: Engine): void {
  describe('a reader', () => {
    const bench = new Bench(engine, new ManualClock(deletedAtMs))

    it('gives current versions as they were written, in the order asked for', async () => {
      const storage = await bench.open()
      const ledger = await fill(storage)
      const wanted = [
        { type: 'Encounter', id: 'e' },
        { type: 'Patient', id: 'a' },
        { type: 'Patient', id: 'nobody' },
        { type: 'Nothing', id: 'a' },
      ]
      const [deleted, patient, nobody, nothing] = must(await storage.reader(scope).read(wanted))
      const kept = ledger.current('Patient', 'a')!
      expect({ ...patient!, body: patient!.body.toString() }).to.deep.equal({
        tenant: 'ZJJ',
        type: 'Patient',
        id: 'a',
        version: 2,
        t: 2,
        op: 'update',
        body: kept.body,
        facts: '[["a"]]',
        cause: { message: 8, plan: 'plan-2', by: 'system:test' },
        committedAtMs: kept.lastUpdatedMs,
      })
      expect(deleted).to.include({ version: 2, op: 'delete', committedAtMs: deletedAtMs })
      expect([nobody, nothing]).to.deep.equal([undefined, undefined])
    })

    it('gives one version and history', async () => {
      const storage = await bench.open()
      await fill(storage)
      const reader = storage.reader(scope)
      expect(must(await reader.vread('Patient', 'a', 1))).to.include({ version: 1, op: 'create', t: 1 })
      expect(must(await reader.vread('Patient', 'a', 3))).to.equal(undefined)
      expect(must(await reader.vread('Patient', 'x', 1))).to.equal(undefined)
      expect(must(await reader.history('Patient', 'a', { count: 1 })).map(({ version }) => version)).to.deep.equal([2])
      expect(must(await reader.history('Patient', 'a', { count: 9, beforeVersion: 2 })).map(({ version }) => version)).to.deep.equal([1])
      expect(must(await reader.history('Patient', 'x', { count: 9 }))).to.deep.equal([])
    })
  })
}

export function feedContract(engine: Engine): void {
  describe('a reader', () => {
    const bench = new Bench(engine, new ManualClock(deletedAtMs))

    it('pages through the versions of a type and of all types, newest first', async () => {
      const storage = await bench.open()
      await fill(storage)
      const reader = storage.reader(scope)
      const all: string[] = []
      let after: string | undefined
      do {
        const page = must(await reader.versions({ count: 2, ...(after === undefined ? {} : { after }) }))
        all.push(...page.entries.map(({ type, id, version }) => `${type}/${id}/${version}`))
        after = page.next
      } while (after !== undefined)
      expect(all).to.deep.equal(['Encounter/e/2', 'Patient/b/1', 'Encounter/e/1', 'Patient/a/2', 'Patient/a/1'])
      const patients = must(await reader.versions({ type: 'Patient', count: 9, sinceMs: 1_700_000_002_000 }))
      expect(patients.entries.map(({ id, version }) => `${id}/${version}`)).to.deep.equal(['b/1', 'a/2'])
      for (const madeUp of ['nonsense', '{"ZJJ":"x"}', '{"ZJJ":[1,2]}', '[[1,2,"3"]]']) {
        const after = Buffer.from(madeUp).toString('base64url')
        expect(codeOf(await reader.versions({ count: 2, after }))).to.equal('store.cursor')
      }
    })

    it('gives changes after a time, whole commits only', async () => {
      const storage = await bench.open()
      await fill(storage)
      const reader = storage.reader(scope)
      const changes = async (after: number, limit: number) =>
        must(await reader.changes('ZJJ', after, limit)).map(({ t, type, id, version, op }) => `${t} ${op} ${type}/${id}/${version}`)
      expect(await changes(0, 9)).to.deep.equal([
        '1 create Patient/a/1',
        '2 update Patient/a/2',
        '2 create Encounter/e/1',
        '3 create Patient/b/1',
        '4 delete Encounter/e/2',
      ])
      expect(await changes(0, 2)).to.deep.equal(['1 create Patient/a/1'])
      expect(await changes(1, 1)).to.deep.equal(['2 update Patient/a/2', '2 create Encounter/e/1'])
      expect(await changes(4, 9)).to.deep.equal([])
    })

    it('gives what a message did, under which plan', async () => {
      const storage = await bench.open()
      await fill(storage)
      expect(must(await storage.reader(scope).effects('ZJJ', 7))).to.deep.equal([
        { t: 1, type: 'Patient', id: 'a', version: 1, op: 'create', plan: 'plan-1' },
        { t: 4, type: 'Encounter', id: 'e', version: 2, op: 'delete', plan: 'plan-2' },
      ])
      expect(must(await storage.reader(scope).effects('ZJJ', 99))).to.deep.equal([])
    })
  })
}
