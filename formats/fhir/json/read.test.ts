// FHIR JSON reading: decimals as received, agreement with JSON.parse on good text, a located fault on bad text.
import { expect } from 'chai'
import fc from 'fast-check'
import { must } from '#kernel/result.ts'
import { ExactDecimal } from '../decimal.ts'
import { parseJson, parseResource } from './read.ts'
import { readStored } from './stored.ts'

describe('FHIR JSON', () => {
  it('keeps numbers that a double prints back, and the text of all others', () => {
    const text = '{"a":5.1,"b":5.10,"c":1.0E+3,"d":123456789012345678901234567890,"e":-0,"f":0,"g":-12,"h":1e3,"i":0.1,"j":[1.0,2]}'
    const object = must(parseResource(text))
    expect([object['a'], object['f'], object['g'], object['i']]).to.deep.equal([5.1, 0, -12, 0.1])
    for (const name of ['b', 'c', 'd', 'e', 'h']) expect(object[name], name).to.be.instanceOf(ExactDecimal)
    expect(JSON.stringify(object)).to.equal(text)
  })

  it('reads what JSON.parse reads, whatever the layout', () => {
    fc.assert(
      fc.property(fc.jsonValue({ noUnicodeString: false }), fc.constantFrom(undefined, 2, '\t'), (value, indent) => {
        const text = JSON.stringify(value, undefined, indent)
        fc.pre(
          !text.includes('__proto__') && !text.includes('\\u0000') && !text.includes('\\ud') && !/[-e]/.test(text.replace(/"[^"]*"/g, '')),
        )
        expect(JSON.stringify(must(parseJson(text)))).to.equal(JSON.stringify(JSON.parse(text)))
      }),
    )
  })

  it('reads UTF-8 bytes, with or without a byte-order mark', () => {
    const bytes = new TextEncoder().encode('\ufeff{"family":"𠮷","given":["珅","誠","䶮"]}')
    expect(must(parseResource(bytes))).to.deep.equal({ family: '𠮷', given: ['珅', '誠', '䶮'] })
    expect(must(parseResource('{"a":"\\u5f20\\n\\uD842\\uDFB7\\/"}'))).to.deep.equal({ a: '张\n𠮷/' })
  })

  it('takes names that every object inherits as ordinary members', () => {
    expect(Object.keys(must(parseResource('{"constructor":1,"toString":null,"hasOwnProperty":[]}')))).to.have.length(3)
  })

  const wrong: [string, string, string][] = [
    ['', 'json.empty', '1:1'],
    ['  \n ', 'json.empty', '1:1'],
    ['[1]', 'json.not-object', '1:1'],
    ['"text"', 'json.not-object', '1:1'],
    ['{"a":1', 'json.unfinished', '1:7'],
    ['{"a":}', 'json.value-expected', '1:6'],
    ['{"a":undefined}', 'json.value-expected', '1:6'],
    ['{\n "a": 1,\n}', 'json.member-expected', '3:1'],
    ['{a:1}', 'json.member-expected', '1:2'],
    ["{'a':1}", 'json.member-expected', '1:2'],
    ['{"a" 1}', 'json.colon-expected', '1:6'],
    ['{"a":1 "b":2}', 'json.separator-expected', '1:8'],
    ['{"a":[1 2]}', 'json.separator-expected', '1:9'],
    ['{"a":1} x', 'json.trailing', '1:9'],
    ['{"a":1}{}', 'json.trailing', '1:8'],
    ['{"a":"x', 'json.string-unfinished', '1:6'],
    ['{"a":"x\\', 'json.string-unfinished', '1:6'],
    ['{"a":"line\nbreak"}', 'json.string-control', '1:11'],
    ['{"a":"nul\0"}', 'json.string-control', '1:10'],
    ['{"a":"\\u0000"}', 'json.nul', '1:7'],
    ['{"a":"\\x41"}', 'json.escape-invalid', '1:7'],
    ['{"a":"\\u12"}', 'json.escape-invalid', '1:7'],
    ['{"a":"\\ud800"}', 'json.surrogate', '1:7'],
    ['{"a":"\ud800"}', 'json.surrogate', '1:7'],
    ['{"a":01}', 'json.number-invalid', '1:6'],
    ['{"a":1.}', 'json.number-invalid', '1:6'],
    ['{"a":-}', 'json.number-invalid', '1:6'],
    ['{"a":1e}', 'json.number-invalid', '1:6'],
    ['{"a":+1}', 'json.value-expected', '1:6'],
    ['{"a":.5}', 'json.value-expected', '1:6'],
    ['{"a":NaN}', 'json.value-expected', '1:6'],
    [`{"a":${'9'.repeat(1001)}}`, 'json.number-too-long', '1:6'],
    ['{"a":1,\n "a":2}', 'json.member-duplicate', '2:2'],
    ['{"a":{"b":null,"b":null}}', 'json.member-duplicate', '1:16'],
    ['{"__proto__":{"x":1}}', 'json.member-forbidden', '1:2'],
    ['{"\\u005f_proto__":{"x":1}}', 'json.member-forbidden', '1:2'],
    [`${'{"a":'.repeat(101)}1${'}'.repeat(101)}`, 'json.depth', '1:501'],
    [`{"a":${'['.repeat(200_000)}`, 'json.depth', '1:105'],
  ]
  for (const [text, code, at] of wrong) {
    it(`answers ${JSON.stringify(text.slice(0, 30))} with ${code} at ${at}`, () => {
      const result = parseResource(text)
      expect(result.ok ? 'read' : result.fault.code).to.equal(code)
      expect(result.ok ? '' : result.fault.at).to.equal(at)
    })
  }

  it('names the first byte that is not UTF-8', () => {
    const gbk = Uint8Array.from([...new TextEncoder().encode('{"family":"'), 0xd5, 0xc5, 0x22, 0x7d])
    const result = parseResource(gbk)
    expect(result).to.deep.include({ ok: false })
    expect(!result.ok && result.fault).to.deep.include({ code: 'json.encoding', args: { offset: 11 } })
  })

  it('reads its own stored bodies, decimals included', () => {
    const bodies = [
      '{"value":5.10}',
      '{"value":1E3}',
      '{"value":-0}',
      '{"value":-0.0,"x":1}',
      '{"a":[1.50]}',
      '{"value":0.12345678901234567}',
      '{"system":"urn:oid:1.2.36.146.595.217.0.1","when":"2024-01-01T00:00:00.000+08:00","value":5.1}',
    ]
    for (const body of bodies) expect(JSON.stringify(readStored(body))).to.equal(body)
  })
})
