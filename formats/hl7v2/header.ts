// The header of a message with minimum work (HL7 v2 chapter 2.14.9, MSH): what routing and acknowledging need, read before anything else.
import { decode } from '#formats/charset/decode.ts'
import { type Fault, fault } from '#kernel/fault.ts'
import { failed, ok, type Result } from '#kernel/result.ts'
import { type Delimiters, readDelimiters } from './delimiters.ts'
import { textStart } from './lines.ts'
import { Message } from './message.ts'
import { Segment } from './segment.ts'

/**
 * Values are read when asked for, escapes resolved; `''` where a field is absent. Of an HD it is the namespace (component 1), or the universal id
 * where there is none.
 */
export class Header {
  /** The MSH segment itself: `slice(n, 0)` gives a field as written, to be echoed. */
  readonly segment: Segment
  readonly delimiters: Delimiters
  readonly #trigger: string

  constructor(line: string, delimiters: Delimiters, eventType: string) {
    this.segment = new Segment(new Message(line, delimiters, [], {}), 'MSH', 0, 0, line.length)
    this.delimiters = delimiters
    this.#trigger = this.segment.value(9, 1, 2, 1) || eventType
  }

  get sendingApplication(): string {
    return this.#name(3)
  }
  get sendingFacility(): string {
    return this.#name(4)
  }
  get receivingApplication(): string {
    return this.#name(5)
  }
  get receivingFacility(): string {
    return this.#name(6)
  }
  /** MSH-7 as written. */
  get time(): string {
    return this.segment.slice(7, 1, 1)
  }
  /** MSH-9.1, e.g. `ADT`. */
  get type(): string {
    return this.segment.value(9, 1, 1, 1)
  }
  /** MSH-9.2, e.g. `A01`; EVN-1 where MSH-9 lacks it (as in versions 2.1 and 2.2). */
  get trigger(): string {
    return this.#trigger
  }
  /** MSH-9.3, e.g. `ADT_A01`; structure/events.ts finds it where the sender leaves it out. */
  get structure(): string {
    return this.segment.value(9, 1, 3, 1)
  }
  get controlId(): string {
    return this.segment.value(10)
  }
  /** MSH-11.1: `P`, `T` or `D`. */
  get processingId(): string {
    return this.segment.value(11, 1, 1, 1)
  }
  /** MSH-12.1, e.g. `2.4`. */
  get version(): string {
    return this.segment.value(12, 1, 1, 1)
  }
  /** MSH-18, first repetition. */
  get charset(): string {
    return this.segment.value(18, 1, 1)
  }
  /** MSH-15: `AL`, `NE`, `ER`, `SU`. With MSH-16 empty too it means original mode. */
  get acceptAck(): string {
    return this.segment.value(15)
  }
  get applicationAck(): string {
    return this.segment.value(16)
  }

  #name(field: number): string {
    return this.segment.value(field, 1, 1, 1) || this.segment.value(field, 1, 2, 1)
  }
}

/**
 * Reads the MSH segment of a decoded message (and EVN-1 where MSH-9 has no trigger event).
 * @returns faults `hl7.no-msh`, `hl7.bad-delimiters`
 */
export function readHeader(text: string): Result<Header> {
  const start = textStart(text)
  if (!text.startsWith('MSH', start)) return failed(fault('hl7.no-msh'))
  const delimiters = readDelimiters(text, start)
  if (!delimiters.ok) return delimiters
  const line = text.slice(start, lineEnd(text, start))
  const header = new Header(line, delimiters.value, '')
  if (header.trigger !== '') return ok(header)
  const eventType = findEventType(text, delimiters.value)
  return ok(eventType === '' ? header : new Header(line, delimiters.value, eventType))
}

/** `ADT^A01`, or `ADT` alone where there is no trigger event: the name plans and channels know a kind of message by. */
export function messageKind(header: Header): string {
  return header.trigger === '' ? header.type : `${header.type}^${header.trigger}`
}

/**
 * The header of a message whose bytes as a whole cannot be decoded, so that the refusal still names its control id.
 * Undefined when there is no readable MSH segment.
 */
export function salvageHeader(bytes: Uint8Array): Header | undefined {
  const head = bytes.subarray(0, headerBytesMax)
  const end = head.findIndex((byte, at) => at > 3 && (byte === 0x0d || byte === 0x0a))
  const line = end < 0 ? head : head.subarray(0, end)
  const decoded = decode(line)
  const header = readHeader(decoded.ok ? decoded.value.text : Buffer.from(line).toString('latin1'))
  return header.ok ? header.value : undefined
}

/** An MSH segment longer than this is not looked for in bytes that cannot be decoded. */
const headerBytesMax = 4096

const versions = /^2\.[1-8](\.\d{1,2})?$/
const processingIds = new Set(['P', 'T', 'D'])

/**
 * What makes a header unfit to be processed, in the order of its fields: no message type, no control id, a foreign version or processing id.
 * An empty MSH-11 or MSH-12 is taken as P and as the sender's usual version.
 */
export function checkHeader(header: Header): readonly Fault[] {
  const faults: Fault[] = []
  if (header.type === '') faults.push(fault('hl7.field-missing', { at: 'MSH[1]-9.1', args: { field: 'MSH-9' } }))
  if (header.controlId === '') faults.push(fault('hl7.field-missing', { at: 'MSH[1]-10', args: { field: 'MSH-10' } }))
  if (header.processingId !== '' && !processingIds.has(header.processingId)) {
    faults.push(fault('hl7.processing-unsupported', { at: 'MSH[1]-11', args: { processing: header.processingId } }))
  }
  if (header.version !== '' && !versions.test(header.version)) {
    faults.push(fault('hl7.version-unsupported', { at: 'MSH[1]-12', args: { version: header.version } }))
  }
  return faults
}

function lineEnd(text: string, from: number): number {
  const carriageReturn = text.indexOf('\r', from)
  const line = carriageReturn < 0 ? text : text.slice(0, carriageReturn)
  const lineFeed = line.indexOf('\n', from)
  return lineFeed < 0 ? line.length : lineFeed
}

function findEventType(text: string, delimiters: Delimiters): string {
  const match = /[\r\n]EVN(.)([A-Z]\d\d)(?![A-Za-z0-9])/.exec(text)
  return match && match[1] === delimiters.field ? match[2]! : ''
}
