// One segment of a message as a window on its text: delimiters are found on first touch, values are slices (HL7 v2 chapter 2.5).
import { findMarks, kinds, type Marks } from './marks.ts'
import type { Message } from './message.ts'

/** The raw value that means "make it empty"; an absent value means "leave it as it is" (chapter 2.5.3). */
export const nullValue = '""'

/** Parts of a place that hold anything: bit n-1 of `low` for part n up to 30, bit n-31 of `high` for 31 to 60. */
export type Parts = { readonly low: number; readonly high: number }

export const partsMax = 60

/**
 * Places are numbered as in the standard, from 1; 0 means "not narrowed further": `slice(5, 1)` is the whole first repetition of field 5,
 * `slice(5, 0)` all of them. MSH-1 is the field separator itself and MSH-2 the encoding characters, never split.
 * Reading places in rising order (fields, and repetitions of a field) costs one walk over the segment, whatever their number.
 */
export class Segment {
  readonly message: Message
  readonly name: string
  /** Place among all segments of the message, from 0. */
  readonly index: number
  /** Window on `message.text`. */
  readonly start: number
  readonly end: number
  #marks: Marks | undefined
  #firstMark = 0
  /** Where reading stands: the mark before repetition `#repetition` of field `#field`. */
  #mark = 0
  #field = 0
  #repetition = 0
  /** What `#locate` found last. */
  #from = 0
  #to = 0
  #escaped = false

  constructor(message: Message, name: string, index: number, start: number, end: number) {
    this.message = message
    this.name = name
    this.index = index
    this.start = start
    this.end = end
  }

  /** The text of the segment as it stands in the message. */
  get text(): string {
    return this.message.text.slice(this.start, this.end)
  }

  /** Number of the last field written, empty ones before it included. */
  get fieldCount(): number {
    const marks = this.#marks ?? this.#findMarks()
    let field = this.#firstField - 1
    let at = this.#firstMark
    // A bare name has a separator mark at its end and no field behind it.
    if (marks[at]! >> 3 >= this.end) return field
    for (; kindAt(marks, at) !== kinds.end; at++) if (kindAt(marks, at) === kinds.field) field++
    return field
  }

  /** Raw text of a place: `''` when absent, `nullValue` when it is to be cleared. */
  slice(field: number, repetition = 1, component = 0, subcomponent = 0): string {
    if (!this.#locate(field, repetition, component, subcomponent)) return this.#separatorAt(field, repetition, component, subcomponent)
    return this.message.text.slice(this.#from, this.#to)
  }

  /** The value of a place with escapes resolved: `''` when absent and when cleared (`slice` tells the two apart). */
  value(field: number, repetition = 1, component = 0, subcomponent = 0): string {
    if (!this.#locate(field, repetition, component, subcomponent)) return this.#separatorAt(field, repetition, component, subcomponent)
    const raw = this.message.text.slice(this.#from, this.#to)
    if (this.#escaped) return this.message.unescape(raw)
    return raw === nullValue ? '' : raw
  }

  /** How many repetitions a field has: 0 when it is absent. */
  repetitions(field: number): number {
    let at = this.#seek(field, 1)
    if (at < 0) return field === 1 && this.name === 'MSH' ? 1 : 0
    const marks = this.#marks!
    const from = (marks[at]! >> 3) + 1
    let count = 1
    while (kindAt(marks, ++at) < kinds.field) if (kindAt(marks, at) === kinds.repetition) count++
    return marks[at]! >> 3 > from ? count : 0
  }

  /**
   * Which parts of a place hold anything (`""` included): fields of the segment, components of a repetition, or subcomponents of a component.
   * One walk tells what would take a read per part; parts past the 60th are not told.
   */
  parts(field = 0, repetition = 1, component = 0): Parts {
    const marks = this.#marks ?? this.#findMarks()
    let at = field === 0 ? this.#firstMark : this.#seek(field, repetition)
    if (at >= 0 && component > 0) at = skip(marks, at, kinds.component, component)
    if (at < 0) return noParts
    const separator = field === 0 ? kinds.field : component === 0 ? kinds.component : kinds.subcomponent
    let number = field === 0 ? this.#firstField : 1
    let low = 0
    let high = 0
    for (let kind: number = separator; kind === separator; number++) {
      const from = (marks[at]! >> 3) + 1
      do kind = kindAt(marks, ++at)
      while (kind < separator)
      if (marks[at]! >> 3 <= from) continue
      if (number <= 30) low |= 1 << (number - 1)
      else if (number <= partsMax) high |= 1 << (number - 31)
    }
    return { low, high }
  }

  /** Text of a place for faults and traces, e.g. `PID[1]-5[2].1`; occurrence is counted among segments of the same name. */
  position(field = 0, repetition = 0, component = 0, subcomponent = 0): string {
    let text = `${this.name}[${this.message.occurrenceOf(this)}]`
    if (field > 0) text += `-${field}`
    if (repetition > 0) text += `[${repetition}]`
    if (component > 0) text += `.${component}`
    return subcomponent > 0 ? `${text}.${subcomponent}` : text
  }

  /** Window of a whole field on the text of the message; undefined past the last field and for MSH-1. */
  fieldWindow(field: number): { readonly from: number; readonly to: number } | undefined {
    let at = this.#seek(field, 0)
    if (at < 0) return undefined
    const marks = this.#marks!
    const from = (marks[at]! >> 3) + 1
    do at++
    while (kindAt(marks, at) < kinds.field)
    return { from, to: marks[at]! >> 3 }
  }

  /** MSH-1 is the separator itself: what follows it is field 2. */
  get #firstField(): number {
    return this.name === 'MSH' ? 2 : 1
  }

  #separatorAt(field: number, repetition: number, component: number, subcomponent: number): string {
    return field === 1 && this.name === 'MSH' && repetition < 2 && component < 2 && subcomponent < 2 ? this.message.delimiters.field : ''
  }

  /** Finds the window of a place; false when nothing stands there. */
  #locate(field: number, repetition: number, component: number, subcomponent: number): boolean {
    let at = this.#seek(field, repetition)
    if (at < 0) return false
    const marks = this.#marks!
    let stop: number = repetition > 0 ? kinds.repetition : kinds.field
    if (component > 0) {
      at = skip(marks, at, kinds.component, component)
      stop = kinds.component
      if (at >= 0 && subcomponent > 0) {
        at = skip(marks, at, kinds.subcomponent, subcomponent)
        stop = kinds.subcomponent
      }
      if (at < 0) return false
    }
    this.#from = (marks[at]! >> 3) + 1
    this.#escaped = false
    let kind = kindAt(marks, ++at)
    while (kind < stop) {
      if (kind === kinds.escape) this.#escaped = true
      kind = kindAt(marks, ++at)
    }
    this.#to = marks[at]! >> 3
    return this.#from < this.#to
  }

  /** The mark before a repetition of a field; -1 when there is none. */
  #seek(field: number, repetition: number): number {
    const marks = this.#marks ?? this.#findMarks()
    if (field < this.#field || (field === this.#field && repetition < this.#repetition)) this.#rewind()
    let at = this.#mark
    let atField = this.#field
    let atRepetition = this.#repetition
    if (field < atField) return -1
    for (; atField < field; atField++) {
      do at++
      while (kindAt(marks, at) < kinds.field)
      if (kindAt(marks, at) === kinds.end) return -1
      atRepetition = 1
    }
    for (; atRepetition < repetition; atRepetition++) {
      do at++
      while (kindAt(marks, at) < kinds.repetition)
      if (kindAt(marks, at) >= kinds.field) return -1
    }
    this.#mark = at
    this.#field = atField
    this.#repetition = atRepetition
    return at
  }

  #rewind(): void {
    this.#mark = this.#firstMark
    this.#field = this.#firstField
    this.#repetition = 1
  }

  #findMarks(): Marks {
    const { text, kindTable, delimiters } = this.message
    const separator = this.start + 3
    let from = Math.min(separator + 1, this.end)
    if (this.name === 'MSH') {
      const afterDelimiters = text.indexOf(delimiters.field, from)
      from = afterDelimiters < 0 ? this.end : Math.min(afterDelimiters, this.end)
    }
    const found = findMarks(text, separator, from, this.end, kindTable)
    this.#marks = found.marks
    this.#firstMark = found.first
    this.#rewind()
    return found.marks
  }
}

const noParts: Parts = { low: 0, high: 0 }

function kindAt(marks: Marks, at: number): number {
  return marks[at]! & 7
}

/** The mark before the n-th part that marks of `kind` separate; -1 when a greater kind ends the whole before. */
function skip(marks: Marks, from: number, kind: number, number: number): number {
  let at = from
  for (let left = number - 1; left > 0; left--) {
    do at++
    while (kindAt(marks, at) < kind)
    if (kindAt(marks, at) > kind) return -1
  }
  return at
}
