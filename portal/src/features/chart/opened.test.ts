// What lies open over a chart, in the URL and back; a hand-made URL opens nothing strange.
import { expect } from 'chai'
import fc from 'fast-check'
import { type Opened, readOpened, writeOpened } from './opened.ts'

describe('what lies open over a chart', () => {
  const word = fc.string({ minLength: 1 })
  const one: fc.Arbitrary<Opened> = fc.oneof(
    word.map((item): Opened => ({ kind: 'trend', item })),
    word.map((id): Opened => ({ kind: 'report', id })),
    fc.tuple(word, word).map(([type, id]): Opened => ({ kind: 'raw', type, id })),
  )

  it('reads back as written', () => {
    fc.assert(
      fc.property(fc.array(one, { maxLength: 4 }), opened => {
        expect(readOpened(writeOpened(opened))).to.deep.equal(opened)
      }),
    )
  })

  it('keeps the topmost four', () => {
    const opened = Array.from({ length: 6 }, (_, i): Opened => ({ kind: 'report', id: String(i) }))
    expect(readOpened(writeOpened(opened))).to.deep.equal(opened.slice(-4))
  })

  for (const wrong of [undefined, '', '~~', 'trend:', 'raw:Patient', 'window:open', 'raw'])
    it(`opens nothing for ${wrong}`, () => expect(readOpened(wrong)).to.deep.equal([]))
})
