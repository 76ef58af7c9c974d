// Disks that are full or may not be written: every commit that was taken is there, every other is refused with a clear fault, and work goes on afterwards.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { expect } from 'chai'
import { ManualClock } from '#kernel/clock.ts'
import type { Commit } from '#kernel/commit.ts'
import { must, type Result } from '#kernel/result.ts'
import { commitOf, Ledger } from '../contract/ledger.ts'
import { checkTenant } from './integrity.ts'
import { openStorage } from './open-storage.ts'
import { Outgoing, type WireText } from './wire.ts'
import { openFile } from './writer/open-file.ts'
import { TenantWriter } from './writer/tenant-writer.ts'

/** Applies commits as one group; what each was told. */
function apply(writer: TenantWriter, commits: readonly Commit[]): (number | string)[] {
  const outgoing = new Outgoing()
  for (const [i, commit] of commits.entries()) outgoing.add(i, commit, 0)
  const { text, numbers, bytes } = outgoing.take()
  const { tape, commits: arrived } = JSON.parse(text) as WireText
  const told: (number | string)[] = []
  const settle = (i: number) => (outcome: Result<number>) => {
    told[i] = outcome.ok ? outcome.value : outcome.fault.code
  }
  writer.apply(arrived.map((commit, i) => ({ commit, arrived: { bytes, numbers, tape }, settle: settle(i) })))
  return told
}

function observation(number: number, bytes = 3_000): Commit {
  const [put] = new Ledger().puts([{ type: 'Observation', id: `o${number}`, rows: { patients: ['p'], codes: [], entries: [] } }])
  const note = Array.from({ length: bytes / 4 }, (_, i) => ((i * 7919 + number) % 100_003).toString(36)).join('')
  return commitOf('ZJJ', [{ ...put!, body: put!.body.replace('珅', note) }])
}

describe('trouble with the disk', () => {
  let root: string
  const path = () => join(root, 'store.db')
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'huilian-disk-'))
  })
  afterEach(() => rmSync(root, { recursive: true, force: true }))

  it('refuses whole groups when it is full, and goes on when there is room', async () => {
    const writer = new TenantWriter(must(openFile(path())))
    const { page_count: pages } = writer.db.prepare('PRAGMA page_count').get() as { page_count: number }
    writer.db.exec(`PRAGMA max_page_count = ${pages + 40}`)
    let taken = 0
    for (;;) {
      const told = apply(writer, [observation(2 * taken), observation(2 * taken + 1)])
      if (told[0] === 'store.full') {
        expect(told).to.deep.equal(['store.full', 'store.full'])
        break
      }
      expect(told).to.deep.equal([2 * taken + 1, 2 * taken + 2])
      taken++
    }
    expect(taken).to.be.greaterThan(2)
    writer.db.exec('PRAGMA max_page_count = 1000000')
    expect(apply(writer, [observation(2 * taken)])).to.deep.equal([2 * taken + 1])
    writer.close()
    expect(await checkTenant('ZJJ', path(), undefined)).to.deep.equal([])
    const db = new DatabaseSync(path(), { readOnly: true })
    expect(db.prepare('SELECT count(*) AS n, max(t) AS t FROM version').get()).to.include({ n: 2 * taken + 1, t: 2 * taken + 1 })
    db.close()
  })

  it('refuses commits to a file that may only be read', () => {
    must(openFile(path())).close()
    const writer = new TenantWriter(new DatabaseSync(path(), { readOnly: true }))
    expect(apply(writer, [observation(1)])).to.deep.equal(['store.unwritable'])
    writer.close()
  })

  it('opens no store where none can be made', async () => {
    writeFileSync(join(root, 'file'), '')
    const opened = await openStorage({ directory: join(root, 'file', 'data'), clock: new ManualClock(0) })
    expect(opened.ok ? 'opened' : opened.fault.code).to.equal('store.unwritable')
  })
})
