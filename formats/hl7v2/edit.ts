// Changing one place of a message: everything else stays as it was received, byte for byte.
import { fault } from '#kernel/fault.ts'
import { failed, type Result } from '#kernel/result.ts'
import { escapeText } from './escape.ts'
import { type Message, parseMessage } from './message.ts'
import { formatPath, type Path } from './path.ts'
import type { Segment } from './segment.ts'

/**
 * A new message with `value` at the path (occurrence, repetition, component and subcomponent 1 unless stated, as far as the value's place needs them);
 * missing fields, repetitions and components before it are written empty. A path that ends at the field replaces the whole repetition.
 * @returns faults `hl7.segment-missing` (no such segment), `hl7.bad-value` (MSH-1, MSH-2, or a value these delimiters cannot write)
 */
export function setValue(message: Message, path: Path, value: string): Result<Message> {
  const raw = escapeText(value, message.delimiters)
  return raw === undefined ? unwritable(path) : setRaw(message, path, raw)
}

/** Like `setValue` with a raw text: delimiters in it structure the value, `nullValue` clears. */
export function setRaw(message: Message, path: Path, raw: string): Result<Message> {
  const segment = message.segment(path.segment, Math.max(1, path.occurrence))
  if (!segment) return failed(fault('hl7.segment-missing', { at: formatPath(path), args: { segment: path.segment } }))
  if (path.field < 1 || (path.segment === 'MSH' && path.field <= 2) || /[\r\n]/.test(raw) || raw.includes(message.delimiters.field))
    return unwritable(path)
  const window = segment.fieldWindow(path.field)
  const before = message.text.slice(0, window ? window.from : segment.end)
  const after = message.text.slice(window ? window.to : segment.end)
  const field = withPart(segment, path, window ? message.text.slice(window.from, window.to) : '', raw)
  if (field === undefined) return unwritable(path)
  const missing = window ? 0 : path.field - segment.fieldCount
  const text = before + message.delimiters.field.repeat(missing) + field + after
  return parseMessage(text, message.charset ? { charset: message.charset } : {})
}

/** The field with one of its parts replaced; undefined when the delimiters lack the separator that would be needed. */
function withPart(segment: Segment, path: Path, field: string, raw: string): string | undefined {
  const { repetition, component, subcomponent } = segment.message.delimiters
  return replacePart(field, repetition, Math.max(1, path.repetition), whole =>
    path.component === 0
      ? raw
      : replacePart(whole, component, path.component, part =>
          path.subcomponent === 0 ? raw : replacePart(part, subcomponent, path.subcomponent, () => raw),
        ),
  )
}

function replacePart(whole: string, separator: string, number: number, change: (part: string) => string | undefined): string | undefined {
  if (separator === '') return number === 1 ? change(whole) : undefined
  const parts = whole.split(separator)
  while (parts.length < number) parts.push('')
  const changed = change(parts[number - 1]!)
  if (changed === undefined) return undefined
  parts[number - 1] = changed
  return parts.join(separator)
}

function unwritable(path: Path): Result<never> {
  return failed(fault('hl7.bad-value', { at: formatPath(path), args: { field: formatPath(path), type: 'ST' } }))
}
