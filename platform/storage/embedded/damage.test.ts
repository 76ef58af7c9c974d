// Flipped bytes of a tenant's file: each is found by the check, or changes nothing that can be read.
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { expect } from 'chai'
import fc from 'fast-check'
import { ManualClock } from '#kernel/clock.ts'
import { must } from '#kernel/result.ts'
import { type Change, commitOf, Ledger } from '../contract/ledger.ts'
import { readStored, readText } from './body.ts'
import { checkTenant, pageFindings } from './integrity.ts'
import { openStorage } from './open-storage.ts'
import { storeFile } from './paths.ts'
import { indexTables } from './rows.ts'

const tenant = 'ZJJ'
const flips = 150

/** Bodies and facts by resource and version, and every open index row. */
function readable(path: string): string {
  const db = new DatabaseSync(path, { readOnly: true })
  try {
    const bodies = db
      .prepare(
        'SELECT substr(c.bytes, v.start + 1, v.size) AS bytes, v.op, v.facts FROM version v CROSS JOIN chunk c ON c.id = v.t * 16384 + v.chunk ORDER BY v.key',
      )
      .all()
      .map(row => [row['op'], readText(row['facts'] as Uint8Array), readStored(row['bytes'] as Uint8Array)?.stored.body.toString()])
    const rows = Object.keys(indexTables).map(table => db.prepare(`SELECT * FROM ${table} WHERE to_t IS NULL`).all())
    return JSON.stringify([bodies, rows])
  } catch (error) {
    return String(error)
  } finally {
    db.close()
  }
}

describe('damage of a file', () => {
  let root: string
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'huilian-damage-'))
  })
  afterEach(() => rmSync(root, { recursive: true, force: true }))

  it('is found, or cannot be read', async () => {
    const storage = must(await openStorage({ directory: root, clock: new ManualClock(0) }))
    must(await storage.openTenant(tenant))
    const ledger = new Ledger()
    for (let i = 0; i < 40; i++) {
      const changes: Change[] = [0, 1, 2].map(n => ({
        type: 'Observation',
        id: `o${(i * 3 + n) % 70}`,
        rows: {
          entries: [
            { kind: 'token', param: 'code', system: 'http://loinc.org', code: `718-${i}` },
            { kind: 'string', param: 'note', text: `欧阳珅${n}` },
            { kind: 'date', param: 'date', from: i * 1000, to: i * 1000 + 1 },
          ],
          patients: [`p${n}`],
          codes: [`http://loinc.org|718-${i}`],
          whenMs: i * 1000,
        },
      }))
      const puts = ledger.puts(changes)
      ledger.note(puts, changes, must(await storage.commit(commitOf(tenant, puts))).t)
    }
    await storage.close()
    const whole = storeFile(root, tenant)
    const before = readable(whole)
    const bytes = readFileSync(whole)
    expect([...pageFindings(whole), ...(await checkTenant(tenant, whole, ledger.rowsOf))]).to.deep.equal([])
    const path = join(root, 'damaged.db')
    await fc.assert(
      fc.asyncProperty(fc.nat({ max: bytes.length - 1 }), fc.integer({ min: 1, max: 255 }), async (at, change) => {
        copyFileSync(whole, path)
        const damaged = Buffer.from(bytes)
        damaged[at]! ^= change
        writeFileSync(path, damaged)
        const found = pageFindings(path).length > 0 || (await checkTenant(tenant, path, ledger.rowsOf)).length > 0
        if (!found) expect(readable(path), `byte ${at}`).to.equal(before)
      }),
      { numRuns: flips, seed: 3 },
    )
  }).timeout(60_000)
})
