// The pipeline: order per key across retries and failures, bounded hand-over, blocking lanes.
import { expect } from 'chai'
import { systemClock } from '#kernel/clock.ts'
import type { MessageStatus } from '#kernel/envelope.ts'
import type { Item, Settled } from './item.ts'
import { Pipeline } from './pipeline.ts'
import { retryDelayMs } from './retry.ts'

function item(seq: number, ...orderKeys: string[]): Item {
  return {
    tenant: 'ZJJ',
    seq,
    channel: 'c',
    format: 'hl7v2',
    type: 'ADT^A01',
    source: 'ZJJ-HIS',
    facility: 'ZJJ',
    receivedAtMs: seq,
    orderKeys,
    position: { segment: 1, offset: 0, length: 1 },
    charset: 'utf-8',
    attempt: 0,
    replay: false,
    text: `m${seq}`,
  }
}

/** A pipeline whose worker answers at once by the given rule; `ran` is the order of work. */
function start(rule: (item: Item) => MessageStatus, blocks = false) {
  const ran: string[] = []
  const settledSeqs: number[] = []
  let largestBatch = 0
  const pipeline: Pipeline = new Pipeline({
    clock: systemClock,
    blocks: () => blocks,
    onSettled: (_item, settled) => settled.status !== 'retrying' && settledSeqs.push(settled.seq),
    work: batch => {
      largestBatch = Math.max(largestBatch, batch.length)
      setImmediate(() => pipeline.settled(batch.map(answer)))
    },
  })
  const answer = (work: Item): Settled => {
    ran.push(`${work.seq}.${work.attempt}`)
    return {
      tenant: work.tenant,
      seq: work.seq,
      attempt: work.attempt,
      status: rule(work),
      faults: [],
      destinations: [],
      resources: [],
      t: 1,
    }
  }
  const drained = async (count: number) => {
    while (settledSeqs.length < count) await new Promise(resolve => setTimeout(resolve, 1))
  }
  return { pipeline, ran, settledSeqs, drained, largest: () => largestBatch }
}

describe('the pipeline', () => {
  it('keeps the order of a key while a message is retried', async () => {
    const { pipeline, ran, drained } = start(work => (work.seq === 1 && work.attempt < 2 ? 'retrying' : 'processed'))
    for (const work of [item(1, 'A'), item(2, 'A'), item(3, 'B')]) pipeline.submit(work)
    await drained(3)
    expect(ran.filter(entry => !entry.startsWith('3'))).to.deep.equal(['1.0', '1.1', '1.2', '2.0'])
    expect(pipeline.backlog).to.equal(0)
  })

  it('goes on after a permanent failure', async () => {
    const { pipeline, settledSeqs, drained } = start(work => (work.seq === 1 ? 'failed' : 'processed'))
    pipeline.submit(item(1, 'A'))
    pipeline.submit(item(2, 'A'))
    await drained(2)
    expect(settledSeqs).to.deep.equal([1, 2])
  })

  it('holds a lane back where the channel says so, until it is released', async () => {
    const { pipeline, settledSeqs, drained } = start(work => (work.seq === 1 ? 'failed' : 'processed'), true)
    for (const work of [item(1, 'A'), item(2, 'A'), item(3, 'B')]) pipeline.submit(work)
    await drained(2)
    expect(settledSeqs).to.deep.equal([1, 3])
    pipeline.release('ZJJ-1')
    await drained(3)
    expect(settledSeqs).to.deep.equal([1, 3, 2])
  })

  it('takes a message once, and hands over a bounded number', async () => {
    const { pipeline, ran, drained, largest } = start(() => 'processed')
    for (let seq = 0; seq < 2000; seq++) pipeline.submit(item(seq, `k${seq}`))
    pipeline.submit(item(5, 'k5'))
    await drained(2000)
    expect(ran.length).to.equal(2000)
    expect(largest()).to.be.at.most(512)
  })

  it('waits for what is with the worker when it stops', async () => {
    const { pipeline, settledSeqs } = start(() => 'processed')
    pipeline.submit(item(1, 'A'))
    await new Promise(resolve => setImmediate(resolve))
    await pipeline.stop()
    expect(settledSeqs).to.deep.equal([1])
  })

  it('backs off exponentially up to a bound, and gives up', () => {
    expect([0, 1, 2].map(attempt => Math.round(retryDelayMs(attempt, 0)! / 150))).to.deep.equal([1, 2, 4])
    expect(retryDelayMs(6, 1)).to.be.at.most(60_000 * 1.25)
    expect(retryDelayMs(7, 1)).to.equal(undefined)
  })
})
