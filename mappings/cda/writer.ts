// The generic writer: a definition makes a DocumentWriter. What differs between types is data.
import { hash } from 'node:crypto'
import type { CdaDocument, CdaSection } from '#formats/cda/model.ts'
import { cdaMoment } from '#formats/cda/time.ts'
import { hl7Systems } from '#formats/cda/vocabulary.ts'
import { writeCda } from '#formats/cda/write.ts'
import type { JsonObject } from '#kernel/json.ts'
import { codeRoots, idRoots } from '#kernel/oid.ts'
import type {
  CodeBook,
  DocumentFinding,
  DocumentIdentity,
  DocumentRegistration,
  DocumentSource,
  DocumentWriter,
  PreparedDocument,
  WrittenDocument,
} from '#kernel/ports/documents.ts'
import type { CodeMaps } from '#kernel/ports/terminology.ts'
import { ok, type Result } from '#kernel/result.ts'
import { Coder } from './fill/coder.ts'
import { timeOf } from './fill/convert.ts'
import { type FilledEntry, type Filling, fillEntry } from './fill/fill-entry.ts'
import { type FilledHeader, fillHeader } from './fill/fill-header.ts'
import { fillNarrative } from './fill/fill-narrative.ts'
import { type Focus, PathRunner } from './fill/path-runner.ts'
import type { Definition, SectionDefinition } from './language/definition.ts'

export type WriterTools = { readonly codes: CodeMaps; readonly book: CodeBook }

export function documentWriter(definition: Definition, tools: WriterTools): DocumentWriter {
  const { code, title, templateRoot, root } = definition
  return { code, title, templateRoot, root, prepare: source => ok(prepare(definition, source, tools)) }
}

function prepare(definition: Definition, source: DocumentSource, tools: WriterTools): PreparedDocument {
  const run = new PathRunner(source)
  const demand = demandOf(definition, run)
  if (demand !== 'issue') return { demand, needs: run.needs }
  const registration = registrationOf(definition, run)
  const coder = new Coder(tools, definition.names, run.findings)
  const filled = fill(definition, source, registration, { run, coder })
  const state = hash('sha256', JSON.stringify([definition.code, source.root['status'], filled]))
  return { demand, needs: run.needs, state, registration, write: identity => write(definition, filled, identity, coder, run.findings) }
}

function demandOf(definition: Definition, run: PathRunner): PreparedDocument['demand'] {
  if (definition.belongs && !run.holds(definition.belongs, run.root)) return 'nothing'
  if (run.holds(definition.issue, run.root)) return 'issue'
  return definition.withdraw && run.holds(definition.withdraw, run.root) ? 'withdraw' : 'nothing'
}

function registrationOf({ registers }: Definition, run: PathRunner): DocumentRegistration {
  const references = (path: typeof registers.authors): JsonObject[] => run.all(path, run.root).map(({ value }) => value as JsonObject)
  const [subject] = references(registers.subject)
  const [encounter] = references(registers.encounter)
  const clinicalTime = run.first(registers.clinicalTime, run.root)?.value
  return {
    ...(subject && { subject }),
    ...(encounter && { encounter }),
    authors: references(registers.authors),
    ...(typeof clinicalTime === 'string' && { clinicalTime }),
  }
}

/** Everything a document says that does not depend on which version it is. */
type Filled = { readonly header: FilledHeader; readonly sections: readonly CdaSection[] }

function fill(definition: Definition, source: DocumentSource, { clinicalTime }: DocumentRegistration, filling: Filling): Filled {
  const at = clinicalTime === undefined ? undefined : timeOf({ value: clinicalTime, type: 'dateTime' })?.value
  const header = fillHeader(definition.header, source.custodian, at, filling)
  const { root } = filling.run
  return { header, sections: definition.sections.map(section => fillSection(section, root, filling)) }
}

function fillSection({ code, display, entries }: SectionDefinition, focus: Focus, filling: Filling): CdaSection {
  const filled: FilledEntry[] = entries.flatMap(entry => fillEntry(entry, focus, filling))
  const system = code === undefined ? undefined : /^\d+-\d$/.test(code) ? hl7Systems.loinc : codeRoots.dataElement
  const systemName = system === undefined ? undefined : filling.coder.systemName(system)
  return {
    code: { ...(code !== undefined && { code, system }), ...(systemName && { systemName }), display },
    narrative: fillNarrative(filled, filling.run),
    entries: filled.map(({ entry }) => entry),
  }
}

function write(
  definition: Definition,
  { header, sections }: Filled,
  identity: DocumentIdentity,
  coder: Coder,
  findings: readonly DocumentFinding[],
): Result<WrittenDocument> {
  const confidentiality = coder.systemName(hl7Systems.confidentiality)
  const { replaces } = identity
  const document: CdaDocument = {
    templateRoots: [definition.templateRoot],
    id: { root: idRoots.document, extension: identity.number },
    code: { ...coder.named(codeRoots.documentType, definition.code), display: definition.title },
    title: definition.title,
    effectiveTime: cdaMoment(identity.writtenAtMs),
    confidentiality: {
      code: 'N',
      system: hl7Systems.confidentiality,
      ...(confidentiality && { systemName: confidentiality }),
      display: '正常访问保密级别',
    },
    language: 'zh-CN',
    setId: { root: idRoots.document, extension: identity.setNumber },
    version: String(identity.version),
    ...header,
    ...(replaces && {
      replaces: {
        id: { root: idRoots.document, extension: replaces.number },
        setId: { root: idRoots.document, extension: identity.setNumber },
        version: String(replaces.version),
      },
    }),
    sections,
  }
  const xml = writeCda(document)
  return xml.ok ? ok({ xml: xml.value, findings }) : xml
}
