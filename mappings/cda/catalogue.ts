// The catalogue of the 53 shared documents (WS/T 500.1–53): sections and data elements per type, out of elements.json.
import { readFileSync } from 'node:fs'
import type { DocumentSpec, ElementSpec, SectionSpec } from '#formats/cda/spec.ts'

type File = {
  readonly documents: Readonly<
    Record<string, Omit<DocumentSpec, 'code' | 'sections'> & { readonly level: string; readonly sections: readonly FileSection[] }>
  >
}
type FileSection = { readonly code: string | null; readonly display: string; readonly name: string; readonly elements: readonly Row[] }
type Row = readonly [code: string, name: string | null, type: string | null, system: string | null, unit: string | null, inBoth: 0 | 1]

let read: ReadonlyMap<string, DocumentSpec> | undefined

/** By code; read once. */
export function documentCatalogue(): ReadonlyMap<string, DocumentSpec> {
  read ??= readCatalogue()
  return read
}

function readCatalogue(): ReadonlyMap<string, DocumentSpec> {
  const file = JSON.parse(readFileSync(new URL('./elements.json', import.meta.url), 'utf8')) as File
  return new Map(
    Object.entries(file.documents).map(([code, { title, otherTitles, templateRoot, header, patientIds, sections }]) => [
      code,
      { code, title, otherTitles, templateRoot, header, patientIds, sections: sections.map(sectionOf) },
    ]),
  )
}

function sectionOf({ code, display, name, elements }: FileSection): SectionSpec {
  return { ...(code !== null && { code }), display, name, elements: elements.map(elementOf) }
}

function elementOf([code, name, type, system, unit, inBoth]: Row): ElementSpec {
  return {
    code,
    ...(name !== null && { name }),
    ...(type !== null && { type }),
    ...(system !== null && { system }),
    ...(unit !== null && { unit }),
    confirmed: inBoth === 1,
    required: false,
  }
}
