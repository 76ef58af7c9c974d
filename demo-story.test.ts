// The demo's story: told once, gone on with after a restart, begun anew after a long absence.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { simulator } from '#adapters/zjj-lis/simulator.ts'
import { ManualClock } from '#kernel/clock.ts'
import { must } from '#kernel/result.ts'
import { systemTenant } from '#kernel/tenant.ts'
import { openStorage } from '#platform/storage/embedded/open-storage.ts'
import type { OwnedStorage } from '#platform/storage/embedded/owned-storage.ts'
import { DemoStory } from './demo-story.ts'

describe('the story of the demo', () => {
  let directory: string
  let storage: OwnedStorage
  const clock = new ManualClock(Date.UTC(2026, 10, 20, 4))
  before(async () => {
    directory = mkdtempSync(join(tmpdir(), 'huilian-story-'))
    storage = must(await openStorage({ directory, clock }))
    must(await storage.openTenant(systemTenant))
  })
  after(async () => {
    await storage.close()
    rmSync(directory, { recursive: true, force: true })
  })

  const pace = { historyDays: 1, historyPerDay: 20, livePerDay: 200 }
  const tell = async (story: DemoStory, count: number) => {
    const messages = story.rest('zjj-lis', simulator('a', { now: () => story.startedAtMs }, pace))
    const told = []
    while (told.length < count) told.push((await messages.next()).value!)
    return told
  }
  const bytesOf = (messages: readonly { bytes: Buffer }[]) => messages.map(({ bytes }) => bytes.toString('latin1'))

  it('goes on after a restart where each system stopped, the last message before it told once more', async () => {
    const first = await DemoStory.open(storage, clock)
    const whole = bytesOf(await tell(await DemoStory.open(storage, clock), 30))
    expect(bytesOf(await tell(first, 10))).to.deep.equal(whole.slice(0, 10))
    await first.remember()
    clock.advance(60_000)
    const second = await DemoStory.open(storage, clock)
    expect(second.startedAtMs).to.equal(first.startedAtMs)
    expect(bytesOf(await tell(second, 20))).to.deep.equal(whole.slice(9, 29))
  })

  it('tells what is due at its time, however long the telling took', async () => {
    const story = await DemoStory.open(storage, clock)
    const messages = story.rest('other', simulator('a', { now: () => story.startedAtMs }, pace))
    let next = (await messages.next()).value!
    while (next.delayMs === 0) next = (await messages.next()).value!
    clock.advance(next.delayMs + 5_000)
    const after = (await messages.next()).value!
    expect(after.delayMs).to.be.lessThan(86_400_000)
    clock.advance(after.delayMs)
    expect((await messages.next()).value!.delayMs).to.be.at.least(0)
  })

  it('begins anew for who comes back after days', async () => {
    clock.advance(3 * 86_400_000)
    const story = await DemoStory.open(storage, clock)
    expect(story.startedAtMs).to.equal(clock.now())
  })
})
