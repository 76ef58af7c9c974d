// A document definition out of its YAML, checked while it is read: every finding names file and line.
import { type DocumentSpec, type SectionSpec, sectionSpec } from '#formats/cda/spec.ts'
import { r4 } from '#formats/fhir/model/r4.ts'
import { type Entry, readEntries } from '../../language/entry.ts'
import type { Findings } from '../../language/finding.ts'
import type { CodeNames, Definition, Registers, SectionDefinition } from './definition.ts'
import { readSystem } from './read-coded.ts'
import { readEntry } from './read-entry.ts'
import { readHeader } from './read-header.ts'
import { type Reading, readPath, requiredPath } from './reading.ts'

export type DefinitionReading = Reading & {
  readonly findings: Findings
  readonly catalogue: ReadonlyMap<string, DocumentSpec>
  /** The entries of the common file. */
  readonly common: Entry | undefined
}

const members = [
  ...['document', 'title', 'otherTitles', 'templateRoot', 'from', 'belongs', 'issue', 'withdraw'],
  ...['registers', 'header', 'sections', 'systems', 'displays'],
]

export function readDefinition(text: string, file: string, reading: DefinitionReading): Definition | undefined {
  const entry = readEntries(text, file, reading.findings)
  if (!entry) return undefined
  entry.allow(members)
  const code = entry.get('document')?.text() ?? ''
  const spec = reading.catalogue.get(code)
  const identity = readIdentity(entry, spec)
  const root = entry.get('from')?.text() ?? ''
  if (r4.type(root)?.kind !== 'resource') {
    entry.wrong(`\`from\` names the resource type it is written from, not "${root}"`)
    return undefined
  }
  const issue = requiredPath(entry, 'issue', root)
  const registers = readRegisters(entry, root)
  const header = readHeader(entry.get('header'), reading.common?.get('header'), reading.common?.get('staff'), root, reading)
  const sections = readSections(entry, root, spec, reading)
  if (!issue || !registers || !header) return undefined
  return {
    code,
    ...identity,
    root,
    belongs: readPath(entry.get('belongs'), root),
    issue,
    withdraw: readPath(entry.get('withdraw'), root),
    registers,
    header,
    sections,
    names: readNames([reading.common, entry].filter(one => one !== undefined)),
  }
}

function readIdentity(entry: Entry, spec: DocumentSpec | undefined): Pick<Definition, 'title' | 'otherTitles' | 'templateRoot'> {
  if (spec) {
    for (const name of ['title', 'otherTitles', 'templateRoot'])
      entry.get(name)?.wrong(`the catalogue says the \`${name}\` of ${spec.code}`)
    return spec
  }
  for (const name of ['document', 'title', 'templateRoot']) if (!entry.get(name)) entry.wrong(`\`${name}\` is missing`)
  return {
    title: entry.get('title')?.text() ?? '',
    otherTitles: entry.get('otherTitles')?.texts() ?? [],
    templateRoot: readSystem(entry.get('templateRoot')) ?? '',
  }
}

function readRegisters(parent: Entry, root: string): Registers | undefined {
  const entry = parent.get('registers')
  if (!entry) {
    parent.wrong('`registers` is missing: the registry must know the subject')
    return undefined
  }
  entry.allow(['subject', 'encounter', 'authors', 'clinicalTime'])
  const subject = requiredPath(entry, 'subject', root)
  return (
    subject && {
      subject,
      encounter: readPath(entry.get('encounter'), root),
      authors: readPath(entry.get('authors'), root),
      clinicalTime: readPath(entry.get('clinicalTime'), root),
    }
  )
}

function readSections(parent: Entry, root: string, spec: DocumentSpec | undefined, reading: Reading): SectionDefinition[] {
  const entries = parent.get('sections')?.items() ?? []
  if (entries.length === 0) parent.wrong('`sections` is missing')
  const sections = entries.flatMap(entry => {
    entry.allow(['code', 'display', 'name', 'entries'])
    const known = knownSection(entry, spec)
    const display = entry.get('display')?.text() ?? known?.display
    if (display === undefined) entry.wrong('`display` is missing')
    if (spec && !known) return []
    return [
      {
        code: entry.get('code')?.text() ?? known?.code,
        display: display ?? '',
        name: entry.get('name')?.text() ?? known?.name ?? display ?? '',
        entries: (entry.get('entries')?.items() ?? []).flatMap(item => readEntry(item, root, { ...reading, section: known }) ?? []),
      },
    ]
  })
  const order = spec?.sections.map(section => section.name)
  const places = sections.map(section => order?.indexOf(section.name) ?? 0)
  if (places.some((place, i) => i > 0 && place < places[i - 1]!)) parent.get('sections')!.wrong(`the order is ${order!.join(', ')}`)
  return sections
}

function knownSection(entry: Entry, spec: DocumentSpec | undefined): SectionSpec | undefined {
  const known = sectionSpec(spec, { code: entry.get('code')?.text(), display: entry.get('display')?.text() })
  if (spec && !known)
    entry.wrong(`${spec.code} has no such section: ${spec.sections.map(section => section.code ?? section.display).join(', ')}`)
  return known
}

/** The later of two entries for the same OID counts. */
function readNames(entries: readonly Entry[]): CodeNames {
  const members = (name: string) => entries.flatMap(entry => entry.get(name)?.members() ?? [])
  return {
    systems: new Map(members('systems').map(([oid, name]) => [oid, name.text()])),
    displays: new Map(members('displays').map(([oid, words]) => [oid, words.dictionary()])),
  }
}
