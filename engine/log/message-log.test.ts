// The message log: what was acknowledged is there after every power cut, in order, byte for byte; nothing is invented.
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import fc from 'fast-check'
import { ManualClock } from '#kernel/clock.ts'
import type { LogAppend, LogRecord, MessageLog } from '#kernel/ports/log.ts'
import { must } from '#kernel/result.ts'
import { copySegments } from './copy-segments.ts'
import { type Dice, LossyFiles, type Refusal } from './lossy-files.ts'
import { logDirectory, openMessageLog } from './message-log.ts'
import { nodeFiles } from './node-files.ts'

const tenant = 'ZJJ'
const directory = '/data'

type Kept = { readonly append: LogAppend; readonly header: string; readonly text: string }

async function all(log: MessageLog, afterSeq = 0): Promise<LogRecord[]> {
  const records: LogRecord[] = []
  for await (const record of log.scan(tenant, afterSeq)) records.push(record)
  return records
}

/** A small generator of its own (mulberry32), so that a failing case runs again the same way. */
function dice(seed: number): Dice {
  return n => {
    seed = (seed + 0x6d2b79f5) | 0
    let x = Math.imul(seed ^ (seed >>> 15), 1 | seed)
    x = (x + Math.imul(x ^ (x >>> 7), 61 | x)) ^ x
    return (((x ^ (x >>> 14)) >>> 0) % Math.max(n, 1)) | 0
  }
}

/** Appends until the power is cut; returns what was acknowledged. */
async function appendUntilCut(log: MessageLog, sizes: readonly number[], mark: string): Promise<Kept[]> {
  const kept: Kept[] = []
  await Promise.all(
    sizes.map(async (size, i) => {
      if (i % 3 === 0) await Promise.resolve()
      const text = `${mark}-${i}-${'珅'.repeat(size)}`
      const header = JSON.stringify({ i, mark })
      const append = await log.append(tenant, header, Buffer.from(text))
      if (append.ok) kept.push({ append: append.value, header, text })
    }),
  )
  return kept.sort((a, b) => a.append.seq - b.append.seq)
}

describe('the message log', () => {
  it('keeps what it acknowledged through power cuts at every point', async () => {
    const run = fc.record({
      seed: fc.integer(),
      lives: fc.array(fc.record({ sizes: fc.array(fc.nat({ max: 400 }), { maxLength: 12 }), calls: fc.nat({ max: 30 }) }), {
        minLength: 1,
        maxLength: 5,
      }),
    })
    await fc.assert(
      fc.asyncProperty(run, async ({ seed, lives }) => {
        const files = new LossyFiles(dice(seed))
        const acknowledged: Kept[] = []
        const attempted = new Set<string>()
        for (const [life, { sizes, calls }] of lives.entries()) {
          files.cutPowerAfter(calls)
          const log = openMessageLog({ directory, files, clock: new ManualClock(1000 + life), segmentBytesMax: 1500 })
          for (const [i, size] of sizes.entries()) attempted.add(`${life}-${i}-${'珅'.repeat(size)}`)
          acknowledged.push(...(await appendUntilCut(log, sizes, String(life))))
          files.restart()
        }
        const log = openMessageLog({ directory, files, clock: new ManualClock(9000) })
        const records = await all(log)
        const bySeq = new Map(records.map(record => [record.seq, record]))
        for (const { append, header, text } of acknowledged) {
          expect(bySeq.get(append.seq)?.header).to.equal(header)
          expect(bySeq.get(append.seq)?.bytes.toString()).to.equal(text)
          expect(must(await log.read(tenant, append.position)).bytes.toString()).to.equal(text)
        }
        for (const [i, record] of records.entries()) {
          expect(attempted.has(record.bytes.toString()), 'nothing invented').to.equal(true)
          if (i > 0) expect(record.seq).to.be.greaterThan(records[i - 1]!.seq)
        }
        const next = must(await log.append(tenant, '{}', Buffer.from('after')))
        expect(next.seq).to.be.greaterThan(Math.max(0, ...acknowledged.map(kept => kept.append.seq)))
        await log.close()
      }),
      { numRuns: 400, seed: 1 },
    )
  })

  const refusals: Refusal[] = [
    { code: 'ENOSPC', after: 'nothing' },
    { code: 'ENOSPC', after: 'part' },
    { code: 'EIO', after: 'part' },
    { code: 'EIO', after: 'all' },
  ]
  for (const refusal of refusals) {
    it(`never acknowledges what failed with ${refusal.code} after ${refusal.after}, and goes on in a new segment`, async () => {
      const files = new LossyFiles(dice(7))
      const log = openMessageLog({ directory, files, clock: new ManualClock(0) })
      must(await log.append(tenant, '{}', Buffer.from('first')))
      files.refuseNextWrite(refusal)
      const refused = await Promise.all(['a', 'b', 'c'].map(text => log.append(tenant, '{}', Buffer.from(text))))
      const code = refusal.code === 'ENOSPC' ? 'store.full' : 'store.sync-failed'
      expect(refused.map(result => (result.ok ? 'kept' : result.fault.code))).to.deep.equal([code, code, code])
      const second = must(await log.append(tenant, '{}', Buffer.from('second')))
      expect(second).to.include({ seq: 2 })
      expect(second.position.segment).to.equal(2)
      files.restart()
      const records = await all(openMessageLog({ directory, files, clock: new ManualClock(1) }))
      expect(records.map(record => record.bytes.toString())).to.deep.equal(['first', 'second'])
    })
  }

  it('does not take damage inside a segment for its end', async () => {
    const files = new LossyFiles(dice(1))
    const log = openMessageLog({ directory, files, clock: new ManualClock(0) })
    const appends: LogAppend[] = []
    for (const text of ['one', 'two', 'three']) appends.push(must(await log.append(tenant, '{}', Buffer.from(text))))
    files.damage(`${directory}/tenants/${tenant}/log/00000001.seg`, appends[1]!.position.offset + 40)
    files.restart()
    const again = openMessageLog({ directory, files, clock: new ManualClock(1) })
    expect((await all(again)).map(record => record.bytes.toString())).to.deep.equal(['one', 'three'])
    const damaged = await again.read(tenant, appends[1]!.position)
    expect(damaged.ok ? 'read' : damaged.fault.code).to.equal('store.corrupt')
    expect(must(await again.append(tenant, '{}', Buffer.from('four'))).seq).to.equal(4)
  })

  it('scans behind a number across segments', async () => {
    const files = new LossyFiles(dice(2))
    const log = openMessageLog({ directory, files, clock: new ManualClock(0), segmentBytesMax: 200 })
    for (let i = 1; i <= 20; i++) must(await log.append(tenant, String(i), Buffer.from(`message ${i}`)))
    expect(files.paths.length).to.be.greaterThan(3)
    expect((await all(log, 13)).map(record => [record.seq, record.header])).to.deep.equal(
      [14, 15, 16, 17, 18, 19, 20].map(i => [i, String(i)]),
    )
  })

  it('drops whole segments by age and goes on counting', async () => {
    const files = new LossyFiles(dice(3))
    const clock = new ManualClock(0)
    const log = openMessageLog({ directory, files, clock, segmentBytesMax: 100 })
    for (let i = 1; i <= 6; i++) {
      must(await log.append(tenant, '{}', Buffer.from(`message number ${i}`)))
      must(await log.append(tenant, '{}', Buffer.from(`message number ${i} again`)))
      clock.advance(1000)
    }
    const before = (await all(log)).length
    expect(await log.drop(tenant, 3500)).to.equal(3)
    const left = await all(log)
    expect(before - left.length).to.equal(6)
    expect(await log.drop(tenant, Number.MAX_SAFE_INTEGER)).to.be.greaterThan(0)
    files.restart()
    const again = openMessageLog({ directory, files, clock, segmentBytesMax: 100 })
    expect(must(await again.append(tenant, '{}', Buffer.from('next'))).seq).to.equal(13)
  })

  it('finds text in UTF-8 and GB18030, newest first, and no bytes that only look like it', async () => {
    const files = new LossyFiles(dice(4))
    const log = openMessageLog({ directory, files, clock: new ManualClock(5000), segmentBytesMax: 150 })
    const gb = (text: number[]) => Buffer.from(text)
    const messages = [
      Buffer.from('PID|1||王小明'),
      // 珅 in GB18030 is AB 7C: its second byte is the letter |.
      gb([0x50, 0x49, 0x44, 0xab, 0x7c]),
      // 啊不 is B0 A1 B2 BB: the bytes A1 B2 of 〔 stand across its two characters.
      gb([0xb0, 0xa1, 0xb2, 0xbb]),
      Buffer.from('PID|2||珅珅'),
    ]
    for (const bytes of messages) must(await log.append(tenant, '{}', bytes))
    const find = async (text: string, limit = 10) => (await log.find(tenant, text, { limit, msMax: 1000 })).seqs
    expect(await find('珅')).to.deep.equal([4, 2])
    expect(await find('珅', 1)).to.deep.equal([4])
    expect(await find('〔')).to.deep.equal([])
    expect(await find('王小明')).to.deep.equal([1])
    expect(await find('没有')).to.deep.equal([])
    expect((await log.find(tenant, '珅', { limit: 10, msMax: 1000, sinceMs: 6000 })).seqs).to.deep.equal([])
  })

  it('answers for what it cannot do', async () => {
    const log = openMessageLog({ directory, files: new LossyFiles(dice(5)), clock: new ManualClock(0) })
    must(await log.append(tenant, '{}', Buffer.from('x')))
    const unknown = await log.read(tenant, { segment: 9, offset: 0, length: 10 })
    expect(unknown.ok ? 'read' : unknown.fault.code).to.equal('message.unknown')
    const wrong = await log.read(tenant, { segment: 1, offset: 3, length: 30 })
    expect(wrong.ok ? 'read' : wrong.fault.code).to.equal('store.corrupt')
    await log.close()
    const closed = await log.append(tenant, '{}', Buffer.from('x'))
    expect(closed.ok ? 'kept' : closed.fault.code).to.equal('store.closed')
  })
})

describe('the message log on a real disk', () => {
  let root: string
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'huilian-log-'))
  })
  afterEach(() => rmSync(root, { recursive: true, force: true }))

  it('keeps messages over a restart and in a copy made while it grows', async () => {
    const log = openMessageLog({ directory: root, clock: new ManualClock(0), segmentBytesMax: 4096 })
    const texts = Array.from({ length: 50 }, (_, i) => `消息 ${i} ${'𠮷䶮'.repeat(i)}`)
    const appends = await Promise.all(texts.map(text => log.append(tenant, '{"a":1}', Buffer.from(text))))
    expect(appends.map(append => must(append).seq)).to.deep.equal(texts.map((_, i) => i + 1))
    const later = Array.from({ length: 50 }, (_, i) => log.append(tenant, '{"a":1}', Buffer.from(`later ${i}`)))
    const copied = must(await copySegments(logDirectory(root, tenant), logDirectory(join(root, 'copy'), tenant), 50, nodeFiles))
    expect(copied.lastSeq).to.be.within(50, 100)
    for (const append of await Promise.all(later)) must(append)
    const early = await copySegments(logDirectory(root, tenant), join(root, 'early'), 101, nodeFiles)
    expect(early.ok ? 'copied' : early.fault.code).to.equal('store.backup')
    await log.close()
    for (const directory of [root, join(root, 'copy')]) {
      const again = openMessageLog({ directory, clock: new ManualClock(0) })
      expect((await all(again)).map(record => record.bytes.toString()).slice(0, 50)).to.deep.equal(texts)
      await again.close()
    }
  })

  it('gives no number twice when it lost its end', async () => {
    const log = openMessageLog({ directory: root, clock: new ManualClock(0), segmentBytesMax: 100 })
    for (let i = 1; i <= 6; i++) must(await log.append(tenant, '{}', Buffer.from('message '.repeat(10))))
    await log.close()
    const names = readdirSync(logDirectory(root, tenant)).sort()
    for (const name of names.slice(-2)) rmSync(join(logDirectory(root, tenant), name))
    const again = openMessageLog({ directory: root, clock: new ManualClock(0) })
    expect(await all(again, 6)).to.deep.equal([])
    expect(must(await again.append(tenant, '{}', Buffer.from('next'))).seq).to.equal(7)
    await again.close()
  })
})
