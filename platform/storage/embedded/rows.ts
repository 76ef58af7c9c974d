// Index rows as the tables hold them: the entries of a version, cut, numbered and with open ends closed, in the thread that commits.
import type { IndexEntry, IndexRows } from '#kernel/index-entry.ts'
import { grams } from './grams.ts'
import { nameOf } from './names.ts'

/** First member: which table (a number of `rowKinds`); second: the name; names are numbers of the batch's list. */
export type Row =
  | readonly [kind: 0, space: number, code: string]
  | readonly [kind: 1, name: number, text: string]
  | readonly [kind: 2, name: number, gram: string, place: number]
  | readonly [kind: 3, name: number, start: number, span: number]
  | readonly [kind: 4, name: number, unit: number, low: number, high: number]
  | readonly [kind: 5, name: number, uri: string]
  | readonly [kind: 6, name: number, targetType: number, targetId: string]
  | readonly [kind: 7, type: number, patientType: number, patientId: string, at: number]
  | readonly [kind: 8, space: number, patientType: number, patientId: string, at: number, code: string]

/** Open ends of periods, and the place of resources without a clinical date: before and after everything a date can say. */
export const timeMin = -8_640_000_000_000_000
export const timeMax = 8_640_000_000_000_000
export const noWhen = timeMin - 1

export function rowsOf(type: string, rows: IndexRows, number: (name: string) => number): Row[] {
  const made: Row[] = []
  for (const entry of rows.entries) addEntry(made, type, entry, number)
  for (const patient of rows.patients) {
    const patientType = number(nameOf.type('Patient'))
    const at = rows.whenMs ?? noWhen
    made.push([7, number(nameOf.type(type)), patientType, patient, at])
    for (const code of rows.codes) {
      const bar = code.indexOf('|')
      made.push([8, number(nameOf.space(type, 'code', code.slice(0, bar))), patientType, patient, at, code.slice(bar + 1)])
    }
  }
  return made
}

function addEntry(made: Row[], type: string, entry: IndexEntry, number: (name: string) => number): void {
  switch (entry.kind) {
    case 'token':
      made.push([0, number(nameOf.space(type, entry.param, entry.system)), entry.code])
      return
    case 'hashed':
      made.push([0, number(nameOf.hashed(type, entry.param, entry.system)), entry.digest])
      return
    case 'string': {
      const name = number(nameOf.param(type, entry.param))
      made.push([1, name, entry.text])
      for (const [gram, place] of grams(entry.text)) made.push([2, name, gram, place])
      return
    }
    case 'date': {
      const start = Math.max(entry.from, timeMin)
      made.push([3, number(nameOf.param(type, entry.param)), start, Math.min(entry.to, timeMax) - start])
      return
    }
    case 'number':
      made.push([4, number(nameOf.param(type, entry.param)), number(nameOf.unit(entry.unit)), finite(entry.low), finite(entry.high)])
      return
    case 'uri':
      made.push([5, number(nameOf.param(type, entry.param)), entry.uri])
      return
    case 'reference':
      made.push([6, number(nameOf.param(type, entry.param)), number(nameOf.type(entry.type)), entry.id])
  }
}

/** JSON has no infinity: an open end of a range is the largest number there is. */
function finite(value: number): number {
  return Math.max(-Number.MAX_VALUE, Math.min(Number.MAX_VALUE, value))
}
