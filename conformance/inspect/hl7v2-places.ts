// From a place in a message (`PID[1]-5[2].1`) to lines and columns of its text, where CR, LF and CRLF all end a line.
import type { Message } from '#formats/hl7v2/message.ts'
import type { Path } from '#formats/hl7v2/path.ts'

type Window = { readonly from: number; readonly to: number }

/** The text of a place; behind the last field of its segment when it is not written. Undefined when there is no such segment. */
export function windowOf(message: Message, path: Path): Window | undefined {
  const segment = message.segment(path.segment, Math.max(1, path.occurrence))
  if (!segment) return undefined
  if (path.field === 0) return { from: segment.start, to: segment.start + segment.name.length }
  const { repetition, component, subcomponent } = message.delimiters
  const field = segment.fieldWindow(path.field)
  if (!field) return { from: segment.end, to: segment.end }
  if (segment.name === 'MSH' && path.field <= 2) return field
  const whole = part(message.text, field, repetition, path.repetition)
  return part(message.text, part(message.text, whole, component, path.component), subcomponent, path.subcomponent)
}

/** The n-th part between delimiters; the whole when none is asked for or there are fewer. */
function part(text: string, { from, to }: Window, delimiter: string, number: number): Window {
  if (number < 1 || delimiter === '') return { from, to }
  let start = from
  for (let left = number - 1; left > 0; left--) {
    const next = text.indexOf(delimiter, start)
    if (next < 0 || next >= to) return { from, to }
    start = next + 1
  }
  const end = text.indexOf(delimiter, start)
  return { from: start, to: end < 0 || end > to ? to : end }
}

const lineEnd = /\r\n|[\r\n]/g

export type LinePlace = { readonly line: number; readonly column: number }

/** Line and column of an offset, both from 1; the lines are looked for once. */
export function linesOf(text: string): (offset: number) => LinePlace {
  const starts = [0]
  for (const { 0: end, index } of text.matchAll(lineEnd)) starts.push(index + end.length)
  return offset => {
    const after = starts.findIndex(start => start > offset)
    const line = after < 0 ? starts.length : after
    return { line, column: offset - starts[line - 1]! + 1 }
  }
}

/** Of a byte in bytes that cannot be decoded: each counts as one character. */
export function offsetPlace(bytes: Uint8Array, offset: number): LinePlace {
  return linesOf(Buffer.from(bytes.subarray(0, offset)).toString('latin1'))(offset)
}
