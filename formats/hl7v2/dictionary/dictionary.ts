// The message dictionary: which fields a segment has, which components a data type, of which type, how often (HL7 v2 chapters 2 to 15, mostly as of 2.9).
import type { Path } from '../path.ts'
import guide from './guide-tables.json' with { type: 'json' }
import { type Row, readRow } from './notation.ts'
import { componentCorrections, ownDataTypes, primitiveTypes } from './own-data-types.ts'
import { fieldCorrections, fieldTables, ownSegments } from './own-segments.ts'

export type Entry = Row & {
  /** From 1. */
  readonly number: number
  /** Written in this project rather than taken from the guide's tables. */
  readonly own: boolean
}

export const dictionary = {
  /** Fields of a segment from 1 (index 0 is field 1); undefined for segments not known here, Z segments among them. */
  segment(name: string): readonly Entry[] | undefined {
    return segments.get(name)
  },
  field(segment: string, number: number): Entry | undefined {
    return segments.get(segment)?.[number - 1]
  },
  /** Components of a data type from 1; an empty list for primitive types, undefined for types not known here. */
  dataType(name: string): readonly Entry[] | undefined {
    return primitiveTypes.has(name) ? [] : dataTypes.get(name)
  },
  component(dataType: string, number: number): Entry | undefined {
    return dataTypes.get(dataType)?.[number - 1]
  },
  isPrimitive(dataType: string): boolean {
    return primitiveTypes.has(dataType)
  },
  segmentNames(): Iterable<string> {
    return segments.keys()
  },
  dataTypeNames(): Iterable<string> {
    return dataTypes.keys()
  },
  /**
   * What stands at a path that names a field: the entry of the last part stated. Component 1 of a primitive type is the field itself,
   * which may be read as if it had components; under `varies` every component is possible. Undefined when the path leads nowhere.
   */
  at(path: Path): Entry | undefined {
    const field = this.field(path.segment, path.field)
    if (!field || path.component === 0) return field
    const component = partOf(field, path.component)
    return !component || path.subcomponent === 0 ? component : partOf(component, path.subcomponent)
  },
} as const

function partOf(whole: Entry, number: number): Entry | undefined {
  if (whole.type === 'varies') return { ...whole, name: `${whole.name} (${number})`, number, repetitionsMax: 1 }
  return primitiveTypes.has(whole.type) && number === 1 ? whole : dictionary.component(whole.type, number)
}

const segments = read(guide.segments, ownSegments, fieldCorrections, fieldTables)
const dataTypes = read(guide.dataTypes, ownDataTypes, componentCorrections, {})

function read(
  fromGuide: Readonly<Record<string, readonly string[]>>,
  own: Readonly<Record<string, string>>,
  corrections: Readonly<Record<string, string>>,
  tables: Readonly<Record<string, Readonly<Record<number, string>>>>,
): ReadonlyMap<string, readonly Entry[]> {
  const lists = new Map<string, readonly Entry[]>()
  for (const [name, rows] of Object.entries(fromGuide)) {
    if (primitiveTypes.has(name) || own[name] !== undefined) continue
    const entries = rows.map((text, index) => {
      const correction = corrections[`${name}-${index + 1}`]
      const row = readRow(correction ?? text)
      const table = row.table ?? tables[name]?.[index + 1]
      return { ...row, ...(table ? { table } : {}), number: index + 1, own: correction !== undefined }
    })
    lists.set(name, entries)
  }
  for (const [name, rows] of Object.entries(own)) {
    lists.set(
      name,
      rows.split('|').map((text, index) => ({ ...readRow(text), number: index + 1, own: true })),
    )
  }
  return lists
}
