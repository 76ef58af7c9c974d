// The codecs against everything in hostile.cases.ts: the right complaint each, nothing thrown, nothing that hangs.
import { expect } from 'chai'
import fc from 'fast-check'
import { decodeMessage } from './declared-charset.ts'
import { checkHeader, readHeader, salvageHeader } from './header.ts'
import { hostileCases } from './hostile.cases.ts'
import { type Message, parseMessage } from './message.ts'
import { MllpDecoder } from './mllp.ts'
import { structureOf } from './structure/events.ts'
import { groupMessage } from './structure/groups.ts'

type Taken = { outcome: string; message?: Message; structure?: string[] }

/** What the codecs say to a frame, in the order in which a receiver asks them. */
function take(bytes: Buffer): Taken {
  const decoded = decodeMessage(bytes)
  if (!decoded.ok) return { outcome: decoded.fault.code }
  const header = readHeader(decoded.value.text)
  if (!header.ok) return { outcome: header.fault.code }
  const parsed = parseMessage(decoded.value.text, { charset: decoded.value.charset })
  const faults = checkHeader(header.value)
  if (faults[0]) return { outcome: faults[0].code }
  if (!parsed.ok) return { outcome: parsed.fault.code }
  const { faults: structure } = groupMessage(parsed.value, structureOf(header.value))
  return { outcome: 'taken', message: parsed.value, structure: structure.map(fault => `${fault.code} ${fault.at}`) }
}

function readEverything(message: Message): number {
  let characters = 0
  for (const segment of message.segments) {
    const fields = segment.fieldCount
    for (let field = 1; field <= Math.min(fields, 2000); field++) {
      const repetitions = Math.min(segment.repetitions(field), 2000)
      for (let repetition = 1; repetition <= repetitions; repetition++) {
        characters += segment.value(field, repetition).length + segment.value(field, repetition, 2, 2).length
      }
    }
  }
  return characters
}

describe('formats/hl7v2 hostile input', () => {
  it('has at least 60 cases, each with its own title', () => {
    expect(new Set(hostileCases.map(({ title }) => title)).size).to.equal(hostileCases.length)
    expect(hostileCases.length).to.be.greaterThan(60)
  })

  for (const { title, bytes, outcomes, atClose, structure } of hostileCases) {
    it(title, () => {
      const decoder = new MllpDecoder()
      const events = [...decoder.push(bytes())]
      const told = events.length
      events.push(...decoder.close())
      expect(events.length > told).to.equal(atClose === true)
      const taken = events.map(event => (event.kind === 'frame' ? take(event.bytes) : { outcome: event.fault.code }))
      expect(taken.map(({ outcome }) => outcome)).to.deep.equal(outcomes)
      for (const { message } of taken) if (message) expect(readEverything(message)).to.be.greaterThan(0)
      if (structure) expect(taken[0]?.structure).to.deep.equal(structure)
    })
  }

  it('names the control id of what it cannot decode', () => {
    const damaged = hostileCases.find(({ title }) => title.startsWith('UTF-8 with a character cut'))!.bytes()
    expect(salvageHeader(damaged.subarray(1))?.controlId).to.equal('M1')
    expect(salvageHeader(Buffer.from('no message'))).to.equal(undefined)
  })

  it('neither throws nor hangs on random bytes and mutated messages', () => {
    const good = hostileCases
      .find(({ title }) => title === 'segments ended by CRLF')!
      .bytes()
      .subarray(1, -2)
    const mutated = fc
      .array(
        fc.tuple(
          fc.nat(good.length),
          fc.constantFrom('', '|', '^', '~', '\\', '&', '\r', '\n', '\v', '\x1c', '"', '\ud83d', 'MSH', 'É', '张'),
        ),
        { maxLength: 20 },
      )
      .map(changes =>
        changes.reduce((text, [at, insert]) => Buffer.concat([text.subarray(0, at), Buffer.from(insert), text.subarray(at + 1)]), good),
      )
    fc.assert(
      fc.property(fc.oneof(mutated, fc.uint8Array({ maxLength: 400 }).map(Buffer.from)), bytes => {
        const { message } = take(bytes)
        if (message) expect(readEverything(message)).to.be.greaterThan(-1)
        salvageHeader(bytes)
      }),
      { numRuns: 1000 },
    )
  })
})
