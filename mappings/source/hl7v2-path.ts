// Places of HL7 v2 as plans name them: `PID-5[*].1`, `OBX-5`, `NTE[*]-3` in plans of segments, `CX.4.1` or `CX` itself in plans of data types.

export const every = -1

export type SegmentPath = {
  readonly segment: string
  /** `every` for all occurrences in the group; 0 for the one at hand, or the first. */
  readonly occurrence: number
  readonly field: number
  /** From 1; `every` for all. */
  readonly repetition: number
  readonly component: number
  readonly subcomponent: number
}

const segmentForm = /^([A-Z][A-Z0-9]{2})(\[\*\])?-(\d{1,3})(?:\[(\d{1,4}|\*)\])?(?:\.(\d{1,3})(?:\.(\d{1,3}))?)?$/

export function parseSegmentPath(text: string): SegmentPath | undefined {
  const match = segmentForm.exec(text)
  if (!match) return undefined
  const [, segment, occurrence, field, repetition, component, subcomponent] = match
  const path = {
    segment: segment!,
    occurrence: occurrence ? every : 0,
    field: Number(field),
    repetition: repetition === '*' ? every : Number(repetition ?? 1),
    component: Number(component ?? 0),
    subcomponent: Number(subcomponent ?? 0),
  }
  return path.field === 0 || path.repetition === 0 || component === '0' || subcomponent === '0' ? undefined : path
}

/** `SPECIMEN`, `SPECIMEN[2]`: whether a group occurs, at least so often. */
export type GroupPath = { readonly group: string; readonly occurrences: number }

const groupForm = /^([A-Z][A-Z0-9_]{3,})(?:\[(\d{1,3})\])?$/

export function parseGroupPath(text: string): GroupPath | undefined {
  const match = groupForm.exec(text)
  return match ? { group: match[1]!, occurrences: Number(match[2] ?? 1) } : undefined
}

export type DataPath = { readonly type: string; readonly component: number; readonly subcomponent: number }

const dataForm = /^([A-Z]{2,3}|varies)(?:\.(\d{1,3})(?:\.(\d{1,3}))?)?$/

export function parseDataPath(text: string): DataPath | undefined {
  const match = dataForm.exec(text)
  if (!match || match[2] === '0' || match[3] === '0') return undefined
  return { type: match[1]!, component: Number(match[2] ?? 0), subcomponent: Number(match[3] ?? 0) }
}
