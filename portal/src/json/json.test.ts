// Exact JSON: numbers as written, spans that hold what they name, and printing that reads back.
import { expect } from 'chai'
import fc from 'fast-check'
import { ExactNumber, type Json, readJson } from './exact.ts'
import { printJson } from './print.ts'

describe('portal/json', () => {
  it('keeps decimals as written', () => {
    const { value } = readJson('{"a":5.10,"b":[1e3,-0,7]}')!
    expect((value as { a: ExactNumber }).a).to.be.instanceOf(ExactNumber)
    expect(printJson(value)).to.equal('{\n  "a": 5.10,\n  "b": [1e3, -0, 7]\n}')
  })

  it('knows where everything stands', () => {
    const text = '{ "name": [ {"text": "张\\"三"} ], "ok": true }'
    const { spans } = readJson(text)!
    const at = (path: string) => spans.filter(span => span.path === path).map(span => text.slice(span.from, span.to))
    expect(at('name[0].text')).to.deep.equal(['"张\\"三"'])
    expect(at('name[0]')).to.deep.equal(['{"text": "张\\"三"}'])
    expect(at('ok')).to.deep.equal(['true'])
    expect(at('')).to.deep.equal([text])
  })

  for (const wrong of ['', '{', '{"a":}', '[1,]', '{"a":1}x', '"open', '{a:1}', `${'['.repeat(5000)}`])
    it(`refuses ${wrong.slice(0, 12) || 'nothing'}`, () => expect(readJson(wrong)).to.equal(undefined))

  it('prints what reads back to the same', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 5 }), given => {
        const text = JSON.stringify(given)
        const once = readJson(text)!
        const again = readJson(printJson(once.value as Json))!
        expect(again.value).to.deep.equal(once.value)
        for (const { from, to } of once.spans) expect(() => JSON.parse(text.slice(from, to))).not.to.throw()
      }),
      { numRuns: 200 },
    )
  })
})
