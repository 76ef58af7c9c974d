// Index rows on their way to the tables: the entries of a version, cut and with open ends closed, put on the tape in the thread that commits.
import type { IndexEntry, IndexRows } from '#kernel/index-entry.ts'
import { grams } from './grams.ts'
import { nameOf } from './names.ts'
import type { TapeReader, TapeWriter } from './tape.ts'

/** The index tables with their key columns, in the order of their values on the tape; `rid` stands behind them in the tables. */
export const indexTables = {
  token: ['space', 'code'],
  text: ['name', 'text'],
  gram: ['name', 'gram', 'place'],
  date: ['name', 'start', 'span'],
  number: ['name', 'unit', 'low', 'high'],
  uri: ['name', 'uri'],
  link: ['name', 'target', 'code', 'at'],
} as const

export type Table = keyof typeof indexTables
export type IndexKey = readonly [table: Table, ...key: (string | number)[]]

/** What a row begins with on the tape. References and the two kinds of chart rows lie in one table. */
const kind = { token: 0, text: 1, gram: 2, date: 3, number: 4, uri: 5, reference: 6, place: 7, codedPlace: 8 }

/** Open ends of periods, and the place of resources without a clinical date: before and after everything a date can say. */
export const timeMin = -8_640_000_000_000_000
export const timeMax = 8_640_000_000_000_000
export const noWhen = timeMin - 1

const patientName = nameOf.type('Patient')

export function writeRows(type: string, rows: IndexRows, tape: TapeWriter): void {
  for (const entry of rows.entries) writeEntry(type, entry, tape)
  const at = rows.whenMs ?? noWhen
  for (const patient of rows.patients) {
    tape.number(kind.place)
    tape.name(nameOf.type(type))
    tape.resource(patientName, patient)
    tape.number(at)
    for (const code of rows.codes) {
      const bar = code.indexOf('|')
      tape.number(kind.codedPlace)
      tape.name(nameOf.space(type, 'code', code.slice(0, bar)))
      tape.resource(patientName, patient)
      tape.string(code.slice(bar + 1))
      tape.number(at)
    }
  }
}

function writeEntry(type: string, entry: IndexEntry, tape: TapeWriter): void {
  switch (entry.kind) {
    case 'token':
      return writeText(kind.token, nameOf.space(type, entry.param, entry.system), entry.code, tape)
    case 'hashed':
      return writeText(kind.token, nameOf.hashed(type, entry.param, entry.system), entry.digest, tape)
    case 'uri':
      return writeText(kind.uri, nameOf.param(type, entry.param), entry.uri, tape)
    case 'string': {
      const name = nameOf.param(type, entry.param)
      writeText(kind.text, name, entry.text, tape)
      for (const [gram, place] of grams(entry.text)) {
        writeText(kind.gram, name, gram, tape)
        tape.number(place)
      }
      return
    }
    case 'date': {
      const start = Math.max(entry.from, timeMin)
      tape.number(kind.date)
      tape.name(nameOf.param(type, entry.param))
      tape.number(start)
      tape.number(Math.min(entry.to, timeMax) - start)
      return
    }
    case 'number':
      tape.number(kind.number)
      tape.name(nameOf.param(type, entry.param))
      tape.name(nameOf.unit(entry.unit))
      tape.number(finite(entry.low))
      tape.number(finite(entry.high))
      return
    case 'reference':
      tape.number(kind.reference)
      tape.name(nameOf.param(type, entry.param))
      tape.resource(nameOf.type(entry.type), entry.id)
  }
}

function writeText(what: number, name: string, text: string, tape: TapeWriter): void {
  tape.number(what)
  tape.name(name)
  tape.string(text)
}

/** Tables know no infinity: an open end of a range is the largest number there is. */
function finite(value: number): number {
  return Math.max(-Number.MAX_VALUE, Math.min(Number.MAX_VALUE, value))
}

/** A row as it is read from the tape. `param` is the name that `:missing` knows it by; undefined for rows that are no entry of their own. */
export type TapeRow = { readonly key: IndexKey; readonly param: number | undefined }

export function readRow(tape: TapeReader): TapeRow {
  const what = tape.number()
  const name = tape.name()
  switch (what) {
    case kind.token:
      return { key: ['token', name, tape.string()], param: name }
    case kind.text:
      return { key: ['text', name, tape.string()], param: name }
    case kind.gram:
      return { key: ['gram', name, tape.string(), tape.number()], param: undefined }
    case kind.date:
      return { key: ['date', name, tape.number(), tape.number()], param: name }
    case kind.number:
      return { key: ['number', name, tape.name(), tape.number(), tape.number()], param: name }
    case kind.uri:
      return { key: ['uri', name, tape.string()], param: name }
    case kind.reference:
      return { key: ['link', name, tape.resource(), '', 0], param: name }
    case kind.place:
      return { key: ['link', name, tape.resource(), '', tape.number()], param: undefined }
    case kind.codedPlace:
      return { key: ['link', name, tape.resource(), tape.string(), tape.number()], param: undefined }
    default:
      throw new Error(`no row of kind ${what} on the tape`)
  }
}
