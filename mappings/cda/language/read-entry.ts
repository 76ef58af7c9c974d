// Entries of a section: data elements, organizers and procedures, with what belongs to them. Names, types and value domains come from the catalogue.
import type { ElementSpec, SectionSpec } from '#formats/cda/spec.ts'
import type { Entry } from '../../language/entry.ts'
import type { ColumnDefinition, EntryDefinition, SpecimenDefinition, ValueDefinition } from './definition.ts'
import { readCoded, readCodedParts, readTime } from './read-coded.ts'
import { type Reading, readLead, readPath, readWord } from './reading.ts'

/** `section` is undefined for a type that the catalogue does not have: then entries must say their name and type. */
export type EntryReading = Reading & { readonly section: SectionSpec | undefined }

const valueTypes = ['ST', 'CD', 'PQ', 'REAL', 'INT', 'TS', 'BL', 'MO'] as const
const nullFlavors = ['NI', 'UNK', 'ASKU', 'NASK', 'NAV', 'NA', 'OTH', 'MSK'] as const
const shared = ['when', 'of', 'each', 'time', 'with']
const observationMembers = [
  ...shared,
  'element',
  'name',
  'type',
  'value',
  'map',
  'system',
  'join',
  'original',
  'unit',
  'missing',
  'interpretation',
  'range',
]
const organizerMembers = [...shared, 'organizer', 'code', 'specimen', 'components', 'table']
const procedureMembers = [...shared, 'procedure', 'missing']

export function readEntry(entry: Entry, type: string, reading: EntryReading): EntryDefinition | undefined {
  const kind = entry.get('element')
    ? 'observation'
    : entry.get('organizer')
      ? 'organizer'
      : entry.get('procedure')
        ? 'procedure'
        : undefined
  if (kind === undefined) {
    entry.wrong('an entry is an `element`, an `organizer` or a `procedure`')
    return undefined
  }
  entry.rule = (entry.get('element') ?? entry.get('organizer') ?? entry.get('procedure'))!.isMap
    ? kind
    : (entry.get('element') ?? entry.get('organizer'))!.text()
  const each = entry.get('each')
  const lead = readLead(each ?? entry.get('of'), type)
  if (each && entry.get('of')) entry.wrong('`each` and `of` exclude one another')
  const inner = lead?.type ?? type
  const common = {
    when: readPath(entry.get('when'), inner),
    of: lead?.path,
    repeats: each !== undefined,
    time: readTime(entry.get('time'), inner),
    missing: entry.get('missing') && readWord(entry.get('missing'), nullFlavors),
    interpretation: readCoded(entry.get('interpretation'), inner, reading),
    range: readPath(entry.get('range'), inner),
    children: (entry.get('with') ?? entry.get('components'))?.items().flatMap(child => readEntry(child, inner, reading) ?? []) ?? [],
  }
  if (kind === 'observation') return { ...common, ...readObservation(entry, inner, reading) }
  return { ...common, ...(kind === 'organizer' ? readOrganizer(entry, inner, reading) : readProcedure(entry, inner, reading)) }
}

const nothingElse = { element: undefined, coded: undefined, value: undefined, specimen: undefined, table: [] }

function readObservation(entry: Entry, type: string, reading: EntryReading) {
  entry.allow(observationMembers)
  const code = entry.get('element')!.text()
  const spec = elementSpec(entry, code, reading.section)
  const name = entry.get('name')?.text() ?? spec?.name
  if (name === undefined) entry.wrong(`${code} has no name in the catalogue: give it one`)
  return {
    ...nothingElse,
    act: 'observation' as const,
    classCode: 'OBS',
    element: { code, name: name ?? '' },
    value: readValue(entry, type, spec, reading),
  }
}

function elementSpec(entry: Entry, code: string, section: SectionSpec | undefined): ElementSpec | undefined {
  const spec = section?.elements.find(element => element.code === code)
  if (section && !spec) entry.wrong(`${code} is no data element of the section ${section.name}`)
  return spec
}

function readValue(entry: Entry, type: string, spec: ElementSpec | undefined, reading: Reading): ValueDefinition | undefined {
  const said = entry.get('type')
  const usual = valueTypes.find(known => known === spec?.type)
  if (!said && usual === undefined) entry.wrong('the catalogue does not say the type: give one')
  const valueType = said ? readWord(said, valueTypes) : (usual ?? 'ST')
  if (said && usual !== undefined && usual !== valueType) said.wrong(`the catalogue says ${usual}`)
  const coded = readCodedParts(entry, type, reading, valueType === 'CD' ? spec?.system : undefined)
  if (valueType !== 'CD') for (const name of ['map', 'original']) entry.get(name)?.wrong(`only a CD has \`${name}\``)
  if (valueType === 'CD' && coded && coded.system === undefined) entry.wrong('a CD needs a `map` or a `system`')
  return (
    coded && {
      ...coded,
      type: valueType,
      join: entry.get('join')?.text(),
      original: readPath(entry.get('original'), type),
      unit: entry.get('unit')?.text() ?? spec?.unit,
    }
  )
}

function readOrganizer(entry: Entry, type: string, reading: EntryReading) {
  entry.allow(organizerMembers)
  if (!entry.get('components')) entry.wrong('`components` is missing')
  return {
    ...nothingElse,
    act: 'organizer' as const,
    classCode: readWord(entry.get('organizer'), ['CLUSTER', 'BATTERY']),
    coded: readCoded(entry.get('code'), type, reading),
    specimen: readSpecimen(entry.get('specimen'), type, reading),
    table: (entry.get('table')?.members() ?? []).flatMap(([name, column]) => readColumn(name, column, type) ?? []),
  }
}

function readProcedure(entry: Entry, type: string, reading: EntryReading) {
  entry.allow(procedureMembers)
  return { ...nothingElse, act: 'procedure' as const, classCode: 'PROC', coded: readCoded(entry.get('procedure'), type, reading) }
}

function readSpecimen(entry: Entry | undefined, type: string, reading: Reading): SpecimenDefinition | undefined {
  entry?.allow(['of', 'id', 'type'])
  const lead = readLead(entry?.get('of'), type)
  return lead && { of: lead.path, id: readPath(entry?.get('id'), lead.type), type: readCoded(entry?.get('type'), lead.type, reading) }
}

function readColumn(name: string, entry: Entry, type: string): ColumnDefinition | undefined {
  entry.allow(['value', 'words'])
  const value = readPath(entry.get('value'), type)
  return value && { name, value, words: entry.get('words')?.dictionary() ?? new Map() }
}
