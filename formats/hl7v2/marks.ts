// Finding the delimiters of a segment in one pass: each becomes a mark, a small integer of its place and its kind.
import type { Delimiters } from './delimiters.ts'

/** Kinds rise with what they end: a repetition mark also ends the component before it. `end` is the end of the segment. */
export const kinds = { escape: 1, subcomponent: 2, component: 3, repetition: 4, field: 5, end: 6 } as const

/** A mark is `place * 8 + kind`: `mark >> 3` is the place, `mark & 7` the kind. */
export type Marks = Int32Array

/** Kind of every ASCII character under the delimiters of a message; 0 for all others. */
export type KindTable = Uint8Array

export function kindTable(delimiters: Delimiters): KindTable {
  const table = new Uint8Array(128)
  for (const name of ['escape', 'subcomponent', 'component', 'repetition', 'field'] as const) {
    if (delimiters[name] !== '') table[delimiters[name].charCodeAt(0)] = kinds[name]
  }
  return table
}

/** Reading numbers from a typed array is twice as fast as reading characters from a string: the text being read is copied here, if it fits. */
const unitsMax = 1 << 15
const copy = Buffer.alloc(2 * unitsMax)
const units = new Uint16Array(copy.buffer, copy.byteOffset, unitsMax)
let copied = ''

/** Marks of many segments lie in one slab, taken from its front: no array is made for each. A slab lives as long as a segment that uses it. */
const slabMarks = 1 << 15
let slab = new Int32Array(slabMarks)
let taken = 0

/** Where the marks of a segment were put: `marks[first]` is the separator before its first field, the last one is of kind `end`. */
export type MarkRange = { readonly marks: Marks; readonly first: number }

/**
 * @param before place of the separator before the first field that is to be split
 * @param end end of the segment
 */
export function findMarks(text: string, before: number, from: number, end: number, table: KindTable): MarkRange {
  if (text.length > unitsMax || end - from + 2 > slabMarks) return findMarksSlowly(text, before, from, end, table)
  if (copied !== text) {
    copy.write(text, 'utf16le')
    copied = text
  }
  if (taken + end - from + 2 > slabMarks) {
    slab = new Int32Array(slabMarks)
    taken = 0
  }
  const marks = slab
  const first = taken
  let next = first
  marks[next++] = before * 8 + kinds.field
  for (let at = from; at < end; at++) {
    const unit = units[at]!
    if (unit < 128) {
      const kind = table[unit]!
      if (kind !== 0) marks[next++] = at * 8 + kind
    }
  }
  marks[next++] = end * 8 + kinds.end
  taken = next
  return { marks, first }
}

/** For long texts: character by character, counted first, so that ten million delimiters take no more room than their marks. */
function findMarksSlowly(text: string, before: number, from: number, end: number, table: KindTable): MarkRange {
  let count = 2
  for (let at = from; at < end; at++) if (kindAt(text, at, table) !== 0) count++
  const marks = new Int32Array(count)
  let next = 0
  marks[next++] = before * 8 + kinds.field
  for (let at = from; at < end; at++) {
    const kind = kindAt(text, at, table)
    if (kind !== 0) marks[next++] = at * 8 + kind
  }
  marks[next] = end * 8 + kinds.end
  return { marks, first: 0 }
}

function kindAt(text: string, at: number, table: KindTable): number {
  const unit = text.charCodeAt(at)
  return unit < 128 ? table[unit]! : 0
}
