// The player keeps the order, waits the delays, and repeats what was not answered.
import { expect } from 'chai'
import { fault } from '#kernel/fault.ts'
import { failed, ok } from '#kernel/result.ts'
import type { Sender } from '../connectors/connector.ts'
import { Player } from './player.ts'

const message = (text: string, delayMs = 0) => ({ delayMs, bytes: Buffer.from(text), kind: 'x' })
const accepted = ok({ accepted: true, code: 'AA', transient: false, text: '' })

describe('the player', () => {
  it('sends in order and repeats what was not answered', async () => {
    const got: string[] = []
    const sender: Sender = {
      send: async bytes => {
        got.push(String(bytes))
        return got.length === 2 ? failed(fault('destination.unreachable', { args: { destination: 'x' } })) : accepted
      },
      close: async () => undefined,
    }
    const player = new Player([message('a'), message('b', 1), message('c')], { sender })
    await player.done
    expect(got).to.deep.equal(['a', 'b', 'b', 'c'])
    expect(player.sent).to.equal(3)
  })

  it('stops in the middle of a wait', async () => {
    const sender: Sender = { send: async () => accepted, close: async () => undefined }
    const player = new Player([message('a'), message('b', 3_600_000)], { sender })
    await new Promise(resolve => setImmediate(resolve))
    await player.stop()
    expect(player.sent).to.equal(1)
  })
})
