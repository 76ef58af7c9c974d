// HL7 v2 messages as connected systems write them: segments out of numbered fields, escaped, in the sender's character set (chapter 2.5, 2.7).
import { encode } from '#formats/charset/encode.ts'
import { type CharsetName, charsetLabels } from '#formats/charset/names.ts'
import { usualDelimiters } from '#formats/hl7v2/delimiters.ts'
import { escapeText } from '#formats/hl7v2/escape.ts'
import { must } from '#kernel/result.ts'
import { stamp } from './china-time.ts'

/** A field: text; components in an array, subcomponents in an array within; repetitions as `repeat(…)`. Text is escaped here and nowhere else. */
export type FieldValue = string | Components | Repetitions
type Components = readonly (string | readonly string[])[]
export type Fields = Readonly<Record<number, FieldValue | undefined>>

export type Repetitions = { readonly repetitions: readonly (string | Components)[] }

export function repeat(...values: readonly (string | Components | undefined)[]): Repetitions {
  return { repetitions: values.filter(value => value !== undefined) }
}

export type Sender = {
  readonly application: string
  readonly facility: string
  readonly version: string
  readonly charset: CharsetName
}

export type MessageHead = {
  readonly type: string
  readonly trigger: string
  readonly structure: string
  readonly controlId: string
  readonly sentMs: number
}

/** The bytes of a message: MSH made here, the other segments given. */
export function messageBytes(sender: Sender, head: MessageHead, segments: readonly string[]): Buffer {
  const header = segment('MSH', {
    3: sender.application,
    4: sender.facility,
    5: 'HUILIAN',
    6: 'HUB',
    7: stamp(head.sentMs),
    9: [head.type, head.trigger, head.structure],
    10: head.controlId,
    11: 'P',
    12: sender.version,
    15: 'AL',
    16: 'NE',
    17: 'CHN',
    18: charsetLabels[sender.charset].hl7,
  })
  const text = [header, ...segments].map(line => `${line}\r`).join('')
  return must(encode(text, sender.charset))
}

/** `segment('PV1', { 1: '1', 3: ['ZW1', '03', '07'] })` → `PV1|1||ZW1^03^07`. */
export function segment(name: string, fields: Fields): string {
  const last = Math.max(...Object.keys(fields).map(Number))
  // MSH-1 is the separator itself, MSH-2 the characters that need no escaping.
  const parts = name === 'MSH' ? ['MSH', '^~\\&'] : [name]
  for (let number = name === 'MSH' ? 3 : 1; number <= last; number++) parts.push(field(fields[number]))
  return parts.join('|').replace(/\|+$/, '')
}

function field(value: FieldValue | undefined): string {
  if (value === undefined) return ''
  if (typeof value === 'object' && 'repetitions' in value) return value.repetitions.map(components).join('~')
  return components(value)
}

function components(value: string | Components): string {
  if (typeof value === 'string') return escaped(value)
  const parts = value.map(part => (typeof part === 'string' ? escaped(part) : part.map(escaped).join('&')))
  return parts.join('^').replace(/\^+$/, '')
}

function escaped(text: string): string {
  return escapeText(text, usualDelimiters)!
}
