// Fields of a message against the dictionary (HL7 v2 chapter 2A): what must be there, how often, and whether times and numbers are any.
import { dictionary, type Entry } from '#formats/hl7v2/dictionary/dictionary.ts'
import type { Message } from '#formats/hl7v2/message.ts'
import { parseTime, parseTimeOfDay } from '#formats/hl7v2/parse-time.ts'
import { nullValue, type Segment } from '#formats/hl7v2/segment.ts'
import { type Fault, fault } from '#kernel/fault.ts'
import type { Severity } from '#kernel/ports/validator.ts'

type Found = [Severity, Fault]

/** Versions differ in what they require, so that an empty field is a warning; a value that is none of its type is an error in all of them. */
export function checkFields(message: Message): Found[] {
  const found: Found[] = []
  for (const segment of message.segments) {
    const fields = segment.index === 0 ? undefined : dictionary.segment(segment.name)
    if (!fields) continue
    const written = segment.fieldCount
    for (const field of fields) {
      if (field.number <= written && segment.slice(field.number, 0) !== '') checkField(segment, field, found)
      else if (field.required && !withdrawn.has(`${segment.name}-${field.number}`)) found.push(['warning', missing(segment, field)])
    }
  }
  return found
}

/** Required once, and withdrawn since. */
const withdrawn: ReadonlySet<string> = new Set(['DG1-2', 'MRG-2'])

function missing(segment: Segment, { number }: Entry): Fault {
  return fault('hl7.field-missing', { at: segment.position(number), args: { field: `${segment.name}-${number}` } })
}

function checkField(segment: Segment, field: Entry, found: Found[]): void {
  const { number } = field
  const count = segment.repetitions(number)
  const name = `${segment.name}-${number}`
  if (count > field.repetitionsMax)
    found.push([
      'warning',
      fault('inspect.repetitions', { at: segment.position(number), args: { field: name, count, max: field.repetitionsMax } }),
    ])
  const type = field.type === 'varies' ? segment.value(2) : field.type
  for (let repetition = 1; repetition <= Math.min(count, repetitionsMax); repetition++) checkValue(segment, number, repetition, type, found)
}

const repetitionsMax = 200

function checkValue(segment: Segment, field: number, repetition: number, type: string, found: Found[]): void {
  const check = checks[type]
  // TS of older versions is a time with a degree of precision behind it.
  const components = check || type === 'TS' ? [{ number: 1, type: type === 'TS' ? 'DTM' : type }] : (dictionary.dataType(type) ?? [])
  for (const { number, type: part } of components) {
    const judge = checks[part]
    if (!judge) continue
    const value = segment.value(field, repetition, number, 1)
    if (value === '' || value === nullValue || judge(value)) continue
    const at = segment.position(field, repetition > 1 ? repetition : 0, check || type === 'TS' ? 0 : number)
    const name = `${segment.name}-${field}`
    found.push([
      'error',
      isTime.has(part)
        ? fault('hl7.bad-time', { at, args: { field: name } })
        : fault('hl7.bad-value', { at, args: { field: name, type: part } }),
    ])
  }
}

const isTime: ReadonlySet<string> = new Set(['DTM', 'DT', 'TM'])

const checks: Readonly<Record<string, (value: string) => boolean>> = {
  DTM: value => parseTime(value, 'Asia/Shanghai') !== undefined,
  DT: value => value.length <= 8 && parseTime(value, 'Asia/Shanghai') !== undefined,
  TM: value => /^\d{2}$/.test(value) || parseTimeOfDay(value) !== undefined,
  NM: value => /^\s*[+-]?(?:\d+\.?\d*|\.\d+)\s*$/.test(value),
  SI: value => /^\d{1,4}$/.test(value),
}
