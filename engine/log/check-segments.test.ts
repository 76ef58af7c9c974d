// The check of the log finds planted damage, and nothing where there is none.
import { expect } from 'chai'
import fc from 'fast-check'
import { ManualClock } from '#kernel/clock.ts'
import { must } from '#kernel/result.ts'
import { checkSegments, type JournalRow } from './check-segments.ts'
import { type Dice, LossyFiles } from './lossy-files.ts'
import { logDirectory, openMessageLog } from './message-log.ts'

const tenant = 'ZJJ'
const directory = '/data'
const steady: Dice = () => 0

/** Twelve messages in several segments, and what the journal knows of them. */
async function written(): Promise<{ files: LossyFiles; journal: JournalRow[]; log: string }> {
  const files = new LossyFiles(steady)
  const log = openMessageLog({ directory, files, clock: new ManualClock(0), segmentBytesMax: 300 })
  const journal: JournalRow[] = []
  for (let i = 0; i < 12; i++) journal.push(must(await log.append(tenant, '{"channel":"zjj-his"}', Buffer.from(`PID|1||欧阳珅${i}`))))
  await log.close()
  return { files, journal, log: logDirectory(directory, tenant) }
}

async function codes({ files, journal, log }: Awaited<ReturnType<typeof written>>): Promise<string[]> {
  return (await checkSegments(log, files, journal)).findings.map(({ code }) => code)
}

describe('the check of the message log', () => {
  it('finds nothing in a whole log', async () => {
    const made = await written()
    const checked = await checkSegments(made.log, made.files, made.journal)
    expect(checked).to.deep.include({ records: 12, lastSeq: 12, findings: [] })
    expect(checked.segments).to.be.greaterThan(2)
  })

  it('finds every flipped byte', async () => {
    const made = await written()
    const places = made.files.paths.flatMap(path => Array.from(made.files.contentOf(path), (_, at) => [path, at] as const))
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...places), async ([path, at]) => {
        made.files.damage(path, at)
        expect((await codes(made)).length, `${path} at ${at}`).to.be.greaterThan(0)
        made.files.damage(path, at)
      }),
      { numRuns: 300, seed: 7 },
    )
    expect(await codes(made)).to.deep.equal([])
  })

  it('finds each missing segment and the messages that were in it', async () => {
    const paths = (await written()).files.paths
    for (const [i, path] of paths.entries()) {
      const made = await written()
      await made.files.remove(path)
      const found = await codes(made)
      expect(found, path).to.include('store.message-lost')
      if (i < paths.length - 1) expect(found, path).to.include('store.segment-missing')
    }
  })

  it('finds a journal that knows more than the log, and one that points elsewhere', async () => {
    const made = await written()
    const last = made.journal.at(-1)!
    made.journal.push({ seq: 13, position: { ...last.position, offset: 999 } })
    expect(await codes(made)).to.deep.equal(['store.message-lost'])
    made.journal[3] = { seq: 4, position: last.position }
    expect(await codes(made)).to.deep.equal(['store.message-lost', 'store.message-lost'])
  })

  it('tells messages that were lost together as one finding', async () => {
    const made = await written()
    for (const path of made.files.paths) await made.files.remove(path)
    const { findings } = await checkSegments(made.log, made.files, made.journal)
    const segments = new Set(made.journal.map(({ position }) => position.segment)).size
    expect(findings.length).to.equal(segments)
    expect(findings[0]!.args).to.include({ from: 1, segment: '00000001.seg' })
  })
})
