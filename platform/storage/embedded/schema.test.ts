// Files of other versions: older ones are brought forward with everything in them, newer ones are left alone.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { expect } from 'chai'
import { ManualClock } from '#kernel/clock.ts'
import { must } from '#kernel/result.ts'
import { commitOf, Ledger } from '../contract/ledger.ts'
import { checkTenant } from './integrity.ts'
import { openStorage } from './open-storage.ts'
import { storeFile } from './paths.ts'
import { migrate, migrations } from './schema.ts'

const tenant = 'ZJJ'
const next = 'ALTER TABLE claim ADD COLUMN since INTEGER NOT NULL DEFAULT 7;'
const clock = new ManualClock(0)

describe('the version of a file', () => {
  let root: string
  const path = () => storeFile(root, tenant)
  const versionOf = (db: DatabaseSync) => db.prepare('PRAGMA user_version').get()!['user_version']

  beforeEach(async () => {
    root = mkdtempSync(join(tmpdir(), 'huilian-schema-'))
    const storage = must(await openStorage({ directory: root, clock }))
    must(await storage.openTenant(tenant))
    const puts = new Ledger().puts([{ type: 'Patient', id: 'a' }])
    must(await storage.commit(commitOf(tenant, puts, { claims: [{ key: 'mrn|1', holder: 'Patient/a' }] })))
    await storage.close()
  })
  afterEach(() => rmSync(root, { recursive: true, force: true }))

  it('goes forward step by step, and everything stays', async () => {
    const db = new DatabaseSync(path())
    must(migrate(db, [...migrations, next, 'CREATE TABLE later (x);']))
    expect(versionOf(db)).to.equal(migrations.length + 2)
    expect(db.prepare('SELECT holder, since FROM claim').all()).to.deep.equal(
      [{ holder: 'Patient/a', since: 7 }].map(row => Object.assign(Object.create(null), row)),
    )
    db.close()
    expect(await checkTenant(tenant, path(), undefined)).to.deep.equal([])
  })

  it('stays where it was when a step fails', () => {
    const db = new DatabaseSync(path())
    expect(() => migrate(db, [...migrations, next, `CREATE TABLE later (x); DELETE FROM claim; INSERT INTO nowhere VALUES (1);`])).to.throw(
      /nowhere/,
    )
    expect(versionOf(db)).to.equal(migrations.length + 1)
    expect(db.prepare('SELECT count(*) AS n FROM claim').get()!['n']).to.equal(1)
    db.close()
  })

  it('is refused when a newer program wrote it, and the file is left as it was', async () => {
    const db = new DatabaseSync(path())
    db.exec('PRAGMA user_version = 99')
    db.close()
    const before = readFileSync(path())
    const opened = await openStorage({ directory: root, clock })
    expect(opened.ok || opened.fault).to.deep.include({ code: 'store.newer', args: { found: 99, known: migrations.length } })
    expect(readFileSync(path()).equals(before)).to.equal(true)
  })

  it('is refused when the directory is of a newer layout, or says nothing that can be read', async () => {
    for (const [text, code] of [
      ['{"layout": 99}', 'store.newer'],
      ['{', 'store.corrupt'],
    ] as const) {
      writeFileSync(join(root, 'version.json'), text)
      const opened = await openStorage({ directory: root, clock })
      expect(opened.ok ? 'opened' : opened.fault.code).to.equal(code)
    }
  })
})
