// A message as segments over its decoded text (HL7 v2 chapter 2.5): split lazily, printed back byte for byte.
import type { CharsetName } from '#formats/charset/names.ts'
import { type Fault, fault } from '#kernel/fault.ts'
import { limits } from '#kernel/limits.ts'
import { failed, ok, type Result } from '#kernel/result.ts'
import { type Delimiters, readDelimiters, usualDelimiters } from './delimiters.ts'
import { unescapeText } from './escape.ts'
import { segmentEnds, textStart } from './lines.ts'
import { type KindTable, kindTable } from './marks.ts'
import { Segment } from './segment.ts'

export type MessageOptions = {
  readonly segmentsMax?: number
  /** What `\X..\` escapes are bytes of; guessed from the bytes when undefined. */
  readonly charset?: CharsetName
}

const usualKinds = kindTable(usualDelimiters)

export class Message {
  readonly text: string
  readonly delimiters: Delimiters
  readonly charset: CharsetName | undefined
  /** In document order; never empty, the first is MSH. */
  readonly segments: readonly Segment[]
  /** What splitting looks delimiters up in. */
  readonly kindTable: KindTable
  #occurrences: Int32Array | undefined

  constructor(text: string, delimiters: Delimiters, segments: Segment[], options: MessageOptions) {
    this.text = text
    this.delimiters = delimiters
    this.charset = options.charset
    this.segments = segments
    this.kindTable = delimiters === usualDelimiters ? usualKinds : kindTable(delimiters)
  }

  get header(): Segment {
    return this.segments[0]!
  }

  /** The n-th segment of a name, from 1. */
  segment(name: string, occurrence = 1): Segment | undefined {
    let left = occurrence
    for (const segment of this.segments) if (segment.name === name && --left === 0) return segment
    return undefined
  }

  count(name: string): number {
    let count = 0
    for (const segment of this.segments) if (segment.name === name) count++
    return count
  }

  /** Index of the first segment of a name at or after `from`; -1 when there is none. For loops without arrays. */
  find(name: string, from = 0): number {
    for (let index = from; index < this.segments.length; index++) if (this.segments[index]!.name === name) return index
    return -1
  }

  /** Which one of its name a segment is, from 1. */
  occurrenceOf(segment: Segment): number {
    this.#occurrences ??= countOccurrences(this.segments)
    return this.#occurrences[segment.index]!
  }

  unescape(raw: string): string {
    return unescapeText(raw, this.delimiters, this.charset)
  }
}

/**
 * Reads a decoded message. Segments end with CR; CRLF is taken too, and LF where the text has no CR at all or where a segment follows.
 * Blank lines and blanks before MSH are passed over. The text itself is kept: printing is `message.text`.
 * @returns faults `hl7.no-msh`, `hl7.bad-delimiters`, `hl7.bad-segment-name`, `hl7.too-many-segments`, `hl7.second-msh` (two messages in one)
 */
export function parseMessage(text: string, options: MessageOptions = {}): Result<Message> {
  const start = textStart(text)
  if (!text.startsWith('MSH', start)) return failed(fault('hl7.no-msh'))
  const delimiters = readDelimiters(text, start)
  if (!delimiters.ok) return delimiters
  const segments: Segment[] = []
  const message = new Message(text, delimiters.value, segments, options)
  const trouble = split(message, segments, start, options.segmentsMax ?? limits.segmentsPerMessageMax)
  return trouble ? failed(trouble) : ok(message)
}

function split(message: Message, segments: Segment[], start: number, segmentsMax: number): Fault | undefined {
  const { text } = message
  const separator = message.delimiters.field.charCodeAt(0)
  const nextEnd = segmentEnds(text, separator)
  let line = 1
  for (let from = start; from < text.length; line++) {
    const end = nextEnd(from)
    if (!isBlank(text, from, end)) {
      const name = segmentName(text, from, end, separator)
      if (name === '')
        return fault('hl7.bad-segment-name', { at: `${line}:1`, args: { line, name: text.slice(from, Math.min(end, from + 12)) } })
      if (segments.length === segmentsMax) return fault('hl7.too-many-segments', { args: { max: segmentsMax } })
      if (name === 'MSH' && segments.length > 0) return fault('hl7.second-msh', { at: 'MSH[2]', args: { line } })
      segments.push(new Segment(message, name, segments.length, from, end))
    }
    from = text.charCodeAt(end) === 0x0d && text.charCodeAt(end + 1) === 0x0a ? end + 2 : end + 1
  }
  return undefined
}

/** Names met so far, one string each: comparing them is comparing pointers. */
const names = new Map<number, string>()

/** Three characters, a letter and then letters or digits, followed by the field separator or the end; `''` for anything else. */
function segmentName(text: string, from: number, end: number, separator: number): string {
  if (end - from < 3 || (end > from + 3 && text.charCodeAt(from + 3) !== separator)) return ''
  const first = text.charCodeAt(from)
  const second = text.charCodeAt(from + 1)
  const third = text.charCodeAt(from + 2)
  if (!isLetter(first) || !(isLetter(second) || isDigit(second)) || !(isLetter(third) || isDigit(third))) return ''
  const key = (first << 16) | (second << 8) | third
  let name = names.get(key)
  if (name === undefined) names.set(key, (name = String.fromCharCode(first, second, third)))
  return name
}

function isBlank(text: string, from: number, end: number): boolean {
  for (let at = from; at < end; at++) if (text.charCodeAt(at) > 0x20) return false
  return true
}

function isLetter(code: number): boolean {
  return code >= 0x41 && code <= 0x5a
}

function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39
}

function countOccurrences(segments: readonly Segment[]): Int32Array {
  const seen = new Map<string, number>()
  return Int32Array.from(segments, ({ name }) => {
    const occurrence = (seen.get(name) ?? 0) + 1
    seen.set(name, occurrence)
    return occurrence
  })
}
