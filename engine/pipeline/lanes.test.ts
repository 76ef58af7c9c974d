// Lanes: order per key holds, nothing waits for ever, whatever the keys.
import { expect } from 'chai'
import fc from 'fast-check'
import { Lanes } from './lanes.ts'

describe('lanes', () => {
  it('run messages of different keys side by side and of one key in order', () => {
    const lanes = new Lanes<string>()
    expect(lanes.enter('a1', ['A'])).to.equal(true)
    expect(lanes.enter('b1', ['B'])).to.equal(true)
    expect(lanes.enter('a2', ['A'])).to.equal(false)
    expect(lanes.leave('b1')).to.deep.equal([])
    expect(lanes.leave('a1')).to.deep.equal(['a2'])
  })

  it('let a merge wait for both patients and hold both back', () => {
    const lanes = new Lanes<string>()
    lanes.enter('a1', ['A'])
    lanes.enter('b1', ['B'])
    expect(lanes.enter('merge', ['A', 'B'])).to.equal(false)
    lanes.enter('b2', ['B'])
    expect(lanes.leave('a1')).to.deep.equal([])
    expect(lanes.leave('b1')).to.deep.equal(['merge'])
    expect(lanes.leave('merge')).to.deep.equal(['b2'])
  })

  it('take a key named twice as one', () => {
    const lanes = new Lanes<string>()
    expect(lanes.enter('x', ['A', 'A'])).to.equal(true)
    expect(lanes.leave('x')).to.deep.equal([])
    expect(lanes.size).to.equal(0)
  })

  it('keep every order and let every message run (law)', () => {
    const keys = fc.array(fc.constantFrom('A', 'B', 'C', 'D'), { maxLength: 3 })
    fc.assert(
      fc.property(fc.array(keys, { maxLength: 40 }), fc.infiniteStream(fc.nat()), (messages, picks) => {
        const lanes = new Lanes<number>()
        const running: number[] = []
        const finished: number[] = []
        messages.forEach((orderKeys, i) => lanes.enter(i, orderKeys) && running.push(i))
        while (running.length > 0) {
          const [done] = running.splice(picks.next().value! % running.length, 1)
          finished.push(done!)
          running.push(...lanes.leave(done!))
        }
        expect(finished.length).to.equal(messages.length)
        for (const key of ['A', 'B', 'C', 'D']) {
          const ran = finished.filter(i => (messages[i] as string[]).includes(key))
          expect(ran).to.deep.equal([...ran].sort((a, b) => a - b))
        }
      }),
    )
  })
})
