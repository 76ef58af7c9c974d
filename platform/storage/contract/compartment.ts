// The compartment of Patients, and documents by their hash.
import { createHash } from 'node:crypto'
import { expect } from 'chai'
import { ManualClock } from '#kernel/clock.ts'
import { must } from '#kernel/result.ts'
import { systemPrincipal } from '#kernel/tenant.ts'
import { Bench, codeOf, type Engine } from './engine.ts'
import { type Change, commitOf, Ledger } from './ledger.ts'

const scope = { principal: systemPrincipal('test'), tenants: ['ZJJ'] }

export function compartmentContract(engine: Engine): void {
  describe('a reader', () => {
    const bench = new Bench(engine, new ManualClock(0))

    it('gives the compartment of Patients, newest clinical date first', async () => {
      const storage = await bench.open()
      const place = (patients: string[], whenMs?: number) => ({
        entries: [],
        patients,
        codes: [],
        ...(whenMs === undefined ? {} : { whenMs }),
      })
      const changes: Change[] = [
        { type: 'Observation', id: 'o1', rows: place(['p'], 100) },
        { type: 'Observation', id: 'o2', rows: place(['p', 'q'], 300) },
        { type: 'Encounter', id: 'e1', rows: place(['p'], 200) },
        { type: 'Encounter', id: 'e2', rows: place(['p']) },
        { type: 'Encounter', id: 'e3', rows: place(['q'], 50) },
      ]
      const ledger = new Ledger()
      must(await storage.commit(commitOf('ZJJ', ledger.puts(changes))))
      const reader = storage.reader(scope)
      const ids = async (query: { patients: string[]; types?: string[]; from?: number; to?: number }) => {
        const found: string[] = []
        let after: string | undefined
        do {
          const page = must(await reader.compartment({ count: 2, at: {}, ...query, ...(after === undefined ? {} : { after }) }))
          found.push(...page.entries.map(entry => entry.id))
          after = page.next
        } while (after !== undefined)
        return found
      }
      expect(await ids({ patients: ['p'] })).to.deep.equal(['o2', 'e1', 'o1', 'e2'])
      expect(await ids({ patients: ['p', 'q'] })).to.deep.equal(['o2', 'e1', 'o1', 'e3', 'e2'])
      expect(await ids({ patients: ['p'], types: ['Observation'] })).to.deep.equal(['o2', 'o1'])
      expect(await ids({ patients: ['p'], from: 100, to: 300 })).to.deep.equal(['e1', 'o1'])
      expect(await ids({ patients: ['nobody'] })).to.deep.equal([])
      expect(codeOf(await reader.compartment({ patients: ['p'], count: 2, at: {}, after: 'e30' }))).to.equal('store.cursor')
    })
  })
}

/** The rows of a chart hold patient, codes and time together: when the code changes, the row without a code closes and opens in one commit. */
export function chartContract(engine: Engine): void {
  describe('a chart', () => {
    const bench = new Bench(engine, new ManualClock(0))
    const coded = (code: string): Change => ({
      type: 'Observation',
      id: 'o',
      rows: { patients: ['p'], codes: [`s|${code}`], whenMs: 5, entries: [{ kind: 'token', param: 'code', system: 's', code }] },
    })
    const commits: Change[][] = [[coded('a')], [coded('b')], [coded('c'), coded('d')], [coded('a'), coded('d')]]

    it('keeps what changes its code, in one version or several of a commit, at every time', async () => {
      const storage = await bench.open()
      const ledger = new Ledger()
      for (const changes of commits) {
        const puts = ledger.puts(changes)
        ledger.note(puts, changes, must(await storage.commit(commitOf('ZJJ', puts))).t)
      }
      const reader = storage.reader(scope)
      const found = async (t: number, code?: string) => {
        const patient = { op: 'patient' as const, ids: ['p'] }
        const where = code ? { op: 'and' as const, of: [patient, { op: 'token' as const, param: 'code', system: 's', code }] } : patient
        const page = must(await reader.search({ type: 'Observation', where, sort: [], count: 5, total: 'none', at: { ZJJ: t } }))
        return page.entries.length
      }
      for (const [i, code] of ['a', 'b', 'd', 'd'].entries()) {
        expect([await found(i + 1), await found(i + 1, code), await found(i + 1, 'c')], `t ${i + 1}`).to.deep.equal([1, 1, 0])
      }
      expect(must(await storage.checkIntegrity('ZJJ', ledger.rowsOf))).to.deep.equal([])
    })
  })
}

export function documentContract(engine: Engine): void {
  describe('a commit', () => {
    const bench = new Bench(engine, new ManualClock(0))

    it('keeps documents by their hash, once', async () => {
      const storage = await bench.open()
      const bytes = Buffer.from('<ClinicalDocument>'.repeat(500))
      const document = { sha256: createHash('sha256').update(bytes).digest('hex'), mediaType: 'application/hl7-cda+xml', bytes }
      for (let i = 0; i < 2; i++) must(await storage.commit({ tenant: 'ZJJ', cause: { by: 'test' }, documents: [document] }))
      const found = must(await storage.reader(scope).document(document.sha256))
      expect(found?.mediaType).to.equal(document.mediaType)
      expect(found?.bytes.equals(bytes)).to.equal(true)
      expect(must(await storage.reader(scope).document('none'))).to.equal(undefined)
    })
  })
}
