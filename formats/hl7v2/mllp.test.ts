// Framing: whatever the chunks, the same frames and the same complaints.
import { expect } from 'chai'
import fc from 'fast-check'
import { frame, MllpDecoder, type MllpEvent } from './mllp.ts'

const bytes = (text: string): Buffer => Buffer.from(text, 'latin1')
const shown = (events: readonly MllpEvent[]): string[] =>
  events.map(event => `${event.kind === 'frame' ? 'frame' : event.fault.code} ${JSON.stringify(event.bytes.toString('latin1'))}`)

describe('formats/hl7v2 MLLP', () => {
  const cases: { title: string; stream: string; max?: number; events: string[]; state?: string; pending?: number; close?: string[] }[] = [
    { title: 'one frame', stream: '\vMSH|a\r\x1c\r', events: ['frame "MSH|a\\r"'] },
    { title: 'two frames in a row', stream: '\vA\x1c\r\vB\x1c\r', events: ['frame "A"', 'frame "B"'] },
    { title: 'line ends between frames', stream: '\r\n\vA\x1c\r\r\n\n\vB\x1c\r', events: ['frame "A"', 'frame "B"'] },
    { title: '0x1C without 0x0D is content', stream: '\vA\x1cB\x1c\x1c\r', events: ['frame "A\\u001cB\\u001c"'] },
    { title: 'a vertical tab inside is content', stream: '\vA\vB\x1c\r', events: ['frame "A\\u000bB"'] },
    { title: 'an empty frame', stream: '\v\x1c\r', events: ['mllp.frame-empty ""'] },
    { title: 'stray bytes before a frame', stream: 'xyz\vA\x1c\r', events: ['mllp.garbage-before-frame "xyz"', 'frame "A"'] },
    {
      title: 'a message without framing',
      stream: 'MSH|^~\\&|A\r',
      events: [],
      state: 'stray',
      pending: 11,
      close: ['mllp.garbage-before-frame "MSH|^~\\\\&|A\\r"'],
    },
    { title: 'an unfinished frame', stream: '\vMSH|', events: [], state: 'frame', pending: 4, close: ['mllp.frame-cut "MSH|"'] },
    {
      title: 'a frame that lacks only the last byte',
      stream: '\vMSH|\x1c',
      events: [],
      state: 'frame',
      pending: 5,
      close: ['frame "MSH|"'],
    },
    { title: 'nothing but a start byte', stream: '\v', events: [], state: 'frame', pending: 0, close: ['mllp.frame-cut ""'] },
    { title: 'a sender that begins anew', stream: '\vMSH|old\vMSH|new\x1c\r', events: ['mllp.frame-cut "MSH|old"', 'frame "MSH|new"'] },
    { title: 'frames ended by 0x1C alone', stream: '\vMSH|1\x1c\vMSH|2\x1c\r', events: ['frame "MSH|1"', 'frame "MSH|2"'] },
    { title: 'a frame of the size allowed', stream: '\v12345678\x1c\r', max: 8, events: ['frame "12345678"'] },
    {
      title: 'a frame one byte too large',
      stream: '\v123456789\x1c\r\vB\x1c\r',
      max: 8,
      events: ['mllp.frame-too-large "12345678"'],
      state: 'overflowed',
    },
    { title: 'too many stray bytes', stream: '123456789', max: 8, events: ['mllp.garbage-before-frame "12345678"'], state: 'overflowed' },
    {
      title: '0x1C at the very limit that ends nothing',
      stream: '\v12345678\x1cX',
      max: 8,
      events: ['mllp.frame-too-large "12345678"'],
      state: 'overflowed',
    },
  ]
  for (const { title, stream, max, events, state = 'between', pending = 0, close = [] } of cases) {
    const chunkings: [string, Buffer[]][] = [
      ['in one chunk', [bytes(stream)]],
      ['byte by byte', [...stream].map(bytes)],
    ]
    for (const [how, chunks] of chunkings) {
      it(`${title}, ${how}`, () => {
        const decoder = new MllpDecoder(max)
        expect(shown(chunks.flatMap(chunk => [...decoder.push(chunk)]))).to.deep.equal(events)
        expect([decoder.state, decoder.pendingBytes]).to.deep.equal([state, pending])
        expect(shown(decoder.close())).to.deep.equal(close)
        expect(decoder.pendingBytes).to.equal(0)
      })
    }
  }

  it('gives up an unfinished frame when the connector says so, and goes on', () => {
    const decoder = new MllpDecoder()
    decoder.push(bytes('\vMSH|'))
    const [event] = decoder.expire(30_000)
    expect(event?.kind === 'fault' && event.fault.args).to.deep.equal({ ms: 30_000 })
    expect(shown(decoder.push(bytes('\vA\x1c\r')))).to.deep.equal(['frame "A"'])
    expect(decoder.expire(30_000)).to.deep.equal([])
  })

  it('does not copy a frame that lies in one chunk', () => {
    const chunk = frame(bytes('MSH|A'))
    const [event] = new MllpDecoder().push(chunk)
    expect(event?.bytes.buffer).to.equal(chunk.buffer)
    expect(event?.bytes.byteOffset).to.equal(chunk.byteOffset + 1)
  })

  it('takes ten thousand frames in one chunk', () => {
    const chunk = Buffer.concat(Array.from({ length: 10_000 }, (_, number) => frame(bytes(`MSH|${number}`))))
    expect(new MllpDecoder().push(chunk).length).to.equal(10_000)
  })

  it('takes a frame of a megabyte byte by byte', () => {
    const content = Buffer.alloc(1 << 20, 'A')
    const decoder = new MllpDecoder()
    const events: MllpEvent[] = []
    for (const byte of frame(content)) events.push(...decoder.push(Buffer.of(byte)))
    expect(events.length).to.equal(1)
    expect(events[0]!.bytes.equals(content)).to.equal(true)
  })

  it('frames are the same however the stream is chunked', () => {
    const part = fc.constantFrom('\v', '\x1c', '\r', '\x1c\r', '\v\x1c\r', 'MSH|', '\vMSH|^~\\&|', 'x', '\n', '珅'.repeat(3), 'PID|1\r')
    const stream = fc.array(part, { maxLength: 60 }).map(parts => Buffer.from(parts.join('')))
    fc.assert(
      fc.property(stream, fc.array(fc.integer({ min: 1, max: 7 })), fc.constantFrom(1, 5, 20, 1000), (whole, sizes, max) => {
        const read = (chunks: Buffer[]): string[] => {
          const decoder = new MllpDecoder(max)
          return [...shown(chunks.flatMap(chunk => [...decoder.push(chunk)])), ...shown(decoder.close())]
        }
        const chunks: Buffer[] = []
        for (let at = 0, turn = 0; at < whole.length; turn++) {
          const size = sizes.length > 0 ? sizes[turn % sizes.length]! : whole.length
          chunks.push(whole.subarray(at, at + size))
          at += size
        }
        expect(read(chunks)).to.deep.equal(read([whole]))
      }),
      { numRuns: 2000 },
    )
  })
})
