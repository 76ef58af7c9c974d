// Backups from end to end: of a store and log that never stop being written, put back to one moment with every message; damage of every kind is found.
import { spawnSync } from 'node:child_process'
import { appendFileSync, cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { openExtractor } from '#cdr/index/extract.ts'
import { logDirectory, openMessageLog } from '#engine/log/message-log.ts'
import { ManualClock } from '#kernel/clock.ts'
import { type Fault, faultText } from '#kernel/fault.ts'
import { noIndexRows } from '#kernel/index-entry.ts'
import type { MessageLog } from '#kernel/ports/log.ts'
import { must, type Result } from '#kernel/result.ts'
import { systemPrincipal } from '#kernel/tenant.ts'
import { keyFile } from '#platform/security/key-files.ts'
import { blindIndex } from '#platform/storage/blind-index.ts'
import { openStorage } from '#platform/storage/embedded/open-storage.ts'
import type { OwnedStorage } from '#platform/storage/embedded/owned-storage.ts'
import { makeBackup } from './make.ts'
import { restoreBackup } from './restore.ts'
import { verify } from './verify.ts'

const tenant = 'ZJJ'
const clock = new ManualClock(1_764_000_000_000)

class Site {
  readonly directory: string
  readonly storage: OwnedStorage
  readonly log: MessageLog
  readonly #digest: (value: string) => string
  taken = 0

  private constructor(directory: string, storage: OwnedStorage, log: MessageLog) {
    this.directory = directory
    this.storage = storage
    this.log = log
    this.#digest = blindIndex(keyFile(join(directory, 'keys'), 'blind-index'))
  }

  static async open(directory: string): Promise<Site> {
    const storage = must(await openStorage({ directory, clock }))
    must(await storage.openTenant(tenant))
    return new Site(directory, storage, openMessageLog({ directory, clock, segmentBytesMax: 4096 }))
  }

  /** One message as the engine keeps it: the bytes in the log, then journal, Observation and document in one commit. */
  async take(): Promise<void> {
    const number = ++this.taken
    const bytes = Buffer.from(`MSH|^~\\&|LIS|${number}|欧阳珅·𠮷田誠`)
    const { seq, position } = must(await this.log.append(tenant, '{}', bytes))
    const id = `o${number}`
    const body = {
      resourceType: 'Observation',
      id,
      meta: { versionId: '1', lastUpdated: '2026-11-23T10:00:00+08:00' },
      status: 'final',
      code: { coding: [{ system: 'http://loinc.org', code: `718-${number % 7}` }] },
      subject: { reference: `Patient/p${number % 3}` },
      effectiveDateTime: '2026-11-23T09:00:00+08:00',
    }
    const opens = openExtractor(this.#digest)(body)
    must(
      await this.storage.commit({
        tenant,
        cause: { by: 'system:test', message: seq },
        receives: [{ ...envelope, seq, position, receivedAtMs: clock.now(), status: 'received' }],
        advances: [{ seq, attempt: 0, status: 'processed', faults: [] }],
        resources: [
          { type: 'Observation', id, version: 0, op: 'create', body: JSON.stringify(body), facts: '[]', opens, closes: noIndexRows },
        ],
      }),
    )
  }

  async close(): Promise<void> {
    await this.log.close()
    await this.storage.close()
  }
}

const envelope = {
  tenant,
  channel: 'zjj-lis',
  source: 'ZJJ-LIS',
  facility: 'ZJJ',
  format: 'hl7v2',
  type: 'ORU^R01',
  controlId: '',
  remote: '',
  charset: 'utf-8',
  orderKeys: [],
  tags: [],
  ack: 'AA',
  duplicateKey: '',
  faults: [],
} as const

async function findings(directory: string): Promise<Fault[]> {
  const found: Fault[] = []
  for await (const checked of verify(directory)) found.push(...must(checked).findings)
  return found
}

function codeOf(result: Result<unknown>): string {
  return result.ok ? 'ok' : result.fault.code
}

function flip(path: string, at: number): void {
  const bytes = readFileSync(path)
  bytes[at]! ^= 0x20
  writeFileSync(path, bytes)
}

describe('a backup of the data directory', () => {
  let root: string
  const at = (name: string) => join(root, name)

  /** A closed site of so many messages, and a backup of it. */
  async function written(messages: number): Promise<void> {
    const site = await Site.open(at('data'))
    for (let i = 0; i < messages; i++) await site.take()
    await site.close()
    must(await makeBackup(at('data'), at('backup'), 0))
  }

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'huilian-backup-'))
  })
  afterEach(() => rmSync(root, { recursive: true, force: true, maxRetries: 3 }))

  it('is one moment with every message up to it, though writing never stops', async () => {
    const site = await Site.open(at('data'))
    let writing = true
    const writers = Array.from({ length: 4 }, async () => {
      while (writing) await site.take()
    })
    while (site.taken < 100) await new Promise(resolve => setTimeout(resolve, 1))
    const { parts } = must(await makeBackup(at('data'), at('backup'), 0))
    const before = site.taken
    while (site.taken < before + 20) await new Promise(resolve => setTimeout(resolve, 1))
    writing = false
    await Promise.all(writers)
    await site.close()
    expect((await findings(at('data'))).map(found => faultText(found, 'en'))).to.deep.equal([])
    must(await restoreBackup(at('backup'), at('restored')))
    expect((await findings(at('restored'))).map(found => faultText(found, 'en'))).to.deep.equal([])
    const restored = await Site.open(at('restored'))
    try {
      const reader = restored.storage.reader({ principal: systemPrincipal('test'), tenants: [tenant] })
      const part = parts[0]!
      expect(must(await reader.now())).to.deep.equal({ [tenant]: part.t })
      expect(must(await reader.lastMessage(tenant))).to.equal(part.seq)
      expect(part.t).to.equal(part.seq).and.to.be.at.least(90)
      const kept: number[] = []
      for await (const { seq } of restored.log.scan(tenant, 0)) kept.push(seq)
      expect(kept).to.deep.equal(Array.from({ length: part.lastSeq }, (_, i) => i + 1))
      expect(part.lastSeq).to.be.at.least(part.seq)
    } finally {
      await restored.close()
    }
  })

  it('is not made over another, nor of nothing, and is not put over a store', async () => {
    await written(3)
    expect(codeOf(await makeBackup(at('data'), at('backup'), 0))).to.equal('store.backup')
    expect(codeOf(await makeBackup(at('nothing'), at('other'), 0))).to.equal('store.backup')
    expect(codeOf(await restoreBackup(at('backup'), at('data')))).to.equal('store.restore')
    rmSync(join(at('backup'), 'backup.json'))
    expect(codeOf(await restoreBackup(at('backup'), at('restored')))).to.equal('store.restore')
  })

  it('is refused when the log ends before the journal, and leaves nothing behind', async () => {
    await written(60)
    const segments = readdirSync(logDirectory(at('data'), tenant)).sort()
    rmSync(join(logDirectory(at('data'), tenant), segments.at(-1)!))
    expect(codeOf(await makeBackup(at('data'), at('again'), 0))).to.equal('store.backup')
    expect(readdirSync(at('again'))).to.deep.equal([])
  })

  it('is put back after an interrupted restore', async () => {
    await written(3)
    mkdirSync(join(at('restored'), 'restoring', 'tenants', tenant), { recursive: true })
    writeFileSync(join(at('restored'), 'restoring', 'tenants', tenant, 'store.db'), 'half')
    must(await restoreBackup(at('backup'), at('restored')))
    expect(await findings(at('restored'))).to.deep.equal([])
    expect(readdirSync(at('restored'))).to.not.include('restoring')
  })

  it('is not put back when any of its files was damaged, lost or added', async () => {
    await written(5)
    const { files } = JSON.parse(readFileSync(join(at('backup'), 'backup.json'), 'utf8')) as { files: { path: string; bytes: number }[] }
    expect(files.map(file => file.path)).to.include.members(['keys/blind-index.key', `tenants/${tenant}/store.db`])
    const damages: ((path: string, bytes: number) => void)[] = [
      (path, bytes) => flip(path, bytes >> 1),
      path => rmSync(path),
      path => appendFileSync(path, 'x'),
    ]
    for (const { path, bytes } of files) {
      for (const damage of damages) {
        cpSync(at('backup'), at('damaged'), { recursive: true })
        damage(join(at('damaged'), path), bytes)
        expect(codeOf(await restoreBackup(at('damaged'), at('restored'))), path).to.equal('store.corrupt')
        rmSync(at('damaged'), { recursive: true })
      }
    }
    cpSync(at('backup'), at('damaged'), { recursive: true })
    writeFileSync(join(at('damaged'), 'tenants', tenant, 'log', '00000099.seg'), '')
    expect(codeOf(await restoreBackup(at('damaged'), at('restored')))).to.equal('store.corrupt')
  })

  it('shows what was damaged in place: a byte of a segment, a segment, a byte of the store', async () => {
    await written(60)
    const segment = join(logDirectory(at('data'), tenant), '00000001.seg')
    const whole = readFileSync(segment)
    expect(await findings(at('data'))).to.deep.equal([])
    flip(segment, 200)
    expect((await findings(at('data'))).map(found => found.code)).to.include.members(['store.segment-damaged', 'store.message-lost'])
    rmSync(segment)
    expect((await findings(at('data'))).map(found => found.code)).to.include.members(['store.segment-missing', 'store.message-lost'])
    writeFileSync(segment, whole)
    const store = join(at('data'), 'tenants', tenant, 'store.db')
    flip(store, readFileSync(store).indexOf('o17'))
    expect(new Set((await findings(at('data'))).map(found => found.code))).to.deep.equal(new Set(['store.corrupt']))
  })

  it('is made, put back and checked by commands', async () => {
    await written(3)
    const run = (file: string, dataDir: string, ...args: string[]) =>
      spawnSync(process.execPath, [join(import.meta.dirname, '..', file), ...args], {
        encoding: 'utf8',
        env: { ...process.env, HUILIAN_DATA_DIR: dataDir },
      })
    expect(run('backup.ts', at('data')).status).to.equal(2)
    const made = run('backup.ts', at('data'), at('by-command'))
    expect([made.status, made.stderr]).to.deep.equal([0, ''])
    expect(made.stdout).to.match(/备份完成：1 个租户/)
    expect(run('backup.ts', at('data'), at('by-command'))).to.include({ status: 1, stdout: '' })
    const restored = run('restore.ts', at('restored'), at('by-command'))
    expect([restored.status, restored.stderr]).to.deep.equal([0, ''])
    expect(run('verify.ts', at('restored')).stdout).to.match(/ZJJ：逻辑时间 3，消息至 3，日志至 3：完好/)
    flip(join(logDirectory(at('restored'), tenant), '00000001.seg'), 100)
    const verified = run('verify.ts', at('restored'))
    expect(verified.status).to.equal(1)
    expect(verified.stdout).to.match(/消息日志段 00000001\.seg 自第 36 字节起有 \d+ 字节损坏/)
  })
})
