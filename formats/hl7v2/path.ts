// Places in a message as data and as text: `PID-5[2].1`, `PID[1]-5[2].1.1`, `OBX[3]-5`, `PID-3[*]` (HL7 v2 chapter 2, notation of the 2.5+ ERL).
import type { Message } from './message.ts'

/** All numbers count from 1; 0 means not stated. `every` stands for all occurrences or repetitions. */
export type Path = {
  readonly segment: string
  readonly occurrence: number
  readonly field: number
  readonly repetition: number
  readonly component: number
  readonly subcomponent: number
}

export const every = -1

const form = /^([A-Z][A-Z0-9]{2})(?:\[(\d{1,5}|\*)\])?(?:-(\d{1,4})(?:\[(\d{1,6}|\*)\])?(?:\.(\d{1,3})(?:\.(\d{1,3}))?)?)?$/

/** The path a text means; undefined when it is none (numbers start at 1). */
export function parsePath(text: string): Path | undefined {
  const match = form.exec(text)
  if (!match) return undefined
  const numbers = match.slice(2).map(part => (part === undefined ? 0 : part === '*' ? every : Number(part)))
  if (match.slice(2).some((part, index) => part !== undefined && numbers[index] === 0)) return undefined
  const [occurrence, field, repetition, component, subcomponent] = numbers as [number, number, number, number, number]
  return { segment: match[1]!, occurrence, field, repetition, component, subcomponent }
}

export function formatPath(path: Path): string {
  let text = path.segment + bracketed(path.occurrence)
  if (path.field > 0) text += `-${path.field}${bracketed(path.repetition)}`
  if (path.component > 0) text += `.${path.component}`
  if (path.subcomponent > 0) text += `.${path.subcomponent}`
  return text
}

/** The first value at a path (occurrence and repetition 1 unless stated), escapes resolved; `''` when there is none. */
export function readPath(message: Message, path: Path): string {
  const segment = message.segment(path.segment, Math.max(1, path.occurrence))
  if (!segment) return ''
  if (path.field === 0) return segment.text
  return segment.value(path.field, readRepetition(path), path.component, path.subcomponent)
}

/** All values at a path, empty ones left out; `every` and an unstated occurrence or repetition read them all. */
export function readAll(message: Message, path: Path): string[] {
  const values: string[] = []
  for (let index = message.find(path.segment), occurrence = 1; index >= 0; index = message.find(path.segment, index + 1), occurrence++) {
    if (path.occurrence > 0 && path.occurrence !== occurrence) continue
    const segment = message.segments[index]!
    const last = path.repetition > 0 ? path.repetition : segment.repetitions(path.field)
    for (let repetition = path.repetition > 0 ? path.repetition : 1; repetition <= last; repetition++) {
      const value = segment.value(path.field, repetition, path.component, path.subcomponent)
      if (value !== '') values.push(value)
    }
  }
  return values
}

function readRepetition(path: Path): number {
  return Math.max(1, path.repetition)
}

function bracketed(number: number): string {
  return number === 0 ? '' : number === every ? '[*]' : `[${number}]`
}
