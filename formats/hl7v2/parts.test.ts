// Which parts of a place hold anything: the walk over all of them agrees with reading each.
import { expect } from 'chai'
import fc from 'fast-check'
import { must } from '#kernel/result.ts'
import { parseMessage } from './message.ts'
import { type Parts, partsMax, type Segment } from './segment.ts'

const has = ({ low, high }: Parts, part: number): boolean => ((part <= 30 ? low >> (part - 1) : high >> (part - 31)) & 1) === 1

function segmentOf(text: string): Segment {
  return must(parseMessage(`MSH|^~\\&|A|B\r${text}\r`)).segments[1]!
}

describe('parts of a segment', () => {
  const text = fc.string({ unit: fc.constantFrom('a', '|', '|', '^', '&', '~', '\\', '"', '中'), maxLength: 120 })

  it('tells of every field, component and subcomponent what reading it would', () => {
    fc.assert(
      fc.property(text, fields => {
        const segment = segmentOf(`ZZZ|${fields}`)
        for (let field = 1; field <= partsMax; field++) {
          expect(has(segment.parts(), field), `field ${field}`).to.equal(segment.slice(field, 0) !== '')
          for (let repetition = 1; repetition <= segment.repetitions(field); repetition++) {
            const components = segment.parts(field, repetition)
            for (let component = 1; component <= 6; component++) {
              expect(has(components, component)).to.equal(segment.slice(field, repetition, component) !== '')
              const subcomponents = segment.parts(field, repetition, component)
              for (let part = 1; part <= 4; part++) {
                expect(has(subcomponents, part)).to.equal(segment.slice(field, repetition, component, part) !== '')
              }
            }
          }
        }
      }),
    )
  })

  it('counts MSH from its separator', () => {
    const { header } = must(parseMessage('MSH|^~\\&|LIS||X\r'))
    expect([1, 2, 3, 4, 5].map(field => has(header.parts(), field))).to.deep.equal([false, true, true, false, true])
  })

  it('finds nothing where nothing is', () => {
    expect(segmentOf('ZZZ').parts()).to.deep.equal({ low: 0, high: 0 })
    expect(segmentOf('ZZZ|a').parts(7)).to.deep.equal({ low: 0, high: 0 })
  })
})
