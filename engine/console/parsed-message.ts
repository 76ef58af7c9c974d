// A message taken apart for reading: segments, fields, repetitions, components with their names in the standard and their windows on the text.
import { dictionary, type Entry } from '#formats/hl7v2/dictionary/dictionary.ts'
import type { Message } from '#formats/hl7v2/message.ts'
import type { Segment } from '#formats/hl7v2/segment.ts'
import type { JsonSchema } from '#platform/http/route.ts'
import { integer, list, object, string } from '#platform/http/schema.ts'

/** Something that stands in a message: `path` as in traces and faults, [from, to) in characters of the text. */
export type Part = {
  readonly path: string
  readonly name: string
  readonly type: string
  readonly from: number
  readonly to: number
  /** Escapes resolved; long values are cut, the text itself has them whole. */
  readonly value: string
  readonly parts: readonly Part[]
}

export const partSchema: JsonSchema = {
  ...object({ path: string, name: string, type: string, from: integer, to: integer, value: string, parts: list({}) }),
}

const valueCharactersMax = 400
/** More parts than a person can look at; what follows is not taken apart. */
const partsMax = 20_000

export function partsOf(message: Message): { readonly segments: readonly Part[]; readonly complete: boolean } {
  const segments: Part[] = []
  let left = partsMax
  for (const segment of message.segments) {
    const part = segmentPart(segment)
    left -= count(part)
    if (left < 0) return { segments, complete: false }
    segments.push(part)
  }
  return { segments, complete: true }
}

function count(part: Part): number {
  return part.parts.reduce((sum, each) => sum + count(each), 1)
}

function segmentPart(segment: Segment): Part {
  const fields: Part[] = []
  for (let number = 1; number <= segment.fieldCount; number++) {
    const field = fieldPart(segment, number)
    if (field) fields.push(field)
  }
  return { path: segment.position(), name: segment.name, type: '', from: segment.start, to: segment.end, value: '', parts: fields }
}

function fieldPart(segment: Segment, number: number): Part | undefined {
  const window = segment.fieldWindow(number)
  if (!window || window.from === window.to) return undefined
  const entry = dictionary.field(segment.name, number)
  const type = entry?.type === 'varies' ? segment.value(2) || 'varies' : (entry?.type ?? '')
  const { text, delimiters } = segment.message
  const whole = { path: segment.position(number), name: entry?.name ?? '', type, ...window }
  const raw = text.slice(window.from, window.to)
  // MSH-2 holds the delimiters themselves.
  if (segment.name === 'MSH' && number === 2) return { ...whole, value: raw, parts: [] }
  const repetitions = split(raw, window.from, delimiters.repetition)
  const parts = repetitions.flatMap(({ from, to }, i) => {
    const path = segment.position(number, i + 1)
    return from === to ? [] : [{ ...whole, path, from, to, ...inside(segment, { path, from, to, type }, delimiters.component) }]
  })
  const only = parts.length === 1 && repetitions.length === 1 ? parts[0]! : undefined
  return only ? { ...whole, value: only.value, parts: only.parts } : { ...whole, value: '', parts }
}

type Stretch = { readonly path: string; readonly from: number; readonly to: number; readonly type: string }

/** Components of a repetition, or subcomponents of a component. A value that is not divided stands for itself. */
function inside(segment: Segment, whole: Stretch, separator: string): Pick<Part, 'value' | 'parts'> {
  const { text, delimiters } = segment.message
  const raw = text.slice(whole.from, whole.to)
  const deeper = separator === delimiters.component
  const divided = separator !== '' && raw.includes(separator)
  const dividedBelow = deeper && delimiters.subcomponent !== '' && raw.includes(delimiters.subcomponent)
  if (!divided && !dividedBelow) return { value: segment.message.unescape(cut(raw)), parts: [] }
  const parts = split(raw, whole.from, separator).flatMap(({ from, to }, i) => {
    if (from === to) return []
    const entry = partEntry(whole.type, i + 1)
    const stretch = { path: `${whole.path}.${i + 1}`, from, to, type: entry?.type ?? '' }
    const held = deeper
      ? inside(segment, stretch, delimiters.subcomponent)
      : { value: segment.message.unescape(cut(text.slice(from, to))), parts: [] }
    return [{ ...stretch, name: entry?.name ?? '', ...held }]
  })
  return { value: '', parts }
}

function partEntry(type: string, number: number): Entry | undefined {
  return type === '' ? undefined : dictionary.component(type, number)
}

/** Delimiters never stand in a value unescaped, so a plain search finds them all. */
function split(raw: string, start: number, separator: string): { from: number; to: number }[] {
  const windows: { from: number; to: number }[] = []
  let from = 0
  for (let at = separator === '' ? -1 : raw.indexOf(separator); at >= 0; at = raw.indexOf(separator, from)) {
    windows.push({ from: start + from, to: start + at })
    from = at + separator.length
  }
  return [...windows, { from: start + from, to: start + raw.length }]
}

function cut(raw: string): string {
  return raw.length > valueCharactersMax ? `${raw.slice(0, valueCharactersMax)}…` : raw
}
