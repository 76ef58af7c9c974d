// Makes mappings/cda/elements.json once from the folder of standards beside the checkout (`node bin/import-documents.ts [folder]`): sections and elements of 53 documents.
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { usualSystem } from '../formats/cda/tolerance.ts'
import { placeholderOid } from '../formats/cda/vocabulary.ts'

type Source = { readonly documents: readonly SourceDocument[] }
type SourceDocument = {
  readonly code: string
  readonly nameZh: string
  readonly templateId: string
  readonly interopTestLevel: string
  readonly patientIdRoots: readonly string[]
  readonly headerElements: readonly string[]
  readonly sections: readonly SourceSection[]
}
type SourceSection = {
  readonly loinc: string | null
  readonly otherCode: string | null
  readonly display: string
  readonly nameZh: string | null
  readonly entries: readonly SourceElement[]
}
type SourceElement = {
  readonly code: string
  readonly name?: string
  readonly type?: string
  readonly valueSystem?: string
  readonly unit?: string
  readonly inBoth: boolean
}

/** Titles met in the wild for the same type; the standard's own stands in the source. */
const otherTitles: Readonly<Record<string, readonly string[]>> = {
  C0006: ['检查记录'],
  C0007: ['检验记录', '检验报告单'],
  C0016: ['宫剖产记录'],
  C0026: ['手术知情告知书'],
  C0030: ['病危（重）通知书', '病危重通知书'],
  C0035: ['24小时内入出院记录'],
}

const folder = resolve(process.argv[2] ?? join(import.meta.dirname, '../../shared'))
const file = join(folder, 'standards/cda-document-elements.json')
if (existsSync(file)) importAll(JSON.parse(readFileSync(file, 'utf8')) as Source)
else process.stdout.write(`no file ${file}: the catalogue stays as it is\n`)

function importAll(source: Source): void {
  const head = {
    note: 'Sections and data elements of the shared documents of WS/T 500.1–53-2016. A row: code, name, type, value domain, unit, whether both sources have it (1) or one (0).',
    source: 'two public template sets that agree on all 53 document codes and template roots; not the text of the standard',
  }
  const documents = source.documents.map(document => `${JSON.stringify(document.code)}: ${documentText(document)}`)
  const text = `${JSON.stringify(head, undefined, 2).slice(0, -2)},\n  "documents": {\n${documents.join(',\n')}\n  }\n}\n`
  JSON.parse(text)
  writeFileSync(new URL('../mappings/cda/elements.json', import.meta.url), text)
  process.stdout.write(`${documents.length} documents\n`)
}

function documentText(document: SourceDocument): string {
  const head = {
    title: document.nameZh,
    otherTitles: otherTitles[document.code] ?? shortTitle(document.nameZh),
    templateRoot: document.templateId,
    level: document.interopTestLevel,
    header: document.headerElements,
    patientIds: document.patientIdRoots,
  }
  const sections = document.sections.map(section => {
    const code = section.loinc ?? section.otherCode
    const name = section.nameZh ?? section.display
    const rows = elementRows(section.entries).map(row => `\n      ${JSON.stringify(row)}`)
    return `\n    { "code": ${JSON.stringify(code)}, "display": ${JSON.stringify(section.display)}, "name": ${JSON.stringify(name)}, "elements": [${rows.join(',')}] }`
  })
  return `${JSON.stringify(head).slice(0, -1)}, "sections": [${sections.join(',')}] }`
}

/** 住院病程记录 首次病程记录 is often headed by its second half alone. */
function shortTitle(title: string): string[] {
  const [, short] = title.split(' ')
  return short === undefined ? [] : [short]
}

/** Without repeats (templates show some rows twice), acts without an element, and value domains nobody knew. */
function elementRows(entries: readonly SourceElement[]): unknown[][] {
  const rows = new Map<string, unknown[]>()
  for (const { code, name, type, valueSystem, unit, inBoth } of entries) {
    if (!/^[A-Z]+\d/.test(code)) continue
    const system = valueSystem === undefined || valueSystem === placeholderOid ? null : usualSystem(valueSystem)
    const row = [code, name ?? null, type ?? null, system, unit ?? null]
    rows.set(JSON.stringify(row), [...row, inBoth ? 1 : 0])
  }
  return [...rows.values()]
}
