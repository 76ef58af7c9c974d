// Places of findings in the text: lines as all three systems end them, with and without a length.
import { expect } from 'chai'
import { lineStarts, placeOf } from './places.ts'

describe('places of findings', () => {
  for (const [name, text] of [
    ['LF', 'MSH|1\nPID|22\n\nZZ'],
    ['CR', 'MSH|1\rPID|22\r\rZZ'],
    ['CR LF', 'MSH|1\r\nPID|22\r\n\r\nZZ'],
  ] as const)
    it(`count lines ended by ${name}`, () => {
      const starts = lineStarts(text)
      expect(starts.length).to.equal(4)
      const at = (line: number, column: number, length?: number) => {
        const place = placeOf({ line, column, ...(length ? { length } : {}) }, text, starts)!
        return text.slice(place.from, place.to)
      }
      expect([at(2, 5), at(2, 5, 1), at(4, 1), at(1, 1, 3)]).to.deep.equal(['22', '2', 'ZZ', 'MSH'])
    })

  it('leave the comma of JSON out', () => {
    const text = '{\n  "gender": "女",\n}'
    const place = placeOf({ line: 2, column: 3 }, text, lineStarts(text))!
    expect(text.slice(place.from, place.to)).to.equal('"gender": "女"')
  })

  it('are unknown without a line, or past the end', () => {
    expect(placeOf({}, 'a', lineStarts('a'))).to.equal(undefined)
    expect(placeOf({ line: 9 }, 'a', lineStarts('a'))).to.equal(undefined)
  })

  it('never reach beyond the text', () => {
    expect(placeOf({ line: 1, column: 90, length: 5 }, 'abc', lineStarts('abc'))).to.deep.equal({ from: 3, to: 3 })
  })
})
